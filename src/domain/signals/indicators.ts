/**
 * The indicators of chartists, for one bar: `to` is the bar, `from` the first of the window that is looked at. Those that
 * smooth start at `from`, so that a value depends on its window alone.
 *
 * Relative strength and true range after J. Welles Wilder, New Concepts in Technical Trading Systems (1978): relative
 * strength is seeded with the mean of the first 14 changes and has no losses at 100; the true range is averaged plainly.
 * Moving average convergence after Gerald Appel: exponential averages of 12, 26 and 9 bars, each seeded with the plain
 * mean of its first ones. Bands after John Bollinger: 20 bars, two population deviations. NaN is unknown.
 */
import { meanOf, squaresOf } from './moments.ts';

/** Wilder's relative strength index, 0 to 100. */
export function relativeStrength(close: Float64Array, from: number, to: number, length: number): number {
  const share = 1 / length;
  let [gain, loss] = [0, 0];
  for (let at = from + 1; at <= to; at += 1) {
    const change = (close[at] as number) - (close[at - 1] as number);
    const up = change > 0 ? change : 0;
    const down = change < 0 ? -change : 0;
    // The first ones gather their plain mean, the later ones are smoothed in: (13 x before + now) / 14.
    const isSeed = at - from <= length;
    gain += (isSeed ? up : up - gain) * share;
    loss += (isSeed ? down : down - loss) * share;
  }
  return loss === 0 ? 100 : 100 - 100 / (1 + gain / loss);
}

const fastLength = 12;
const slowLength = 26;
const signalLength = 9;

/** The histogram of moving average convergence and divergence, in dollars: the 12/26 line above its own average of 9. */
export function convergenceHistogram(close: Float64Array, from: number, to: number): number {
  // Measured from the first close: averages of a constant series are exactly 0.
  const base = close[from] as number;
  let [fast, slow, signal, line] = [0, 0, 0, 0];
  for (let at = from; at <= to; at += 1) {
    const price = (close[at] as number) - base;
    const seen = at - from + 1;
    // Up to their length the averages gather the plain mean of what they have seen.
    fast += seen <= fastLength ? price * (1 / fastLength) : (price - fast) * (2 / (fastLength + 1));
    slow += seen <= slowLength ? price * (1 / slowLength) : (price - slow) * (2 / (slowLength + 1));
    if (seen < slowLength) continue;
    line = fast - slow;
    const lines = seen - slowLength + 1;
    signal += lines <= signalLength ? line * (1 / signalLength) : (line - signal) * (2 / (signalLength + 1));
  }
  return line - signal;
}

/** Where the close lies between the lower (0) and the upper (1) band; unknown where the bands meet. */
export function bandPosition(close: Float64Array, to: number, length: number): number {
  const first = to - length + 1;
  const mean = meanOf(close, first, to);
  const squares = squaresOf(close, first, to, mean);
  return squares === 0 ? Number.NaN : 0.5 + ((close[to] as number) - mean) / (4 * Math.sqrt(squares / length));
}

/** The plain mean of the last `length` true ranges, in dollars. */
export function averageTrueRange(
  { high, low, close }: { high: Float64Array; low: Float64Array; close: Float64Array },
  to: number,
  length: number,
): number {
  let sum = 0;
  for (let at = to - length + 1; at <= to; at += 1) {
    const before = close[at - 1] as number;
    sum += Math.max(high[at] as number, before) - Math.min(low[at] as number, before);
  }
  return sum / length;
}
