/**
 * Winsorising: values beyond the 1st and the 99th percentile of their date are brought in to it, so that one security's
 * extreme is no more than the end of the field. Unknown values stay unknown. A percentile lies between the two nearest
 * values in proportion (type 7 of Hyndman and Fan 1996, as spreadsheets have it).
 */
import type { Panel } from './panel.ts';

const lowest = 0.01;
const highest = 0.99;

/** The value below which a share of `sorted` lies; unknown of none. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] as number;
  const above = sorted[Math.ceil(at)] as number;
  return below + (above - below) * (at - Math.floor(at));
}

/** The known ones, ascending. */
export const sortedKnown = (values: Float64Array): Float64Array => values.filter(value => !Number.isNaN(value)).sort();

/** One feature of every row of a panel, winsorised within each date. The rows of a panel lie in order of date. */
export function winsorisedColumn({ values, dateOf, features, rows }: Panel, feature: number): Float64Array {
  const column = Float64Array.from({ length: rows }, (_, row) => values[row * features.length + feature] as number);
  for (let from = 0; from < rows; ) {
    let to = from;
    while (to < rows && dateOf[to] === dateOf[from]) to += 1;
    const sorted = sortedKnown(column.subarray(from, to));
    const [low, high] = [quantile(sorted, lowest), quantile(sorted, highest)];
    for (let row = from; row < to; row += 1) {
      const value = column[row] as number;
      if (value < low) column[row] = low;
      else if (value > high) column[row] = high;
    }
    from = to;
  }
  return column;
}
