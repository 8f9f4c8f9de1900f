/** Signals put straight into a database, as a run of that day would have said them. */
import type { Database } from '../../src/db/database.ts';
import { logSignals } from '../../src/db/signal-log.ts';
import { storeRun } from '../../src/db/signal-runs.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import type { SignalClass } from '../../src/domain/signals/classes.ts';
import type { LoggedSignal } from '../../src/domain/signals/logged.ts';
import type { Grade } from '../../src/domain/signals/model-b.ts';

/** One security: what is absent abstained. */
export type SaidWords = {
  readonly a?: SignalClass;
  readonly b?: SignalClass;
  readonly grade?: Grade;
  /** The ensemble's, with its score. */
  readonly signal?: SignalClass;
  readonly score?: number;
};

export function say(db: Database, day: string, all: Readonly<Record<string, SaidWords>>, version = 'a-1'): void {
  const asOf = parseLocalDate(day);
  const runId = `run of ${day} by ${version}`;
  const order = Number(version.replace(/\D/g, ''));
  const abstained = (signal: SignalClass | undefined): string | undefined =>
    signal === undefined ? 'too little history' : undefined;
  const rows = Object.entries(all).flatMap(([name, said]): LoggedSignal[] => {
    const { a, b, grade, signal, score } = said;
    const of = { asOf, code: parseCode(name), expectedReturn: undefined, rank: undefined };
    const scored = (own: SignalClass | undefined) => ({
      signal: own,
      abstained: abstained(own),
      score: own && (score ?? 0.5),
    });
    return [
      { ...of, model: 'A', version, ...scored(a), details: {} },
      {
        ...of,
        model: 'B',
        version: 'B 1.0',
        ...scored(b),
        details: { coverage: 1, categories: {}, ...(grade === undefined ? {} : { grade }) },
      },
      {
        ...of,
        model: 'ensemble',
        version: `${version}+B 1.0`,
        ...scored(signal),
        details: { agree: false, conflict: false, weightA: 0.6, weightB: 0.4 },
      },
    ];
  });
  const details = { securities: rows.length / 3, votesA: 0, votesB: 0, both: 0, cash: 0, scale: 1, troubles: {} };
  db.transaction(() => {
    storeRun(db, { id: runId, asOf, universe: 'held', version, startedAt: order, finishedAt: order, details });
    logSignals(db, runId, rows);
  });
}
