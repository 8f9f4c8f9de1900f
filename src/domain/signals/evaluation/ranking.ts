/**
 * Whether what was ranked high did better than what was ranked low, on one date.
 *
 * The area under the ROC curve is the share of pairs of a riser and a faller in which the riser had the higher score, a
 * tie counting half (Mann and Whitney's U over the number of pairs): .5 is chance. The rank information coefficient is
 * Spearman's correlation of scores and returns, with equal numbers sharing their mean rank: 0 is chance.
 */
import { ascending } from '../learner/isotonic.ts';

/** From 1; equal numbers share the mean of their ranks. */
export function meanRanks(numbers: Float64Array): Float64Array {
  const order = ascending(numbers);
  const ranks = new Float64Array(numbers.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    const value = numbers[order[start] as number];
    while (end < order.length && numbers[order[end] as number] === value) end += 1;
    for (let index = start; index < end; index += 1) ranks[order[index] as number] = (start + end + 1) / 2;
  }
  return ranks;
}

/** Undefined where all rose or none did. */
export function rocAuc(scores: Float64Array, returns: Float64Array): number | undefined {
  const ranks = meanRanks(scores);
  let [risers, sum] = [0, 0];
  for (let index = 0; index < returns.length; index += 1) {
    if (!((returns[index] as number) > 0)) continue;
    risers += 1;
    sum += ranks[index] as number;
  }
  const fallers = returns.length - risers;
  return risers === 0 || fallers === 0 ? undefined : (sum - (risers * (risers + 1)) / 2) / (risers * fallers);
}

/** Undefined where either side does not differ. */
export const rankCorrelation = (a: Float64Array, b: Float64Array): number | undefined =>
  correlationOfRanks(meanRanks(a), meanRanks(b));

/** Pearson's correlation of two lists of ranks, whose mean is known. */
export function correlationOfRanks(a: Float64Array, b: Float64Array): number | undefined {
  const mean = (a.length + 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const [left, right] = [(a[index] as number) - mean, (b[index] as number) - mean];
    both += left * right;
    ofA += left * left;
    ofB += right * right;
  }
  return ofA === 0 || ofB === 0 ? undefined : both / Math.sqrt(ofA * ofB);
}
