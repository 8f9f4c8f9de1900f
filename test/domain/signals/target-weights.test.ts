import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Code } from '../../../src/domain/market/security.ts';
import type { SignalBars } from '../../../src/domain/signals/bars.ts';
import type { Ranked } from '../../../src/domain/signals/rank.ts';
import { cappedShares, targetWeights } from '../../../src/domain/signals/target-weights.ts';
import { barsOf, dayAt, randomBars } from './bars-of.ts';

const ranked = (volatilities: readonly number[]): Ranked[] =>
  volatilities.map((volatility, index) => ({
    code: `S${index}` as Code,
    rank: index + 1,
    score: -index,
    parts: [],
    volatility,
  }));
const barsByCode = (all: readonly SignalBars[]) =>
  new Map(all.map((bars, index) => [`S${index}` as Code, { ...bars, code: `S${index}` as Code }]));
const random = (count: number) => barsByCode(Array.from({ length: count }, (_, index) => randomBars(index + 1, 120)));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('capped shares', () => {
  it('are in proportion under the cap', () => {
    expect(cappedShares([1, 2, 1], 0.6)).toEqual([0.25, 0.5, 0.25]);
  });

  it('share the excess among the others in proportion, as often as it takes', () => {
    // 8/16 is capped at .4; the other .6 over 4, 3, 1: .3, .225, .075.
    expect(cappedShares([8, 4, 3, 1], 0.4).map(share => share.toFixed(6))).toEqual([
      '0.400000',
      '0.300000',
      '0.225000',
      '0.075000',
    ]);
    // With a cap of .3 the second is over it in its turn: .4 is left for 3 and 1, and .3 caps the third too.
    expect(cappedShares([8, 4, 3, 1], 0.3).map(share => share.toFixed(6))).toEqual([
      '0.300000',
      '0.300000',
      '0.300000',
      '0.100000',
    ]);
  });

  it('are all at the cap where they cannot hold the whole', () => {
    expect(cappedShares([5, 1], 0.2)).toEqual([0.2, 0.2]);
    expect(cappedShares([5, 1, 1, 1], 0.25)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('law: no share over the cap, the whole is 1 where it fits, and larger sizes have no less', () => {
    const sizes = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.005, max: 1, noNaN: true }), (all, cap) => {
        const shares = cappedShares(all, cap);
        expect(Math.max(...shares)).toBeLessThanOrEqual(cap);
        expect(sum(shares)).toBeCloseTo(Math.min(1, all.length * cap), 9);
        const order = all
          .map((size, index) => ({ size, share: shares[index] as number }))
          .sort((a, b) => a.size - b.size);
        for (const [index, each] of order.entries()) {
          expect(each.share).toBeGreaterThanOrEqual((order[index - 1]?.share ?? 0) - 1e-12);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('target weights', () => {
  const wide = { top: 80, cap: 1, targetVolatility: 10 };

  it('are inverse to the volatility', () => {
    const { weights, cash, scale } = targetWeights(ranked([0.01, 0.02]), random(2), wide);
    expect(weights.map(each => each.weight)).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(1 / 3, 12)]);
    expect([scale, cash]).toEqual([1, expect.closeTo(0, 12)]);
  });

  it('are of the best n alone; n x cap below 1 leaves cash', () => {
    const { weights, cash } = targetWeights(ranked(Array<number>(100).fill(0.02)), random(100), {
      ...wide,
      top: 20,
      cap: 0.0275,
    });
    expect(weights.map(each => each.rank)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(new Set(weights.map(each => each.weight))).toEqual(new Set([0.0275]));
    expect(cash).toBeCloseTo(0.45, 12);
  });

  it('are scaled down to the target volatility, never up', () => {
    // +1% and -1% by turns: a sample deviation of sqrt(90 / 89) %, 15.9658% a year.
    let price = 100;
    const swinging = barsOf(Array.from({ length: 92 }, (_, day) => (price *= day % 2 === 0 ? 1.01 : 0.99)));
    const expected = 0.01 * Math.sqrt((90 / 89) * 252);
    const only = targetWeights(ranked([0.01]), barsByCode([swinging]), { top: 80, cap: 1, targetVolatility: 0.09 });
    expect(only.volatility).toBeCloseTo(expected, 10);
    expect(only.scale).toBeCloseTo(0.09 / expected, 10);
    expect(only.weights[0]?.weight).toBeCloseTo(0.09 / expected, 10);
    expect(only.cash).toBeCloseTo(1 - 0.09 / expected, 10);
    const calm = targetWeights(ranked([0.01]), barsByCode([swinging]), { top: 80, cap: 1, targetVolatility: 0.5 });
    expect([calm.scale, calm.weights[0]?.weight]).toEqual([1, 1]);
  });

  it('measure volatility by the sample covariance of the last 90 returns', () => {
    const all = random(5);
    const { volatility, weights, scale } = targetWeights(ranked([0.01, 0.02, 0.03, 0.04, 0.05]), all, wide);
    expect(scale).toBe(1);
    const returns = [...all.values()].map(({ close }) =>
      Array.from({ length: 90 }, (_, index) => (close[30 + index] as number) / (close[29 + index] as number) - 1),
    );
    const means = returns.map(each => sum(each) / 90);
    let variance = 0;
    for (const [i, a] of returns.entries()) {
      for (const [j, b] of returns.entries()) {
        const products = a.map((value, day) => (value - (means[i] ?? 0)) * ((b[day] ?? 0) - (means[j] ?? 0)));
        variance += (weights[i]?.weight ?? 0) * (weights[j]?.weight ?? 0) * (sum(products) / 89);
      }
    }
    expect(volatility).toBeCloseTo(Math.sqrt(variance * 252), 12);
  });

  it('pair returns by day: on a day without a bar the close before stands', () => {
    const whole = randomBars(3, 120);
    const keep = [...whole.close.keys()].filter(index => index !== 100);
    const pick = (column: Float64Array) => keep.map(index => column[index] as number);
    const gap = barsOf(pick(whole.close), { days: keep.map(dayAt) });
    const filled = barsOf(
      [...whole.close].map((close, index) => (index === 100 ? (whole.close[99] as number) : close)),
    );
    const beside = randomBars(4, 120);
    const measure = (first: SignalBars) => targetWeights(ranked([0.01, 0.01]), barsByCode([first, beside]), wide);
    expect(measure(gap).volatility).toBe(measure(filled).volatility);
  });

  it('of nobody are cash', () => {
    expect(targetWeights([], new Map())).toEqual({ weights: [], cash: 1, volatility: undefined, scale: 1 });
  });

  it('of prices that do not move are not scaled', () => {
    const flat = barsByCode([barsOf(Array<number>(100).fill(5))]);
    expect(targetWeights(ranked([0.01]), flat, wide)).toMatchObject({ volatility: 0, scale: 1, cash: 0 });
  });

  it('law: weights and cash are 1, none is over the cap, volatility is within the target', () => {
    const pool = random(40);
    const volatilities = fc.array(fc.double({ min: 0.001, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 40 });
    const settings = fc.record({
      top: fc.integer({ min: 1, max: 60 }),
      cap: fc.double({ min: 0.01, max: 1, noNaN: true }),
      targetVolatility: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
    });
    fc.assert(
      fc.property(volatilities, settings, (all, chosen) => {
        const { weights, cash, volatility, scale } = targetWeights(ranked(all), pool, chosen);
        expect(sum(weights.map(each => each.weight)) + cash).toBeCloseTo(1, 12);
        expect(Math.max(...weights.map(each => each.weight))).toBeLessThanOrEqual(chosen.cap);
        expect(Math.min(...weights.map(each => each.weight), cash)).toBeGreaterThanOrEqual(0);
        expect((volatility ?? 0) * scale).toBeLessThanOrEqual(chosen.targetVolatility + 1e-12);
      }),
      { numRuns: 60 },
    );
  });

  it('need bars of what was ranked', () => {
    expect(() => targetWeights(ranked([0.01]), new Map())).toThrow('S0 was ranked without bars');
  });
});
