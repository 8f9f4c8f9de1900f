import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Code } from '../../../src/domain/market/security.ts';
import { type FeatureValues, type SecurityFeatures, securityFeatures } from '../../../src/domain/signals/features.ts';
import { rankSecurities } from '../../../src/domain/signals/rank.ts';
import { barsOf, dayAt, randomBars } from './bars-of.ts';

const asOf = dayAt(300);
const good: FeatureValues = {
  mom_12_1: 0.2,
  mom_6: 0.1,
  vol_90: 0.02,
  adv_20_median: 9_000_000,
  trend_200: 1,
  sma200_slope_pos: 1,
};
const security = (
  code: string,
  values: FeatureValues = {},
  over: Partial<SecurityFeatures> = {},
): SecurityFeatures => ({
  code: code as Code,
  date: asOf,
  traded: 10,
  values: { ...good, ...values },
  unknown: [],
  ...over,
});
const gates = (each: SecurityFeatures) => rankSecurities([each], asOf).gated[0]?.failed.map(gate => gate.reason) ?? [];

describe('the rank', () => {
  it('weighs twelve months three to one against six, in deviations of the survivors', () => {
    const { ranked, spreads } = rankSecurities(
      [
        security('AAA', { mom_12_1: 0.1, mom_6: 0.3 }),
        security('BBB', { mom_12_1: 0.2, mom_6: 0.1 }),
        security('CCC', { mom_12_1: 0.3, mom_6: 0.2 }),
      ],
      asOf,
    );
    // Population deviations of .1, .2, .3: sqrt(.02 / 3).
    expect(spreads.map(each => each.deviation)).toEqual([expect.closeTo(0.081_65, 5), expect.closeTo(0.081_65, 5)]);
    const z = 0.1 / Math.sqrt(0.02 / 3);
    expect(ranked.map(each => each.code)).toEqual(['CCC', 'BBB', 'AAA']);
    expect(ranked.map(each => each.rank)).toEqual([1, 2, 3]);
    expect(ranked.map(each => each.score)).toEqual([
      expect.closeTo(0.75 * z, 10),
      expect.closeTo(-0.25 * z, 10),
      expect.closeTo(-0.5 * z, 10),
    ]);
    expect(ranked[2]?.parts).toEqual([
      {
        feature: 'mom_12_1',
        value: 0.1,
        z: expect.closeTo(-z, 10),
        weight: 0.75,
        added: expect.closeTo(-0.75 * z, 10),
      },
      { feature: 'mom_6', value: 0.3, z: expect.closeTo(z, 10), weight: 0.25, added: expect.closeTo(0.25 * z, 10) },
    ]);
  });

  it('has a z of 0 where the survivors do not differ, and ties in the order of the codes', () => {
    const { ranked } = rankSecurities([security('CCC'), security('AAA'), security('BBB')], asOf);
    expect(ranked.map(each => [each.code, each.rank, each.score])).toEqual([
      ['AAA', 1, 0],
      ['BBB', 2, 0],
      ['CCC', 3, 0],
    ]);
  });

  it('is of nobody where nobody passes', () => {
    expect(rankSecurities([], asOf)).toEqual({ asOf, ranked: [], gated: [], spreads: [] });
    expect(rankSecurities([security('AAA', { trend_200: 0 })], asOf)).toMatchObject({ ranked: [], spreads: [] });
  });
});

describe('the gates', () => {
  it('are open at their edges', () => {
    expect(gates(security('AAA', { adv_20_median: 5_000_000 }, { traded: 1 }))).toEqual([]);
  });

  it.each<[string, SecurityFeatures]>([
    ['there are no bars', security('AAA', {}, { date: undefined })],
    [`the last bar is of ${dayAt(299)}`, security('AAA', {}, { date: dayAt(299) })],
    ['trades $4,999,999 a day, under $5,000,000', security('AAA', { adv_20_median: 4_999_999 })],
    ['closed at 0.995, under 1', security('AAA', {}, { traded: 0.995 })],
    ['the close is not above its 200-bar average', security('AAA', { trend_200: 0 })],
    ['the 200-bar average is not above that of 20 bars ago', security('AAA', { sma200_slope_pos: 0 })],
    ['vol_90 is 0: the price did not move', security('AAA', { vol_90: 0 })],
  ])('"%s" is the only one to fail', (reason, each) => {
    expect(gates(each)).toEqual([reason]);
  });

  it('name each feature that is unknown, and all that fail', () => {
    const young = securityFeatures(randomBars(5, 100, { code: 'NEW', first: 201 }), asOf);
    expect(gates(young)).toEqual([
      'mom_12_1 is unknown: needs 253 bars, has 100',
      'mom_6 is unknown: needs 127 bars, has 100',
      'trend_200 is unknown: needs 200 bars, has 100',
      'sma200_slope_pos is unknown: needs 220 bars, has 100',
    ]);
    const idle = rankSecurities([securityFeatures(barsOf(Array<number>(301).fill(0.5)), asOf)], asOf).gated[0];
    expect(idle?.failed.map(each => each.gate)).toEqual(['known', 'turnover', 'price', 'trend', 'slope']);
  });

  it('move with the settings', () => {
    const settings = { leastTurnover: 100, leastPrice: 0.1 };
    const small = security('AAA', { adv_20_median: 100 }, { traded: 0.1 });
    expect(rankSecurities([small], asOf, settings).ranked).toHaveLength(1);
  });
});

describe('laws of the rank', () => {
  const value = fc.double({ min: -0.9, max: 5, noNaN: true });
  const several = fc
    .uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 30 })
    .chain(ids =>
      fc.tuple(...ids.map(id => fc.tuple(value, value).map(([a, b]) => security(`S${id}`, { mom_12_1: a, mom_6: b })))),
    );

  it('the order of the input does not matter, to the last bit; scores are centred; ranks are 1 to n', () => {
    fc.assert(
      fc.property(several, all => {
        const { ranked } = rankSecurities(all, asOf);
        expect(rankSecurities([...all].reverse(), asOf).ranked).toEqual(ranked);
        expect(Math.abs(ranked.reduce((sum, each) => sum + each.score, 0))).toBeLessThan(1e-9 * (1 + all.length));
        expect(ranked.map(each => each.rank)).toEqual(ranked.map((_, index) => index + 1));
        for (const [index, each] of ranked.entries()) {
          expect(each.score).toBeLessThanOrEqual(ranked[index - 1]?.score ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });
});
