/**
 * Moments of a stretch of values, `from` to `to` included. Kernels of the features: NaN is unknown, and never leaves
 * `features`. Each makes two passes, so that a series that does not move has exactly no deviation.
 */

/** What rounding leaves of values that do not differ, as a share of their size. */
const rounding = 1e-12;

/** Whether two numbers of that size differ by no more than rounding. */
export const isRounding = (difference: number, size: number): boolean => Math.abs(difference) <= rounding * size;

/** The mean, as the last value and the mean distance from it: exact where all values are the same. */
export function meanOf(values: Float64Array, from: number, to: number): number {
  const last = values[to] as number;
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += (values[at] as number) - last;
  return last + sum / (to - from + 1);
}

/** Sum of the squared distances from the mean; exactly 0 where no value differs from it by more than rounding. */
export function squaresOf(values: Float64Array, from: number, to: number, mean: number): number {
  let [sum, furthest] = [0, 0];
  for (let at = from; at <= to; at += 1) {
    const distance = (values[at] as number) - mean;
    sum += distance * distance;
    furthest = Math.max(furthest, Math.abs(distance));
  }
  return isRounding(furthest, Math.abs(mean)) ? 0 : sum;
}

const returns = new Float64Array(128);

/** The sample deviation of the last `count` (at most 128) changes from bar to bar up to `to`, as shares; 0.01 is 1%. */
export function deviationOfReturns(close: Float64Array, to: number, count: number): number {
  let sum = 0;
  let before = close[to - count] as number;
  for (let index = 0; index < count; index += 1) {
    const price = close[to - count + 1 + index] as number;
    const change = price / before - 1;
    returns[index] = change;
    sum += change;
    before = price;
  }
  const mean = sum / count;
  let [squares, furthest] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const distance = (returns[index] as number) - mean;
    squares += distance * distance;
    furthest = Math.max(furthest, Math.abs(distance));
  }
  // A return is near 0 but is made of prices: it is known to the rounding of 1.
  return isRounding(furthest, 1) ? 0 : Math.sqrt(squares / (count - 1));
}

/** How many sample deviations the value at `to` lies from the mean of the `count` values before it. */
export function zScore(values: Float64Array, to: number, count: number): number {
  const mean = meanOf(values, to - count, to - 1);
  const squares = squaresOf(values, to - count, to - 1, mean);
  return squares === 0 ? Number.NaN : ((values[to] as number) - mean) / Math.sqrt(squares / (count - 1));
}

/** Adjusted Fisher-Pearson skewness of the last `count` values; unknown where they are all the same. */
export function skewness(values: Float64Array, to: number, count: number): number {
  const first = to - count + 1;
  const mean = meanOf(values, first, to);
  const squares = squaresOf(values, first, to, mean);
  if (squares === 0) return Number.NaN;
  let cubes = 0;
  for (let at = first; at <= to; at += 1) {
    const distance = (values[at] as number) - mean;
    cubes += distance * distance * distance;
  }
  return ((Math.sqrt(count * (count - 1)) / (count - 2)) * (cubes / count)) / (squares / count) ** 1.5;
}

const sorted = new Float64Array(64);

/** The middle of the last `count` (at most 64) values, or the mean of the two middle ones. */
export function medianOf(values: Float64Array, to: number, count: number): number {
  for (let index = 0; index < count; index += 1) {
    const value = values[to - index] as number;
    let at = index;
    for (; at > 0 && (sorted[at - 1] as number) > value; at -= 1) sorted[at] = sorted[at - 1] as number;
    sorted[at] = value;
  }
  return ((sorted[(count - 1) >> 1] as number) + (sorted[count >> 1] as number)) / 2;
}
