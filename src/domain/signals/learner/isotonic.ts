/**
 * From scores to probabilities that mean what they say: isotonic regression by pooling adjacent violators (Ayer et al.
 * 1955; Barlow et al., "Statistical Inference under Order Restrictions", 1972), on scores of rows that the trees had not
 * seen. Rows are first put in groups of at least a fiftieth of them, equal scores together, so that no handful of rows
 * at an end becomes a certainty. Between the groups' mean scores probabilities run straight, beyond them they stay.
 */

/** The non-decreasing numbers that are nearest to `values` by weighted squares. */
export function nonDecreasing(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { mean: number; weight: number; length: number }[] = [];
  for (const [index, value] of values.entries()) {
    let pool = { mean: value, weight: weights[index] as number, length: 1 };
    for (let last = pools.at(-1); last !== undefined && last.mean >= pool.mean; last = pools.at(-1)) {
      const weight = last.weight + pool.weight;
      const mean = last.mean + ((pool.mean - last.mean) * pool.weight) / weight;
      pool = { mean, weight, length: last.length + pool.length };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ mean, length }) => new Array<number>(length).fill(mean));
}

/** The numbers' order from the least to the greatest; equal ones as they come. */
export const ascending = (numbers: Float64Array): Int32Array =>
  Int32Array.from(numbers, (_, index) => index).sort(
    (a, b) => (numbers[a] as number) - (numbers[b] as number) || a - b,
  );

/** Cuts sorted numbers into at most `parts` of about the same count, equal numbers together: where each part ends. */
export function equalCounts(numbers: Float64Array, order: Int32Array, parts: number): number[] {
  const ends: number[] = [];
  for (let part = 1, end = 0; part <= parts && end < order.length; part += 1) {
    const wanted = Math.round((part * order.length) / parts);
    if (wanted <= end) continue;
    end = wanted;
    while (end < order.length && numbers[order[end] as number] === numbers[order[end - 1] as number]) end += 1;
    ends.push(end);
  }
  return ends;
}

export type Calibration = {
  /** Ascending; as many as probabilities. */
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
};

const groups = 50;

/** Of at least one row; the labels are 0 and 1. */
export function calibration(scores: Float64Array, labels: Uint8Array): Calibration {
  const order = ascending(scores);
  const [means, shares, counts]: [number[], number[], number[]] = [[], [], []];
  let start = 0;
  for (const end of equalCounts(scores, order, groups)) {
    let [score, ones] = [0, 0];
    for (let index = start; index < end; index += 1) {
      score += scores[order[index] as number] as number;
      ones += labels[order[index] as number] as number;
    }
    means.push(score / (end - start));
    shares.push(ones / (end - start));
    counts.push(end - start);
    start = end;
  }
  return { scores: means, probabilities: nonDecreasing(shares, counts) };
}

export function calibrated({ scores, probabilities }: Calibration, score: number): number {
  const above = scores.findIndex(each => each >= score);
  const [low, high] = [above - 1, above];
  if (above < 0) return probabilities.at(-1) as number;
  const upper = probabilities[high] as number;
  if (above === 0) return upper;
  const lower = probabilities[low] as number;
  const [from, to] = [scores[low] as number, scores[high] as number];
  return lower + ((upper - lower) * (score - from)) / (to - from);
}
