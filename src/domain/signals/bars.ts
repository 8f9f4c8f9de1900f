/**
 * The closed bars of one security as its features are computed from them: typed arrays, oldest first.
 *
 * Prices are adjusted, so that a dividend or a split is no move; `traded` is the close that the market saw and
 * `turnover` the dollars that changed hands, both as traded. `volume` is in units of one size throughout, as EODHD sends
 * it. Bars are counted, not days: a day without a bar is not filled, and a bar without trades has a turnover of 0.
 * What could not be believed is not among them, and `troubles` says what was left out and why.
 */
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import { dateOfKey, dayKey } from '../returns/closes.ts';

export type SignalBars = {
  readonly code: Code;
  /** 20260302 for 2 March 2026, each day once. */
  readonly days: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly turnover: Float64Array;
  readonly traded: Float64Array;
  /** Days whose close was believed only when the next bar confirmed it: on the day itself there was no bar to use. */
  readonly confirmedLater: ReadonlySet<number>;
  readonly troubles: readonly string[];
};

/** The place of the last bar on or before a day that could be used on that day; -1 where there is none. */
export function lastBarOn({ days, confirmedLater }: SignalBars, date: LocalDate): number {
  const key = dayKey(date);
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as number) <= key) low = middle + 1;
    else high = middle;
  }
  const last = low - 1;
  // Its confirmation came after the day.
  return last >= 0 && confirmedLater.has(days[last] as number) ? last - 1 : last;
}

/** The place of the bar of that very day that could be used on the day; -1 where there is none. */
export function barOn(bars: SignalBars, date: LocalDate): number {
  const at = lastBarOn(bars, date);
  return bars.days[at] === dayKey(date) ? at : -1;
}

/** The day of a bar; undefined where there is no such bar. */
export const dayOfBar = ({ days }: SignalBars, at: number): LocalDate | undefined => {
  const key = days[at];
  return key === undefined ? undefined : dateOfKey(key);
};
