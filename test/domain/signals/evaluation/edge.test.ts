import { describe, expect, test } from 'vitest';
import { normalsFrom, randomFrom } from '../../../../src/domain/random.ts';
import { edgeWords, ranking, shuffle } from '../../../../src/domain/signals/evaluation/edge.ts';
import { judgedRows } from './judged-rows.ts';

/** Scores that know a share of what happens on each of 24 dates, of 40 securities in eight sectors that move together. */
function simulated(seed: number, known: number, together = 0) {
  const normal = normalsFrom(randomFrom(seed));
  const likes = Array.from({ length: 8 }, normal);
  return judgedRows(
    Array.from({ length: 24 }, () => {
      const sectors = Array.from({ length: 8 }, normal);
      return Array.from({ length: 40 }, (_, code) => {
        const forward = together * sectors[code % 8]! + normal();
        return { score: known * forward + normal() + together * likes[code % 8]!, forward };
      });
    }),
  );
}

const share = (seeds: number, known: number, together?: number): number =>
  Array.from({ length: seeds }, (_, seed) => ranking(simulated(seed + 1, known, together), 1)).filter(
    ({ isEdgeShown }) => isEdgeShown,
  ).length / seeds;

describe('an edge', () => {
  test('is shown where scores know something', () => {
    const found = ranking(simulated(1, 0.3), 1);
    expect(found).toMatchObject({ isEdgeShown: true });
    expect(edgeWords(found)).toBe('edge shown');
    // The correlation is .3 / sqrt(1.09); Spearman's of a normal pair is 6 / pi x asin(half of it).
    const truth = (6 / Math.PI) * Math.asin(0.3 / Math.sqrt(1.09) / 2);
    expect(found.rankIc.low).toBeLessThan(truth);
    expect(found.rankIc.high).toBeGreaterThan(truth);
    expect(found.auc.low).toBeGreaterThan(0.5);
    expect(share(20, 0.3)).toBe(1);
  });

  test('is shown in at most one of twenty cases where they know nothing, also where sectors move together', () => {
    expect(share(100, 0)).toBeLessThanOrEqual(0.05);
    expect(share(100, 0, 1)).toBeLessThanOrEqual(0.05);
  });

  test('by chance: 190 of 200 dealt rankings stay at or below', () => {
    // The correlation of 40 dealt ranks has the deviation 1 / sqrt(39); the mean of 24 dates, times 1.645.
    const { byChance } = ranking(simulated(3, 0), 1);
    expect(byChance).toBeCloseTo(1.645 / Math.sqrt(39 * 24), 1);
    expect(ranking(simulated(3, 0), 1).byChance).toBe(byChance);
  });

  test('is not shown of scores that say the contrary, of few securities, or of nothing', () => {
    expect(ranking(simulated(1, -0.3), 1).isEdgeShown).toBe(false);
    const few = judgedRows(
      Array.from({ length: 24 }, () => [1, 2, 3, 4].map(each => ({ score: each, forward: each }))),
    );
    expect(ranking(few, 1)).toMatchObject({ isEdgeShown: false, byChance: undefined, rankIc: { value: undefined } });
    expect(edgeWords(ranking(judgedRows([]), 1))).toBe('no edge shown');
  });
});

test('dealing keeps all numbers, and every order comes as often', () => {
  const random = randomFrom(1);
  const orders = new Map<string, number>();
  for (let deal = 0; deal < 6000; deal += 1) {
    const numbers = Float64Array.of(1, 2, 3);
    shuffle(numbers, random);
    orders.set(numbers.join(''), (orders.get(numbers.join('')) ?? 0) + 1);
  }
  expect([...orders.keys()].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
  for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
