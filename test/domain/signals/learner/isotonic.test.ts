import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  calibrated,
  calibration,
  equalCounts,
  nonDecreasing,
} from '../../../../src/domain/signals/learner/isotonic.ts';

describe('pooling adjacent violators', () => {
  test('the example of isoreg in R: 1 0 4 3 3 5 4 2 0', () => {
    const ones = new Array<number>(9).fill(1);
    expect(nonDecreasing([1, 0, 4, 3, 3, 5, 4, 2, 0], ones)).toEqual(
      [0.5, 0.5, 3, 3, 3, 3, 3, 3, 3].map(each => expect.closeTo(each, 12)),
    );
  });

  test('weights count: 3 of weight 1 before 1 of weight 3 is 1.5', () => {
    expect(nonDecreasing([3, 1, 2], [1, 3, 1])).toEqual([1.5, 1.5, 2]);
    expect(nonDecreasing([], [])).toEqual([]);
  });

  test('never falls, keeps the weighted sum, and leaves alone what rises', () => {
    const numbers = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(numbers, rows => {
        const [values, weights] = [rows.map(([value]) => value), rows.map(([, weight]) => weight)];
        const fitted = nonDecreasing(values, weights);
        for (const [index, value] of fitted.entries()) expect(value).toBeGreaterThanOrEqual(fitted[index - 1] ?? value);
        const sum = (list: number[]): number =>
          list.reduce((total, value, index) => total + value * weights[index]!, 0);
        expect(sum(fitted)).toBeCloseTo(sum(values), 6);
        const risen = values.toSorted((a, b) => a - b);
        expect(nonDecreasing(risen, weights).map(value => Math.round(value * 1e9) / 1e9)).toEqual(
          risen.map(value => value + 0),
        );
      }),
      { seed: 9 },
    );
  });
});

test('equal counts keep equal numbers together', () => {
  const cut = (numbers: number[], parts: number): number[] =>
    equalCounts(
      Float64Array.from(numbers),
      Int32Array.from(numbers, (_, index) => index),
      parts,
    );
  expect(cut([1, 2, 3, 4, 5, 6], 3)).toEqual([2, 4, 6]);
  expect(cut([1, 2, 2, 2, 5, 6], 3)).toEqual([4, 6]);
  expect(cut([7, 7, 7], 2)).toEqual([3]);
  expect(cut([1, 2], 5)).toEqual([1, 2]);
});

describe('calibration', () => {
  test('each group of scores has the share of ones in it, and between their means it runs straight', () => {
    // 100 rows in 50 groups of two: the scores 0, 0.5; 1, 1.5; ... Ones are the rows from 50 on.
    const scores = Float64Array.from({ length: 100 }, (_, row) => row / 2);
    const table = calibration(
      scores,
      Uint8Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : 1)),
    );
    expect(table.scores.slice(0, 2)).toEqual([0.25, 1.25]);
    expect([0, 24.25, 24.75, 25.25, 99].map(score => calibrated(table, score))).toEqual([0, 0, 0.5, 1, 1]);
  });

  test('scores that say nothing get the base rate, those that say the contrary too', () => {
    const scores = Float64Array.from({ length: 60 }, (_, row) => row);
    const contrary = calibration(
      scores,
      Uint8Array.from({ length: 60 }, (_, row) => (row < 20 ? 1 : 0)),
    );
    expect(new Set(contrary.probabilities.map(each => Math.round(each * 1e9) / 1e9))).toEqual(new Set([0.333_333_333]));
    const one = calibration(new Float64Array(4), Uint8Array.of(1, 0, 0, 1));
    expect(one).toEqual({ scores: [0], probabilities: [0.5] });
  });
});
