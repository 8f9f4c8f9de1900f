import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Code } from '../../../src/domain/market/security.ts';
import { growthSince, turnover, type Weighed } from '../../../src/domain/signals/weight-turnover.ts';
import { barsOf, dayAt } from './bars-of.ts';

const weighed = (cash: number, weights: Record<string, number>): Weighed => ({
  cash,
  weights: Object.entries(weights).map(([code, weight]) => ({ code: code as Code, weight })),
});
const still = () => 1;

describe('turnover', () => {
  it('is half of all changes, cash included', () => {
    const moved = turnover(weighed(0.2, { AAA: 0.5, BBB: 0.3 }), weighed(0.1, { AAA: 0.4, CCC: 0.5 }), still);
    // .1 of AAA and .3 of BBB are sold and .1 of cash is spent: .5 of CCC is bought.
    expect(moved.turnover).toBeCloseTo(0.5, 12);
    expect(turnover(weighed(1, {}), weighed(0, { AAA: 1 }), still).turnover).toBe(1);
    expect(turnover(weighed(0, { AAA: 1 }), weighed(0, { BBB: 1 }), still).turnover).toBe(1);
  });

  it('is against the old weights as prices moved them', () => {
    const growth = (code: Code) => (code === 'AAA' ? 2 : 1);
    const {
      drifted,
      driftedCash,
      turnover: share,
    } = turnover(weighed(0.25, { AAA: 0.5, BBB: 0.25 }), weighed(0.25, { AAA: 0.5, BBB: 0.25 }), growth);
    // Worth 1.5 now: 1 of AAA, .25 of BBB, .25 of cash.
    expect([drifted.get('AAA' as Code), drifted.get('BBB' as Code), driftedCash]).toEqual([
      expect.closeTo(2 / 3, 12),
      expect.closeTo(1 / 6, 12),
      expect.closeTo(1 / 6, 12),
    ]);
    expect(share).toBeCloseTo(1 / 6, 12);
  });

  it('takes what has no price as unmoved, and names it', () => {
    const gone = turnover(weighed(0, { AAA: 0.5, BBB: 0.5 }), weighed(0, { BBB: 1 }), code =>
      code === 'AAA' ? undefined : 1,
    );
    expect(gone).toMatchObject({ turnover: 0.5, unpriced: ['AAA'] });
  });

  it('law: it is 0 to 1, 0 to itself, and the same both ways where prices stand', () => {
    const portfolio = fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
      .chain(sizes => fc.constantFrom('A', 'B').map(prefix => ({ sizes, prefix })))
      .map(({ sizes, prefix }) => {
        const whole = sizes.reduce((sum, size) => sum + size, 0.3);
        return weighed(
          0.3 / whole,
          Object.fromEntries(sizes.map((size, index) => [`${prefix}${index}`, size / whole])),
        );
      });
    fc.assert(
      fc.property(portfolio, portfolio, (a, b) => {
        const there = turnover(a, b, still).turnover;
        expect(there).toBeCloseTo(turnover(b, a, still).turnover, 9);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1 + 1e-12);
        expect(turnover(a, a, still).turnover).toBeCloseTo(0, 12);
      }),
    );
  });
});

describe('growth', () => {
  it('is from the last close up to a day to the last close up to another', () => {
    const bars = barsOf([10, 12, 15], { days: [dayAt(1), dayAt(2), dayAt(5)] });
    expect(growthSince(bars, dayAt(1), dayAt(5))).toBe(1.5);
    expect(growthSince(bars, dayAt(3), dayAt(9))).toBe(1.25);
    expect(growthSince(bars, dayAt(0), dayAt(5))).toBeUndefined();
    expect(growthSince(undefined, dayAt(0), dayAt(5))).toBeUndefined();
  });
});
