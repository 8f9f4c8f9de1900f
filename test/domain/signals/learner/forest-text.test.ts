import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalsFrom, randomFrom } from '../../../../src/domain/random.ts';
import { boost } from '../../../../src/domain/signals/learner/boost.ts';
import { forestText, parseForest } from '../../../../src/domain/signals/learner/forest-text.ts';

test('a forest comes back from its text bit for bit', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), (seed, depth) => {
      const random = randomFrom(seed);
      const normal = normalsFrom(random);
      const rows = { values: Float64Array.from({ length: 600 }, () => normal() / 3), width: 3, count: 200 };
      const labels = Uint8Array.from({ length: 200 }, () => (random() < 0.4 ? 1 : 0));
      const forest = boost(
        { rows, features: ['a', 'b', 'c'], labels },
        { trees: 8, depth, shrinkage: 0.1, l2: 1, leastLeafWeight: 1, rowShare: 0.7, columnShare: 0.7, seed },
      );
      const text = forestText(forest);
      const back = parseForest(text);
      // toEqual tells 0 from -0 and counts NaN as equal to itself.
      expect(back).toEqual(forest);
      expect(forestText(back)).toBe(text);
      expect(text).not.toContain('null');
    }),
    { seed: 3, numRuns: 20 },
  );
});
