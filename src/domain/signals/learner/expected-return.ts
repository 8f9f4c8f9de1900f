/**
 * The return to expect at a probability: the mean 21-bar return of held-out rows in the same of twenty buckets of
 * probability, each of about as many rows (equal probabilities share a bucket), made to rise with the probability.
 */
import { ascending, equalCounts, nonDecreasing } from './isotonic.ts';

const buckets = 20;

export type ReturnTable = {
  /** The greatest probability of each bucket, ascending. */
  readonly upTo: readonly number[];
  readonly means: readonly number[];
};

/** Of at least one row. */
export function returnTable(probabilities: Float64Array, returns: Float64Array): ReturnTable {
  const order = ascending(probabilities);
  const [upTo, means, counts]: [number[], number[], number[]] = [[], [], []];
  let start = 0;
  for (const end of equalCounts(probabilities, order, buckets)) {
    let sum = 0;
    for (let index = start; index < end; index += 1) sum += returns[order[index] as number] as number;
    upTo.push(probabilities[order[end - 1] as number] as number);
    means.push(sum / (end - start));
    counts.push(end - start);
    start = end;
  }
  return { upTo, means: nonDecreasing(means, counts) };
}

/** Above the last bucket that of the last bucket holds. */
export function expectedReturn({ upTo, means }: ReturnTable, probability: number): number {
  const bucket = upTo.findIndex(most => probability <= most);
  return (bucket < 0 ? means.at(-1) : means[bucket]) as number;
}
