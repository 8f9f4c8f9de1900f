/** What was said of securities on some dates, beside what happened in the 21 bars after. Both are known of each row. */
import type { LocalDate } from '../../date.ts';
import type { SignalClass } from '../classes.ts';

export type Judged = {
  readonly dates: readonly LocalDate[];
  /** The dates' numbers among the sessions of the market, ascending. */
  readonly sessions: readonly number[];
  /** Where the rows of each date begin, and after the last where they end. */
  readonly starts: Int32Array;
  /** What the rows are ranked by. */
  readonly score: Float64Array;
  /** NaN where none was said. */
  readonly probability: Float64Array;
  /** Undefined where none was said. */
  readonly signal: readonly (SignalClass | undefined)[];
  readonly forward: Float64Array;
};

/** A value for each date, from the rows of the date. */
export const perDate = <T>({ dates, starts }: Judged, measure: (from: number, to: number) => T): T[] =>
  dates.map((_, date) => measure(starts[date] as number, starts[date + 1] as number));
