/** What a row of timings comes to. Each throws for no timings at all: nothing measured is never zero. */

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The value that a `fraction` (0 to 1) of all values does not exceed: the nearest rank, never a value in between. */
export function quantile(values: readonly number[], fraction: number): number {
  const rank = Math.max(1, Math.ceil(fraction * values.length));
  const found = sorted(values)[rank - 1];
  if (found === undefined) throw new Error('no timings');
  return found;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const order = sorted(values);
  const upper = order[Math.floor(order.length / 2)];
  const lower = order[Math.floor((order.length - 1) / 2)];
  if (lower === undefined || upper === undefined) throw new Error('no timings');
  return (lower + upper) / 2;
}

export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/** How much y grows with each 1 of x: the straight line with the least squares. */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (of: (point: { readonly x: number; readonly y: number }) => number): number =>
    points.reduce((total, point) => total + of(point), 0) / points.length;
  const [x, y] = [mean(point => point.x), mean(point => point.y)];
  const spread = mean(point => (point.x - x) ** 2);
  if (!(spread > 0)) throw new Error('a slope needs two places');
  return mean(point => (point.x - x) * (point.y - y)) / spread;
}
