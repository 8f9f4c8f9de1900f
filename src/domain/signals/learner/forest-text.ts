/** A forest as a compact JSON text, and back to the same numbers bit for bit. */
import type { Forest } from './forest.ts';

/** Leaves have the feature -1 and a value alone; the columns of splits are as long as there are splits. */
type Stored = {
  readonly features: readonly string[];
  readonly base: number;
  readonly roots: readonly number[];
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly unknownLeft: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
  readonly gain: readonly number[];
};

export function forestText(forest: Forest): string {
  const isSplit = (_: number, node: number): boolean => (forest.feature[node] as number) >= 0;
  const stored: Stored = {
    features: forest.features,
    base: forest.base,
    roots: [...forest.roots],
    feature: [...forest.feature],
    threshold: [...forest.threshold].filter(isSplit),
    unknownLeft: [...forest.unknownLeft].filter(isSplit),
    right: [...forest.right].filter(isSplit),
    value: [...forest.value],
    gain: [...forest.gain],
  };
  return JSON.stringify(stored);
}

/** Of a text that `forestText` made. */
export function parseForest(text: string): Forest {
  const stored = JSON.parse(text) as Stored;
  const feature = Int16Array.from(stored.feature);
  let splits = 0;
  const splitOf = Int32Array.from(feature, column => (column >= 0 ? splits++ : -1));
  const spread = (column: readonly number[], node: number): number => column[splitOf[node] as number] ?? 0;
  return {
    features: stored.features,
    base: stored.base,
    roots: Int32Array.from(stored.roots),
    feature,
    threshold: Float64Array.from(feature, (_, node) => spread(stored.threshold, node)),
    unknownLeft: Uint8Array.from(feature, (_, node) => spread(stored.unknownLeft, node)),
    right: Int32Array.from(feature, (_, node) => spread(stored.right, node)),
    value: Float64Array.from(stored.value),
    gain: Float64Array.from(stored.gain),
  };
}
