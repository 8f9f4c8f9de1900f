import { describe, expect, test } from 'vitest';
import { meanRanks, rankCorrelation, rocAuc } from '../../../../src/domain/signals/evaluation/ranking.ts';

const list = (...numbers: number[]): Float64Array => Float64Array.from(numbers);

test('equal numbers share the mean of their ranks', () => {
  expect([...meanRanks(list(7, 1, 7, 3, 7))]).toEqual([4, 1, 4, 2, 4]);
});

describe('the area under the ROC curve', () => {
  test('the example of scikit-learn: scores .1 .4 .35 .8 of labels 0 0 1 1 give .75', () => {
    expect(rocAuc(list(0.1, 0.4, 0.35, 0.8), list(-0.02, 0, 0.03, 0.01))).toBe(0.75);
  });

  test('a tie of a riser and a faller counts half', () => {
    expect(rocAuc(list(1, 1), list(-1, 1))).toBe(0.5);
    // Risers 2 and 3, fallers 1 and 2: 2 > 1, 2 = 2, 3 > 1, 3 > 2: 3.5 of 4 pairs.
    expect(rocAuc(list(1, 2, 2, 3), list(-1, -1, 1, 1))).toBe(0.875);
  });

  test('is unknown where all rose, or none did', () => {
    expect(rocAuc(list(1, 2), list(0.1, 0.2))).toBeUndefined();
    expect(rocAuc(list(1, 2), list(-0.1, 0))).toBeUndefined();
    expect(rocAuc(list(), list())).toBeUndefined();
  });
});

describe('the rank information coefficient', () => {
  test("the textbook's ten of IQ and hours of television: -29/165", () => {
    const iq = list(106, 100, 86, 101, 99, 103, 97, 113, 112, 110);
    const hours = list(7, 27, 2, 50, 28, 29, 20, 12, 6, 17);
    expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  test('with ties it is the correlation of the mean ranks', () => {
    // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 x 5).
    expect(rankCorrelation(list(1, 2, 2, 3), list(10, 30, 20, 40))).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
    expect(rankCorrelation(list(1, 2, 3), list(9, 4, 1))).toBeCloseTo(-1, 12);
  });

  test('is unknown where a side does not differ', () => {
    expect(rankCorrelation(list(1, 1, 1), list(1, 2, 3))).toBeUndefined();
    expect(rankCorrelation(list(), list())).toBeUndefined();
  });
});
