/** Mean, deviation and covariance of floats. None is asked of fewer values than it is defined for. */

export const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** Sum of the products of two lists' deviations from their means, over n - 1. */
export function sampleCovariance(a: readonly number[], b: readonly number[]): number {
  const [meanOfA, meanOfB] = [mean(a), mean(b)];
  const total = a.reduce((sum, value, index) => sum + (value - meanOfA) * ((b[index] as number) - meanOfB), 0);
  return total / (a.length - 1);
}

/** Over n - 1; exactly 0 for values that do not differ. */
export const sampleDeviation = (values: readonly number[]): number =>
  isConstant(values) ? 0 : Math.sqrt(sampleCovariance(values, values));

/** The trace that rounding leaves on a return: a float near 1 is known to 1e-16, and a few are added up. */
const rounding = 1e-12;

/** Whether returns differ by no more than rounding: their variance is zero, whatever a sum of squares says. */
export function isConstant(values: readonly number[]): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // Of no values it is minus infinity.
  return high - low <= rounding;
}

/** Whether a return is no more than rounding. */
export const isNothing = (value: number): boolean => Math.abs(value) <= rounding;
