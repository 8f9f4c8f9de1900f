/** The signals that the reference server had when its answers were recorded, in a log of ours. */
import type { App } from '../../src/app.ts';
import { logSignals } from '../../src/db/signal-log.ts';
import { storeRun } from '../../src/db/signal-runs.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { ensembleVote, usualWeights, type VoteA, type VoteB } from '../../src/domain/signals/ensemble.ts';
import type { LoggedSignal } from '../../src/domain/signals/logged.ts';
import { on } from './ledger.ts';

const asOf = on('2026-01-28');
const version = 'a-recorded';

type Recorded = {
  readonly code: string;
  readonly rankScore: number;
  readonly a: Extract<VoteA, { probability: number }>;
  readonly b: Extract<VoteB, { score: number }> & { readonly expectedReturn: number };
};

const recorded: readonly Recorded[] = [
  {
    code: 'BHP',
    rankScore: 0.9,
    a: { signal: 'STRONG_BUY', probability: 0.71, expectedReturn: 0.082, conviction: 42, rank: 1 },
    b: { signal: 'BUY', score: 0.78, grade: 'A', rank: 1, expectedReturn: 0.056 },
  },
  {
    code: 'CBA',
    rankScore: 0.2,
    a: { signal: 'STRONG_SELL', probability: 0.33, expectedReturn: -0.071, conviction: 34, rank: 160 },
    b: { signal: 'BUY', score: 0.66, grade: 'B', rank: 2, expectedReturn: 0.032 },
  },
  {
    code: 'CSL',
    rankScore: 0.5,
    a: { signal: 'HOLD', probability: 0.5, expectedReturn: 0.001, conviction: 0, rank: 60 },
    b: { signal: 'HOLD', score: 0.5, grade: 'C', rank: 3, expectedReturn: 0 },
  },
];

function logged({ code: name, rankScore, a, b }: Recorded): LoggedSignal[] {
  const code = parseCode(name);
  const both = ensembleVote({ code, a, b });
  const of = { asOf, code, abstained: undefined };
  const weights = { weightA: usualWeights.a, weightB: usualWeights.b };
  return [
    {
      ...{ ...of, model: 'A', version, signal: a.signal, score: a.probability, expectedReturn: a.expectedReturn },
      rank: a.rank,
      details: { conviction: a.conviction, rankScore },
    },
    {
      ...{ ...of, model: 'B', version: 'B 1.0', signal: b.signal, score: b.score, expectedReturn: b.expectedReturn },
      rank: b.rank,
      details: { grade: b.grade, coverage: 1, categories: {} },
    },
    {
      ...{ ...of, model: 'ensemble', version: `${version}+B 1.0`, signal: both.signal, score: both.score },
      expectedReturn: undefined,
      rank: both.rank,
      details: {
        agree: both.agreement,
        conflict: both.conflict,
        ...weights,
        ...(both.reason === undefined ? {} : { reason: both.reason }),
      },
    },
  ];
}

export function fillRecordedSignals({ db }: App): void {
  const details = { securities: 3, votesA: 3, votesB: 3, both: 3, cash: 0, scale: 1, troubles: {} };
  const times = { startedAt: Date.UTC(2026, 0, 28, 9), finishedAt: Date.UTC(2026, 0, 28, 10) };
  db.transaction(() => {
    storeRun(db, { id: 'recorded', asOf, universe: 'held', version, ...times, details });
    logSignals(db, 'recorded', recorded.flatMap(logged));
  });
}
