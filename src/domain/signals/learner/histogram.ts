/**
 * For each bin of each column, the sum of the first and second derivative of the loss over the rows of a node. Splits
 * are found in these sums alone. Those of a node less those of one child are those of the other child, so that only the
 * smaller child is ever counted.
 */
import type { Binned } from './bins.ts';

/** Two sums for each of 256 bins. */
export const sumsOfColumn = 512;

/** The rows of a node: a part of a list of row numbers. */
export type Part = { readonly order: Int32Array; readonly from: number; readonly to: number };

/** The derivatives of the loss at each row. */
export type Slopes = { readonly first: Float64Array; readonly second: Float64Array };

/** Counts anew. Row after row rather than column after column: a row's bins lie side by side in memory. */
export function count(
  sums: Float64Array,
  { bins, width }: Binned,
  columns: Int32Array,
  { order, from, to }: Part,
  { first, second }: Slopes,
): void {
  const used = columns.length;
  sums.fill(0, 0, used * sumsOfColumn);
  for (let index = from; index < to; index += 1) {
    const row = order[index] as number;
    const [slope, bend] = [first[row] as number, second[row] as number];
    const start = row * width;
    for (let position = 0; position < used; position += 1) {
      const at = ((position << 8) | (bins[start + (columns[position] as number)] as number)) << 1;
      sums[at] = (sums[at] as number) + slope;
      sums[at + 1] = (sums[at + 1] as number) + bend;
    }
  }
}

/** What is left of the node's sums without those of one child. */
export function takeAway(sums: Float64Array, child: Float64Array, columns: number): void {
  const length = columns * sumsOfColumn;
  for (let at = 0; at < length; at += 1) sums[at] = (sums[at] as number) - (child[at] as number);
}
