import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalsFrom, randomFrom } from '../../../../src/domain/random.ts';
import { blockDays, blockFigure } from '../../../../src/domain/signals/evaluation/blocks.ts';

describe('blocks', () => {
  test('one day in each 21 sessions, of those that have a value', () => {
    const sessions = [0, 5, 20, 21, 30, 42, 63];
    expect(blockDays(sessions, [1, 1, 1, 1, 1, 1, 1])).toEqual([0, 3, 5, 6]);
    expect(blockDays(sessions, [undefined, 1, 1, 1, 1, undefined, 1])).toEqual([1, 4, 6]);
    expect(blockDays([], [])).toEqual([]);
  });

  test('no two look at the same session, on any calendar', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean())), steps => {
        let session = 0;
        const sessions = steps.map(([step]) => (session += step));
        const values = steps.map(([, isKnown]) => (isKnown ? 1 : undefined));
        const days = blockDays(sessions, values);
        for (const [index, day] of days.entries()) {
          expect(values[day]).toBe(1);
          if (index > 0) expect(sessions[day]! - sessions[days[index - 1]!]!).toBeGreaterThanOrEqual(21);
        }
      }),
      { seed: 2 },
    );
  });
});

describe('a figure of blocks', () => {
  const apart = Array.from({ length: 7 }, (_, index) => index * 21);

  test('1 to 7: 4, and 2.447 errors of .816497 on either side', () => {
    const figure = blockFigure(apart, [1, 2, 3, 4, 5, 6, 7]);
    expect(figure.value).toBe(4);
    expect(figure.high).toBeCloseTo(4 + 2.446_912 * 0.816_497, 5);
    expect(figure.low).toBeCloseTo(4 - 2.446_912 * 0.816_497, 5);
    expect(figure.t).toBeCloseTo(4 / 0.816_497, 5);
    expect(blockFigure(apart, [1, 2, 3, 4, 5, 6, 7], 3).t).toBeCloseTo(1 / 0.816_497, 5);
    expect(figure).toMatchObject({ blocks: 7, reason: undefined });
  });

  test('has no interval of fewer than six blocks, nor of values that are all the same', () => {
    expect(blockFigure(apart.slice(0, 5), [1, 2, 3, 4, 5])).toEqual({
      value: 3,
      low: undefined,
      high: undefined,
      t: undefined,
      blocks: 5,
      reason: '5 independent blocks are too few; it takes 6',
    });
    expect(blockFigure([], []).value).toBeUndefined();
    expect(blockFigure(apart, [1, 1, 1, 1, 1, 1, 1])).toMatchObject({
      value: 1,
      reason: 'every block has the same value',
    });
  });

  test('the interval holds the truth 19 times in 20, also where days overlap', () => {
    // The sum of the next 21 of a series that knows nothing: neighbouring days are nearly the same.
    const normal = normalsFrom(randomFrom(4));
    const days = Array.from({ length: 630 }, (_, index) => index);
    let [held, naive] = [0, 0];
    for (let trial = 0; trial < 300; trial += 1) {
      const series = Array.from({ length: 651 }, normal);
      const sums = days.map(day => series.slice(day + 1, day + 22).reduce((sum, each) => sum + each, 0));
      const { low, high } = blockFigure(days, sums);
      if (low! <= 0 && high! >= 0) held += 1;
      const mean = sums.reduce((sum, each) => sum + each, 0) / 630;
      const error = Math.sqrt(sums.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 629 / 630);
      if (Math.abs(mean) <= 1.96 * error) naive += 1;
    }
    expect(held / 300).toBeGreaterThan(0.91);
    // What an interval over all days as if they were independent would have held.
    expect(naive / 300).toBeLessThan(0.5);
  });
});
