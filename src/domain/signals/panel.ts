/**
 * What model A learns from: a row for each security and date, with its inputs as they were known on that day and what
 * the security did afterwards.
 *
 * Dates ascend and rows are grouped by date, in that order. Unknown numbers are NaN here and nowhere else. `forward` is
 * the return of the 21 bars after the date; it is unknown too where these bars took more than 26 sessions (a halt), as
 * the purge of the walk-forward counts sessions. The arrays may lie in shared memory.
 */
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';

export type Panel = {
  readonly features: readonly string[];
  readonly dates: readonly LocalDate[];
  readonly codes: readonly Code[];
  readonly rows: number;
  /** Rows by features, row after row. */
  readonly values: Float64Array;
  /** The index of the row's date in `dates`. */
  readonly dateOf: Int32Array;
  /** The index of the row's code in `codes`. */
  readonly codeOf: Int32Array;
  /** 0.05 is a rise of 5%. */
  readonly forward: Float64Array;
};
