import { describe, expect, test } from 'vitest';
import { boundsOf, prepared, startsOf } from '../../../../src/domain/signals/learner/prepare.ts';

const unknown = Number.NaN;
const wide = { low: Float64Array.of(-100), high: Float64Array.of(100) };

describe('bounds', () => {
  test('the 1st and 99th percentile', () => {
    const values = Float64Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(boundsOf(values, 1, 101)).toEqual({ low: Float64Array.of(1), high: Float64Array.of(99) });
  });

  test('are of the rows that they are asked of, without what is unknown or infinite', () => {
    const values = Float64Array.of(1, 5, unknown, 5, Number.POSITIVE_INFINITY, 5, 3, 9);
    const { low, high } = boundsOf(values, 2, 3);
    expect([low[0], high[0], low[1], high[1]]).toEqual([1, 1, 5, 5]);
    expect(boundsOf(Float64Array.of(unknown), 1, 1).low[0]).toBeNaN();
  });
});

describe('standardising', () => {
  const rows = (values: number[], starts: number[], bounds = wide): number[] => [
    ...prepared(Float64Array.from(values), 1, Int32Array.from(starts), bounds),
  ];

  test('each date by itself, by the population deviation', () => {
    // 1, 2, 3: mean 2, deviation sqrt(2/3). 10, 30: mean 20, deviation 10.
    const root = Math.sqrt(1.5);
    expect(rows([1, 2, 3, 10, 30], [0, 3, 5])).toEqual([-root, 0, root, -1, 1].map(each => expect.closeTo(each, 12)));
  });

  test('what is beyond the bounds is set to them first', () => {
    const bounds = { low: Float64Array.of(0), high: Float64Array.of(2) };
    expect(rows([-50, 2, 2, 900], [0, 4], bounds)).toEqual(
      [-Math.sqrt(3), ...[1, 1, 1].map(each => each / Math.sqrt(3))].map(each => expect.closeTo(each, 12)),
    );
  });

  test('what is unknown stays so and counts nowhere; what does not differ is 0', () => {
    expect(rows([1, unknown, 3, Number.POSITIVE_INFINITY], [0, 4])).toEqual([-1, unknown, 1, unknown]);
    expect(rows([0.1, 0.1, 0.1, 7], [0, 3, 4])).toEqual([0, 0, 0, 0]);
    expect(rows([unknown, unknown], [0, 2])).toEqual([unknown, unknown]);
    expect(rows([1, 2], [0, 2], { low: Float64Array.of(unknown), high: Float64Array.of(unknown) })).toEqual([
      unknown,
      unknown,
    ]);
  });
});

test('where the rows of a date begin, also of dates without rows', () => {
  expect([...startsOf(Int32Array.of(0, 0, 2, 2, 2), 4)]).toEqual([0, 2, 2, 5, 5]);
});
