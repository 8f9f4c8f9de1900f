/** What was last said of many securities at once: one statement, without the reasons. */
import type { LocalDate } from '../domain/date.ts';
import type { CalendarOverrides } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import type { SignalClass } from '../domain/signals/classes.ts';
import type { ModelName } from '../domain/signals/logged.ts';
import type { Grade } from '../domain/signals/model-b.ts';
import { isOldSignal, type ShortSignal } from '../domain/signals/short-signal.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';

type Row = {
  code: Code;
  model: ModelName;
  as_of: LocalDate;
  version: string;
  signal: SignalClass | null;
  abstained: string | null;
  score: number | null;
  expected_return: number | null;
  grade: Grade | null;
};

/** Whatever a model was asked of has a row of the ensemble too; of several versions of a day the last written is read. */
const newest = `
  SELECT s.code, s.model, s.as_of, s.version, s.signal, s.abstained, s.score, s.expected_return,
    CASE s.model WHEN 'B' THEN s.details ->> 'grade' END AS grade
  FROM (
    SELECT value AS code,
      (SELECT max(as_of) FROM signals WHERE code = value AND model = 'ensemble' AND as_of <= @closed) AS as_of
    FROM json_each(@codes)
  ) AS last
  JOIN signals AS s INDEXED BY signals_code ON s.code = last.code AND s.model IN ('A', 'B', 'ensemble') AND s.as_of = last.as_of
  JOIN signal_runs AS run ON run.id = s.run_id
  ORDER BY run.finished_at`;

/** By code, as of the last closed session `closed`; a code of which nothing was said by then is not in it. */
export function readShortSignals(
  db: Database,
  codes: Iterable<Code>,
  { closed, overrides }: { readonly closed: LocalDate; readonly overrides?: CalendarOverrides | undefined },
): Map<Code, ShortSignal> {
  const rows = db.statement<Row>(newest).all({ codes: JSON.stringify([...codes]), closed });
  const found = new Map<Code, ShortSignal>();
  for (const [code, said] of Map.groupBy(rows, row => row.code)) {
    const of = (model: ModelName): Row | undefined => said.findLast(row => row.model === model);
    const [a, b, both] = [of('A'), of('B'), of('ensemble')];
    if (both === undefined) continue;
    found.set(code, {
      code,
      asOf: both.as_of,
      signalA: known(a?.signal ?? null),
      signalB: known(b?.signal ?? null),
      signal: known(both.signal),
      score: known(both.score),
      probability: known(a?.score ?? null),
      expectedReturn: known(a?.expected_return ?? null),
      quality: known(b?.score ?? null),
      version: both.version,
      grade: known(b?.grade ?? null),
      abstained: known(both.abstained),
      isOld: isOldSignal(both.as_of, closed, overrides),
    });
  }
  return found;
}
