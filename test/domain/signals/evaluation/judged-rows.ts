/** What was said and what happened, written out for a test. */
import { addDays, type LocalDate, localDate } from '../../../../src/domain/date.ts';
import type { SignalClass } from '../../../../src/domain/signals/classes.ts';
import type { Judged } from '../../../../src/domain/signals/evaluation/judged.ts';

export type Row = {
  readonly score?: number;
  readonly probability?: number;
  readonly signal?: SignalClass;
  readonly forward: number;
};

export const start: LocalDate = localDate(2025, 1, 6);

/** The rows of each date; the dates are a block apart. */
export function judgedRows(dates: readonly (readonly Row[])[]): Judged {
  const rows = dates.flat();
  const starts = [0];
  for (const date of dates) starts.push(starts.at(-1)! + date.length);
  return {
    dates: dates.map((_, index) => addDays(start, index * 30)),
    sessions: dates.map((_, index) => index * 21),
    starts: Int32Array.from(starts),
    score: Float64Array.from(rows, row => row.score ?? row.probability ?? 0),
    probability: Float64Array.from(rows, row => row.probability ?? Number.NaN),
    signal: rows.map(row => row.signal),
    forward: Float64Array.from(rows, row => row.forward),
  };
}
