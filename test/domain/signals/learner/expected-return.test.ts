import { expect, test } from 'vitest';
import { expectedReturn, returnTable } from '../../../../src/domain/signals/learner/expected-return.ts';

test('the mean of the same of twenty buckets, made to rise', () => {
  // Forty rows, two in a bucket; the third bucket did worse than the second, so both get their mean.
  const probabilities = Float64Array.from({ length: 40 }, (_, row) => 0.3 + row / 100);
  const returns = Float64Array.from({ length: 40 }, (_, row) =>
    row === 2 || row === 3 ? 0.045 : Math.floor(row / 2) / 100,
  );
  const table = returnTable(probabilities, returns);
  expect(table.upTo.length).toBe(20);
  // Buckets: 0, .045, .02, .03, .04 ...: .045, .02 and .03 pool to .031667.
  expect(table.means.slice(0, 6)).toEqual(
    [0, 0.095 / 3, 0.095 / 3, 0.095 / 3, 0.04, 0.05].map(each => expect.closeTo(each, 12)),
  );
  expect([0, 0.31, 0.32, 0.38, 0.5, 1].map(p => expectedReturn(table, p))).toEqual(
    [0, 0, 0.095 / 3, 0.04, 0.1, 0.19].map(each => expect.closeTo(each, 12)),
  );
});

test('equal probabilities share a bucket', () => {
  const table = returnTable(
    new Float64Array(10).fill(0.5),
    Float64Array.from({ length: 10 }, (_, row) => row),
  );
  expect(table).toEqual({ upTo: [0.5], means: [4.5] });
});
