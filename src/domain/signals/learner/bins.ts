/**
 * Inputs in bins: what the learner sees of a number is which of at most 255 parts of its column it lies in.
 *
 * The parts hold about the same number of rows each; a column of few different values has a bin for each of them. An
 * edge lies halfway between two values that occur. Unknown numbers have a bin of their own.
 */

/** The bin of unknown numbers; the others are below it. */
export const unknownBin = 255;
const mostEdges = 254;

/** Rows of numbers, row after row; NaN is unknown. */
export type Rows = {
  readonly values: Float64Array;
  readonly width: number;
  readonly count: number;
};

export type Binned = {
  readonly width: number;
  readonly count: number;
  /** The bin of each number, row after row. */
  readonly bins: Uint8Array;
  /** Per column, ascending: bin b holds the numbers up to edge b and above the one before. */
  readonly edges: readonly Float64Array[];
};

export function binned({ values, width, count }: Rows): Binned {
  const bins = new Uint8Array(width * count);
  const edges: Float64Array[] = [];
  for (let column = 0; column < width; column += 1) {
    const own = binEdges(knownColumn(values, width, count, column));
    edges.push(own);
    for (let at = column; at < bins.length; at += width) bins[at] = binOf(values[at] as number, own);
  }
  return { width, count, bins, edges };
}

function knownColumn(values: Float64Array, width: number, count: number, column: number): Float64Array {
  const known = new Float64Array(count);
  let length = 0;
  for (let row = 0; row < count; row += 1) {
    const value = values[row * width + column] as number;
    if (!Number.isNaN(value)) known[length++] = value;
  }
  return known.subarray(0, length);
}

/** The edges between the bins of some numbers, which are put in order. */
export function binEdges(values: Float64Array): Float64Array {
  values.sort();
  const edges: number[] = [];
  const wanted = mostEdges + 1;
  const isFew = countDistinct(values, wanted) <= wanted;
  for (let at = 1, part = 1; at < values.length && edges.length < mostEdges; at += 1) {
    const [below, above] = [values[at - 1] as number, values[at] as number];
    if (below === above || (!isFew && at * wanted < part * values.length)) continue;
    edges.push(between(below, above));
    while (part * values.length <= at * wanted) part += 1;
  }
  return Float64Array.from(edges);
}

/** How many different numbers there are, counted until they are more than `enough`. */
function countDistinct(sorted: Float64Array, enough: number): number {
  let count = sorted.length === 0 ? 0 : 1;
  for (let at = 1; at < sorted.length && count <= enough; at += 1) if (sorted[at] !== sorted[at - 1]) count += 1;
  return count;
}

/** At least the lower and below the upper, also where no number lies between them. */
function between(below: number, above: number): number {
  const middle = below + (above - below) / 2;
  return middle < above ? middle : below;
}

export function binOf(value: number, edges: Float64Array): number {
  if (Number.isNaN(value)) return unknownBin;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= (edges[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
