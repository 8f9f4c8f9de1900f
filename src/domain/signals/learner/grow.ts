/**
 * Grows one tree after the other into a common row of nodes. A node is split where that lowers the loss most, down to
 * the greatest depth; the left side is grown first. Nothing is allocated while a tree grows.
 */
import { type Binned, unknownBin } from './bins.ts';
import { count, type Slopes, sumsOfColumn, takeAway } from './histogram.ts';
import { findSplit, noSplit, type Split, type SplitRules } from './split.ts';

export type GrowRules = SplitRules & {
  readonly depth: number;
  /** What a leaf adds is this part of the step that would be best for it. */
  readonly shrinkage: number;
};

/** The nodes so far. See `Forest` for what they mean; `bin` is the threshold's number among the edges. */
export type Nodes = {
  count: number;
  readonly feature: Int16Array;
  readonly bin: Uint8Array;
  readonly threshold: Float64Array;
  readonly unknownLeft: Uint8Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  readonly gain: Float64Array;
};

export const nodesFor = (trees: number, { depth }: GrowRules, width: number): Nodes => {
  const most = trees * (2 ** (depth + 1) - 1);
  return {
    count: 0,
    feature: new Int16Array(most),
    bin: new Uint8Array(most),
    threshold: new Float64Array(most),
    unknownLeft: new Uint8Array(most),
    right: new Int32Array(most),
    value: new Float64Array(most),
    gain: new Float64Array(width),
  };
};

/** Grows a tree from the first `length` rows of `order`, which are put in another order, by the given columns. */
export type Grow = (order: Int32Array, length: number, columns: Int32Array) => void;

export function growerOf(rows: Binned, slopes: Slopes, nodes: Nodes, rules: GrowRules): Grow {
  const { bins, width, edges } = rows;
  const scratch = new Int32Array(rows.count);
  const sums = Array.from({ length: rules.depth }, () => new Float64Array(width * sumsOfColumn));
  const splits = Array.from({ length: rules.depth + 1 }, noSplit);
  let order: Int32Array = scratch;
  let columns: Int32Array = scratch;
  let edgeCounts: Int32Array = scratch;

  /** Sends the rows from `from` to `to` to their sides, each in the order that it has, and answers where the right one begins. */
  function divide(from: number, to: number, { bin, unknownLeft }: Split, column: number): number {
    let [left, right] = [from, 0];
    for (let index = from; index < to; index += 1) {
      const row = order[index] as number;
      const own = bins[row * width + column] as number;
      if (own === unknownBin ? unknownLeft : own <= bin) order[left++] = row;
      else scratch[right++] = row;
    }
    for (let index = 0; index < right; index += 1) order[left + index] = scratch[index] as number;
    return left;
  }

  /** A node whose sums lie in the place `own`; the places from `free` on may be used for what lies below it. */
  function grow(from: number, to: number, first: number, second: number, depth: number, own: number): void {
    const node = nodes.count++;
    const split = splits[depth] as Split;
    const here = sums[own] as Float64Array;
    if (depth < rules.depth) findSplit(split, here, edgeCounts, first, second, rules);
    if (depth === rules.depth || split.position < 0) {
      nodes.feature[node] = -1;
      // Adding 0 makes a 0 of -0, which no JSON tells from it.
      nodes.value[node] = (-first / (second + rules.l2)) * rules.shrinkage + 0;
      return;
    }
    const column = columns[split.position] as number;
    const { bin, unknownLeft, gain, first: leftFirst, second: leftSecond } = split;
    nodes.feature[node] = column;
    nodes.bin[node] = bin;
    nodes.threshold[node] = edges[column]?.[bin] as number;
    nodes.unknownLeft[node] = unknownLeft ? 1 : 0;
    nodes.gain[column] = (nodes.gain[column] as number) + gain;
    const middle = divide(from, to, split, column);
    const isLeftSmaller = middle - from <= to - middle;
    const free = depth + 1;
    if (depth + 1 < rules.depth) {
      const child = sums[free] as Float64Array;
      const smaller = isLeftSmaller ? { order, from, to: middle } : { order, from: middle, to };
      count(child, rows, columns, smaller, slopes);
      takeAway(here, child, columns.length);
    }
    const [left, right] = isLeftSmaller ? [free, own] : [own, free];
    grow(from, middle, leftFirst, leftSecond, depth + 1, left);
    const rightNode = nodes.count;
    nodes.right[node] = rightNode;
    grow(middle, to, first - leftFirst, second - leftSecond, depth + 1, right);
    const [leftValue, rightValue] = [nodes.value[node + 1] as number, nodes.value[rightNode] as number];
    nodes.value[node] = rightValue + ((leftValue - rightValue) * leftSecond) / second;
  }

  return (rowOrder, length, usedColumns) => {
    order = rowOrder;
    columns = usedColumns;
    edgeCounts = columns.map(column => edges[column]?.length ?? 0);
    let [first, second] = [0, 0];
    for (let index = 0; index < length; index += 1) {
      const row = order[index] as number;
      first += slopes.first[row] as number;
      second += slopes.second[row] as number;
    }
    count(sums[0] as Float64Array, rows, columns, { order, from: 0, to: length }, slopes);
    grow(0, length, first, second, 0, 0);
  };
}
