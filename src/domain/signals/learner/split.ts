/**
 * The split of a node that lowers the loss most: by the second-order approximation of gradient boosting (Chen and
 * Guestrin, "XGBoost", 2016, equation 7) the gain is GL²/(HL + λ) + GR²/(HR + λ) - G²/(H + λ), where G and H are the
 * sums of first and second derivatives. Rows whose number is unknown go to the side where they help more; where there
 * are none, to the heavier one. Of equal gains the earlier column and the lower edge count.
 */
import { unknownBin } from './bins.ts';
import { sumsOfColumn } from './histogram.ts';

export type Split = {
  gain: number;
  /** The position among the columns in use. */
  position: number;
  bin: number;
  unknownLeft: boolean;
  /** The sums of the left side. */
  first: number;
  second: number;
};

export type SplitRules = {
  readonly l2: number;
  /** The least sum of second derivatives on either side. */
  readonly leastLeafWeight: number;
};

export const noSplit = (): Split => ({ gain: 0, position: -1, bin: 0, unknownLeft: false, first: 0, second: 0 });

/** Less than this is what rounding leaves of a side without rows. */
const nothing = 1e-9;

/** Puts the best split into `best`; its position is -1 where none gains anything. */
export function findSplit(
  best: Split,
  sums: Float64Array,
  edgeCounts: Int32Array,
  first: number,
  second: number,
  { l2, leastLeafWeight }: SplitRules,
): void {
  best.position = -1;
  best.gain = nothing;
  const before = (first * first) / (second + l2);
  for (let position = 0; position < edgeCounts.length; position += 1) {
    const start = position * sumsOfColumn;
    const unknownFirst = sums[start + unknownBin * 2] as number;
    const unknownSecond = sums[start + unknownBin * 2 + 1] as number;
    const hasUnknown = unknownSecond > nothing;
    let [leftFirst, leftSecond] = [0, 0];
    for (let bin = 0; bin < (edgeCounts[position] as number); bin += 1) {
      leftFirst += sums[start + bin * 2] as number;
      leftSecond += sums[start + bin * 2 + 1] as number;
      for (let side = 0; side < (hasUnknown ? 2 : 1); side += 1) {
        const ownFirst = side === 0 ? leftFirst : leftFirst + unknownFirst;
        const ownSecond = side === 0 ? leftSecond : leftSecond + unknownSecond;
        const otherSecond = second - ownSecond;
        if (ownSecond < leastLeafWeight || otherSecond < leastLeafWeight) continue;
        const otherFirst = first - ownFirst;
        const gain = (ownFirst * ownFirst) / (ownSecond + l2) + (otherFirst * otherFirst) / (otherSecond + l2) - before;
        if (gain <= best.gain) continue;
        best.gain = gain;
        best.position = position;
        best.bin = bin;
        best.unknownLeft = hasUnknown ? side === 1 : ownSecond > otherSecond;
        best.first = ownFirst;
        best.second = ownSecond;
      }
    }
  }
}
