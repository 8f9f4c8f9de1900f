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
  let [gain, loss] = [0, 0];
  for (let at = from + 1; at <= to; at += 1) {
    const change = (close[at] as number) - (close[at - 1] as number);
    const up = change > 0 ? change : 0;
    const down = change < 0 ? -change : 0;
    const seen = at - from;
    if (seen <= length) {
      gain += up / length;
      loss += down / length;
    } else {
      gain = (gain * (length - 1) + up) / length;
      loss = (loss * (length - 1) + down) / length;
    }
  }
  return loss === 0 ? 100 : 100 - 100 / (1 + gain / loss);
}

/** The histogram of moving average convergence and divergence, in dollars: the 12/26 line above its own average of 9. */
export function convergenceHistogram(close: Float64Array, from: number, to: number): number {
  // Measured from the first close: averages of a constant series are exactly 0.
  const base = close[from] as number;
  let [fast, slow, signal, line] = [0, 0, 0, 0];
  for (let at = from; at <= to; at += 1) {
    const price = (close[at] as number) - base;
    const bar = at - from + 1;
    fast = averaged(fast, price, bar, 12);
    slow = averaged(slow, price, bar, 26);
    if (bar < 26) continue;
    line = fast - slow;
    signal = averaged(signal, line, bar - 25, 9);
  }
  return line - signal;
}

/** The exponential average after value number `seen`; up to `length` of them it gathers their plain mean. */
function averaged(average: number, value: number, seen: number, length: number): number {
  if (seen <= length) return average + value / length;
  return average + (2 / (length + 1)) * (value - average);
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
