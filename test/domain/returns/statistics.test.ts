import { describe, expect, test } from 'vitest';
import {
  isConstant,
  isNothing,
  mean,
  sampleCovariance,
  sampleDeviation,
} from '../../../src/domain/returns/statistics.ts';
import { repeated } from './rates-by-day.ts';

describe('the certified values of NIST (Statistical Reference Datasets, univariate)', () => {
  // https://www.itl.nist.gov/div898/strd/univ/homepage.html
  test.each([
    ['NumAcc1', [10_000_001, 10_000_003, 10_000_002], 10_000_002, 1, 12],
    ['NumAcc2', [1.2, ...repeated([1.1, 1.3], 500)], 1.2, 0.1, 12],
    ['NumAcc3', [1_000_000.2, ...repeated([1_000_000.1, 1_000_000.3], 500)], 1_000_000.2, 0.1, 9],
    ['NumAcc4', [10_000_000.2, ...repeated([10_000_000.1, 10_000_000.3], 500)], 10_000_000.2, 0.1, 8],
  ])('%s', (_, values, certifiedMean, certifiedDeviation, digits) => {
    expect(mean(values)).toBeCloseTo(certifiedMean, 6);
    expect(sampleDeviation(values)).toBeCloseTo(certifiedDeviation, digits);
  });
});

test('covariance by hand: (1, 2, 3) and (2, 4, 9) is ((-1)(-3) + 0 + (1)(4)) / 2', () => {
  expect(sampleCovariance([1, 2, 3], [2, 4, 9])).toBe(3.5);
});

test('values that differ by rounding alone do not differ', () => {
  const tenth = repeated([0.1], 1000);
  // The mean of a thousand tenths is not a tenth, so a sum of squares would not be zero.
  expect(mean(tenth)).not.toBe(0.1);
  expect(sampleDeviation(tenth)).toBe(0);
  expect([isConstant([]), isConstant([1]), isConstant([0.3, 0.1 + 0.2]), isConstant([0, 1e-9])]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('a trace of 1e-12 is rounding, and more is not', () => {
  expect([isConstant([0, 1e-12]), isConstant([1e-12, 0]), isConstant([0, 1.1e-12, 0])]).toEqual([true, true, false]);
  expect([0, 1e-12, -1e-12, 1.1e-12, -1.1e-12].map(isNothing)).toEqual([true, true, true, false, false]);
});
