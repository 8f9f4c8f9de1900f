/**
 * Gradient-boosted trees for the logarithmic loss of a yes or no: each tree is fitted to the slope of the loss that the
 * trees before it leave, on a share of the rows and of the columns drawn by a seeded generator. The same rows, rules and
 * seed give the same trees, bit for bit.
 */
import { type Random, randomFrom } from '../../random.ts';
import { type Binned, binned, type Rows, unknownBin } from './bins.ts';
import { type Forest, probabilityOf } from './forest.ts';
import { type GrowRules, growerOf, type Nodes, nodesFor } from './grow.ts';
import type { Slopes } from './histogram.ts';

export type BoostRules = GrowRules & {
  readonly trees: number;
  /** The share of the rows, and of the columns, that each tree sees. */
  readonly rowShare: number;
  readonly columnShare: number;
  readonly seed: number;
};

/** What is learned from. */
export type Lesson = {
  readonly rows: Rows;
  readonly features: readonly string[];
  /** 0 or 1 of each row. */
  readonly labels: Uint8Array;
  /** Log-odds of each row that no tree need explain; undefined where they are those of the base rate. */
  readonly given?: Float64Array | undefined;
};

/** Learns to tell the rows with the label 1 from those with 0; `onTree` hears how many trees there are so far. */
export function boost(
  { rows, features, labels, given }: Lesson,
  rules: BoostRules,
  onTree?: (trees: number) => void,
): Forest {
  const inBins = binned(rows);
  const { count, width } = inBins;
  const random = randomFrom(rules.seed);
  const slopes = { first: new Float64Array(count), second: new Float64Array(count) };
  const nodes = nodesFor(rules.trees, rules, width);
  const grow = growerOf(inBins, slopes, nodes, rules);
  const base = baseRate(labels);
  const score = given?.slice() ?? new Float64Array(count).fill(base);
  const order = new Int32Array(count);
  const roots = new Int32Array(rules.trees);
  for (let tree = 0; tree < rules.trees; tree += 1) {
    slope(slopes, score, labels);
    roots[tree] = nodes.count;
    grow(order, drawRows(order, rules.rowShare, random), drawnColumns(width, rules.columnShare, random));
    addTree(score, inBins, nodes, roots[tree] as number);
    onTree?.(tree + 1);
  }
  return {
    features,
    base,
    roots,
    feature: nodes.feature.slice(0, nodes.count),
    threshold: nodes.threshold.slice(0, nodes.count),
    unknownLeft: nodes.unknownLeft.slice(0, nodes.count),
    right: nodes.right.slice(0, nodes.count),
    value: nodes.value.slice(0, nodes.count),
    gain: nodes.gain,
  };
}

/** As log-odds, with half a row more of either label: the odds of what never happened are long, not infinite. */
export function baseRate(labels: Uint8Array): number {
  let ones = 0;
  for (const label of labels) ones += label;
  return Math.log((ones + 0.5) / (labels.length - ones + 0.5));
}

function slope({ first, second }: Slopes, score: Float64Array, labels: Uint8Array): void {
  for (let row = 0; row < labels.length; row += 1) {
    const probability = probabilityOf(score[row] as number);
    first[row] = probability - (labels[row] as number);
    second[row] = probability * (1 - probability);
  }
}

/** Fills the front of `order` with the rows drawn, ascending, and answers how many they are. */
function drawRows(order: Int32Array, share: number, random: Random): number {
  let drawn = 0;
  for (let row = 0; row < order.length; row += 1) if (share >= 1 || random() < share) order[drawn++] = row;
  return drawn;
}

/** At least one column; ascending. */
function drawnColumns(width: number, share: number, random: Random): Int32Array {
  const columns = Int32Array.from({ length: width }, (_, column) => column);
  const wanted = Math.max(1, Math.min(width, Math.round(share * width)));
  for (let place = 0; place < wanted && wanted < width; place += 1) {
    const other = place + Math.floor(random() * (width - place));
    const moved = columns[place] as number;
    columns[place] = columns[other] as number;
    columns[other] = moved;
  }
  return columns.slice(0, wanted).sort();
}

/** Adds to each row, drawn or not, what the newest tree says of it. */
function addTree(score: Float64Array, { bins, width }: Binned, nodes: Nodes, root: number): void {
  const { feature, bin, unknownLeft, right, value } = nodes;
  for (let row = 0; row < score.length; row += 1) {
    const start = row * width;
    let node = root;
    for (let column = feature[node] as number; column >= 0; column = feature[node] as number) {
      const own = bins[start + column] as number;
      const isLeft = own === unknownBin ? unknownLeft[node] === 1 : own <= (bin[node] as number);
      node = isLeft ? node + 1 : (right[node] as number);
    }
    score[row] = (score[row] as number) + (value[node] as number);
  }
}
