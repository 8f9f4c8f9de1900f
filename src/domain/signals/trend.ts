/**
 * The trend of a price: its simple moving average of 200 bars (SMA200) and where that is going. All distances are
 * measured from the last close, so that a series that does not move lies exactly on its average.
 */
import { isRounding } from './moments.ts';

const length = 200;
const slopeOver = 20;

/** Bars that the average takes, and the average with its slope. */
export const barsOfTrend = { average: length, slope: length + slopeOver - 1, comparison: length + slopeOver } as const;

/** How far SMA200 at bar `at` lies above the close of bar `base`, in dollars. */
function averageAbove(close: Float64Array, at: number, base: number): number {
  let sum = 0;
  for (let bar = at - length + 1; bar <= at; bar += 1) sum += (close[bar] as number) - base;
  return sum / length;
}

/** SMA200, in dollars. */
export const average200 = (close: Float64Array, to: number): number =>
  (close[to] as number) + averageAbove(close, to, close[to] as number);

/** 1 where the close is above SMA200, 0 where it is not: a tie is not above, whatever rounding says. */
export const isAboveAverage = (close: Float64Array, to: number): number => Number(sideOfAverage(close, to) > 0);

/** 1 above SMA200, -1 below it, 0 on it. */
export function sideOfAverage(close: Float64Array, to: number): number {
  const last = close[to] as number;
  const above = averageAbove(close, to, last);
  return isRounding(above, last) ? 0 : -Math.sign(above);
}

/** The least-squares slope of SMA200 over its last 20 values, per bar, as a share of SMA200. */
export function averageSlope(close: Float64Array, to: number): number {
  const base = close[to] as number;
  const first = to - slopeOver + 1;
  let above = averageAbove(close, first, base);
  let [sum, weighed] = [0, 0];
  for (let step = 0; step < slopeOver; step += 1) {
    const at = first + step;
    if (step > 0) above += ((close[at] as number) - (close[at - length] as number)) / length;
    sum += above;
    weighed += step * above;
  }
  const middle = (slopeOver - 1) / 2;
  const spread = (slopeOver * (slopeOver * slopeOver - 1)) / 12;
  return (weighed - middle * sum) / spread / (base + above);
}

/** 1 where SMA200 is higher than 20 bars ago, 0 where it is not. */
export function isAverageRising(close: Float64Array, to: number): number {
  const base = close[to] as number;
  const rise = averageAbove(close, to, base) - averageAbove(close, to - slopeOver, base);
  return Number(rise > 0 && !isRounding(rise, base));
}
