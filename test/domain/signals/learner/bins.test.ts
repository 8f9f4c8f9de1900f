import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binEdges, binned, binOf, unknownBin } from '../../../../src/domain/signals/learner/bins.ts';

const edgesOf = (values: number[]): number[] => [...binEdges(Float64Array.from(values))];

describe('edges', () => {
  test('a column of few different numbers has an edge halfway between each two', () => {
    expect(edgesOf([3, 1, 1, 2, 7, 3])).toEqual([1.5, 2.5, 5]);
    expect(edgesOf([4, 4])).toEqual([]);
    expect(edgesOf([])).toEqual([]);
  });

  test('a column of many has 255 bins of about the same count', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 10_000);
    const edges = binEdges(Float64Array.from(values));
    expect(edges.length).toBe(254);
    const counts = new Array<number>(255).fill(0);
    for (const value of values) counts[binOf(value, edges)]! += 1;
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([39, 40]);
  });

  test('a number that fills half the column keeps the others apart', () => {
    const values = Array.from({ length: 4000 }, (_, index) => (index < 2000 ? 0 : index));
    const edges = edgesOf(values);
    expect(edges[0]).toBe(1000);
    expect(edges.length).toBeGreaterThan(120);
  });

  test('two numbers with none between them are told apart', () => {
    const above = 1 + Number.EPSILON;
    expect(edgesOf([1, above])).toEqual([1]);
    expect([binOf(1, Float64Array.of(1)), binOf(above, Float64Array.of(1))]).toEqual([0, 1]);
  });
});

test('a bin holds what is up to its edge and above the one before, for any numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 600 }), values => {
      const edges = binEdges(Float64Array.from(values));
      expect(edges.length).toBeLessThan(255);
      for (const value of values) {
        const bin = binOf(value, edges);
        if (bin < edges.length) expect(value).toBeLessThanOrEqual(edges[bin]!);
        if (bin > 0) expect(value).toBeGreaterThan(edges[bin - 1]!);
      }
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('rows keep their place, and what is unknown has a bin of its own', () => {
  const { bins, edges } = binned({ values: Float64Array.of(1, 9, Number.NaN, 8, 2, Number.NaN), width: 2, count: 3 });
  expect([...bins]).toEqual([0, 1, unknownBin, 0, 1, unknownBin]);
  expect(edges.map(each => [...each])).toEqual([[1.5], [8.5]]);
});
