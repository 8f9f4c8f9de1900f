/**
 * What the learner learned: trees whose leaves add up to the log-odds of a rise.
 *
 * All nodes lie in one row, tree after tree, each node followed by its left side; so only the right child needs a
 * number. A leaf has the feature -1. The value of a node that is no leaf is the mean of the leaves below it, weighted by
 * what lies in them: the steps between the values from the root to a leaf say what each input added, and the values of
 * the roots with the base what is said of a row of which nothing is known.
 */

export type Forest = {
  readonly features: readonly string[];
  /** Log-odds of the base rate. */
  readonly base: number;
  /** The first node of each tree. */
  readonly roots: Int32Array;
  readonly feature: Int16Array;
  /** Numbers up to this go left. */
  readonly threshold: Float64Array;
  /** 1 where unknown numbers go left. */
  readonly unknownLeft: Uint8Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  /** Per feature, the gain of all its splits. */
  readonly gain: Float64Array;
};

/** The log-odds of the row that begins at `start`. */
export function scoreAt(forest: Forest, values: Float64Array, start: number): number {
  const { roots, feature, threshold, unknownLeft, right, value } = forest;
  let total = forest.base;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let node = roots[tree] as number;
    for (let column = feature[node] as number; column >= 0; column = feature[node] as number) {
      const number = values[start + column] as number;
      const isLeft = Number.isNaN(number) ? unknownLeft[node] === 1 : number <= (threshold[node] as number);
      node = isLeft ? node + 1 : (right[node] as number);
    }
    total += value[node] as number;
  }
  return total;
}

/** The log-odds of each row. */
export function scores(forest: Forest, values: Float64Array): Float64Array {
  const width = forest.features.length;
  const result = new Float64Array(values.length / width);
  for (let row = 0; row < result.length; row += 1) result[row] = scoreAt(forest, values, row * width);
  return result;
}

export type Reasons = {
  /** What is said of any row, before its inputs are looked at. */
  readonly bias: number;
  /** What each feature adds to the log-odds; with the bias they sum to the score. */
  readonly byFeature: Float64Array;
};

export function reasonsAt(forest: Forest, values: Float64Array, start: number): Reasons {
  const { features, roots, feature, threshold, unknownLeft, right, value } = forest;
  const byFeature = new Float64Array(features.length);
  let bias = forest.base;
  for (const root of roots) {
    let node = root;
    bias += value[node] as number;
    for (let column = feature[node] as number; column >= 0; column = feature[node] as number) {
      const number = values[start + column] as number;
      const isLeft = Number.isNaN(number) ? unknownLeft[node] === 1 : number <= (threshold[node] as number);
      const next = isLeft ? node + 1 : (right[node] as number);
      byFeature[column] = (byFeature[column] as number) + (value[next] as number) - (value[node] as number);
      node = next;
    }
  }
  return { bias, byFeature };
}

export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
