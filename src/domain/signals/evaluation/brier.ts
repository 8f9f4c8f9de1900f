/**
 * Whether probabilities mean what they say.
 *
 * The Brier score is the mean squared distance of the probability from what happened, 1 for a rise and 0 for none. It is
 * held against that of saying the base rate of the same dates every time, which is the uncertainty. By Murphy (1973)
 * score = reliability - resolution + uncertainty, over bins of probability: reliability is how far the bins' rises lie
 * from what was said, resolution how far from the base rate. What probabilities differ within a bin is the remainder.
 */
import { type BlockFigure, blockFigure } from './blocks.ts';
import { type Judged, perDate } from './judged.ts';

/** The rows that were given a probability from `from` to below `to`. */
export type ReliabilityRow = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanProbability: number;
  /** The share that rose. */
  readonly rose: number;
};

export type Brier = {
  readonly count: number;
  readonly score: number;
  /** The share of all rows that rose. */
  readonly baseRate: number;
  readonly reliability: number;
  readonly resolution: number;
  /** The Brier score of the base rate. */
  readonly uncertainty: number;
  readonly remainder: number;
  /** By how much the score is better than that of the base rate. */
  readonly better: BlockFigure;
  readonly table: readonly ReliabilityRow[];
};

const bins = 20;

/** Undefined where no row has a probability. */
export function brier(judged: Judged): Brier | undefined {
  const { probability, forward, sessions } = judged;
  const said = [...probability.keys()].filter(row => !Number.isNaN(probability[row]));
  if (said.length === 0) return undefined;
  const outcome = (row: number): number => ((forward[row] as number) > 0 ? 1 : 0);
  const meanOf = (rows: readonly number[], of: (row: number) => number): number =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const missed = (row: number): number => ((probability[row] as number) - outcome(row)) ** 2;
  const score = meanOf(said, missed);
  const baseRate = meanOf(said, outcome);
  const table = reliabilityTable(probability, said, outcome);
  const weighted = (of: (row: ReliabilityRow) => number): number =>
    table.reduce((sum, row) => sum + row.count * of(row), 0) / said.length;
  const reliability = weighted(row => (row.meanProbability - row.rose) ** 2);
  const resolution = weighted(row => (row.rose - baseRate) ** 2);
  const uncertainty = baseRate * (1 - baseRate);
  const better = perDate(judged, (from, to) => {
    const rows: number[] = [];
    for (let row = from; row < to; row += 1) if (!Number.isNaN(probability[row])) rows.push(row);
    return rows.length === 0 ? undefined : meanOf(rows, row => (baseRate - outcome(row)) ** 2 - missed(row));
  });
  return {
    count: said.length,
    score,
    baseRate,
    reliability,
    resolution,
    uncertainty,
    remainder: score - (reliability - resolution + uncertainty),
    better: blockFigure(sessions, better),
    table,
  };
}

/** The bins in which there are rows, ascending. */
function reliabilityTable(
  probability: Float64Array,
  rows: readonly number[],
  outcome: (row: number) => number,
): ReliabilityRow[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, probability: 0, rose: 0 }));
  for (const row of rows) {
    const said = probability[row] as number;
    // A probability that a float puts a trace below the edge of a bin lies in that bin.
    const sum = sums[Math.min(bins - 1, Math.floor(said * bins + 1e-9))];
    if (sum === undefined) continue;
    sum.count += 1;
    sum.probability += said;
    sum.rose += outcome(row);
  }
  return sums.flatMap(({ count, probability: total, rose }, bin) =>
    count === 0
      ? []
      : [{ from: bin / bins, to: (bin + 1) / bins, count, meanProbability: total / count, rose: rose / count }],
  );
}
