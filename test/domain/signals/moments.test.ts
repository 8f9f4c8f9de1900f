import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deviationOfReturns,
  meanOf,
  medianOf,
  skewness,
  squaresOf,
  zScore,
} from '../../../src/domain/signals/moments.ts';

const of = (...values: number[]) => Float64Array.from(values);
const last = (values: Float64Array) => values.length - 1;

describe('moments', () => {
  it('the mean and the squares of a stretch', () => {
    const values = of(99, 2, 4, 4, 4, 5, 5, 7, 9, 99);
    expect(meanOf(values, 1, 8)).toBe(5);
    expect(squaresOf(values, 1, 8, 5)).toBe(32);
  });

  it('a value that does not change has exactly itself for a mean, and no deviation', () => {
    const values = new Float64Array(250).fill(0.1);
    expect(meanOf(values, 0, 249)).toBe(0.1);
    expect(squaresOf(values, 0, 249, 0.1)).toBe(0);
    expect(deviationOfReturns(values, 249, 90)).toBe(0);
  });

  it('the deviation of returns of +10% and -10% by turns', () => {
    const closes = of(100, 110, 99, 108.9, 98.01);
    expect(deviationOfReturns(closes, 4, 4)).toBeCloseTo(Math.sqrt(0.04 / 3), 12);
    // A price that grows by the same share each day has no deviation but rounding.
    expect(
      deviationOfReturns(
        Float64Array.from({ length: 91 }, (_, day) => 1.01 ** day),
        90,
        90,
      ),
    ).toBe(0);
  });

  it("the skewness of Microsoft's example of SKEW", () => {
    const values = of(3, 4, 5, 2, 3, 4, 5, 6, 4, 7);
    expect(skewness(values, last(values), 10)).toBeCloseTo(0.359_543, 6);
    expect(skewness(of(1, 2, 3, 4, 10), 4, 5)).toBeCloseTo(1.697_056, 6);
    expect(skewness(of(-1, 0, 1), 2, 3)).toBe(0);
    expect(skewness(of(7, 7, 7), 2, 3)).toBeNaN();
    expect(skewness(of(0, 0, 0), 2, 3)).toBeNaN();
  });

  it('a z-score is against the values before, in sample deviations', () => {
    expect(zScore(of(1, 2, 3, 4, 5, 8), 5, 5)).toBeCloseTo(5 / Math.sqrt(2.5), 12);
    expect(zScore(of(5, 5, 5, 9), 3, 3)).toBeNaN();
  });

  it('the median is the middle, or between the two middle ones', () => {
    expect(medianOf(of(99, 3, 1, 2), 3, 3)).toBe(2);
    expect(medianOf(of(4, 3, 1, 2), 3, 4)).toBe(2.5);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 }), values => {
        const sorted = [...values].sort((a, b) => a - b);
        const middle = ((sorted[(values.length - 1) >> 1] ?? 0) + (sorted[values.length >> 1] ?? 0)) / 2;
        return medianOf(of(...values), values.length - 1, values.length) === middle;
      }),
    );
  });
});
