import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalBars } from '../../../src/domain/signals/bars.ts';
import { dayOfBar } from '../../../src/domain/signals/bars.ts';
import {
  type FeatureName,
  featureNames,
  features,
  securityFeatures,
  windowBars,
  writeFeatures,
} from '../../../src/domain/signals/features.ts';
import { barsOf, dayAt, part, randomBars, until } from './bars-of.ts';

const at = (bars: SignalBars, place: number) => securityFeatures(bars, dayAt(place));
const rowAt = (bars: SignalBars, place: number): Float64Array => {
  const row = new Float64Array(features.length);
  writeFeatures(bars, place, row, 0);
  return row;
};

describe('features', () => {
  it('are those of the model, in one order', () => {
    expect(featureNames).toEqual([
      ...['ret_1d', 'mom_1', 'mom_3', 'mom_6', 'mom_9', 'mom_12_1', 'vol_30', 'vol_60', 'vol_90', 'vol_ratio_30_90'],
      ...['adv_20_median', 'adv_zscore', 'trend_200', 'sma200_slope', 'sma200_slope_pos', 'atr_pct', 'volume_skew_60'],
      ...['rsi_14', 'macd_hist_pct', 'bollinger_pct'],
    ]);
    expect(features.filter(each => each.kind === 'boolean').map(each => each.name)).toEqual([
      'trend_200',
      'sma200_slope_pos',
    ]);
  });

  it('of a price that grows by 1% a bar have closed forms', () => {
    const count = 300;
    const { values, unknown } = at(
      barsOf(
        Array.from({ length: count }, (_, day) => 1.01 ** day),
        { turnover: Array.from({ length: count }, (_, day) => 1000 + day) },
      ),
      count - 1,
    );
    expect(values.ret_1d).toBeCloseTo(0.01, 12);
    expect(values.mom_1).toBeCloseTo(1.01 ** 21 - 1, 10);
    expect(values.mom_3).toBeCloseTo(1.01 ** 63 - 1, 10);
    expect(values.mom_6).toBeCloseTo(1.01 ** 126 - 1, 10);
    expect(values.mom_9).toBeCloseTo(1.01 ** 189 - 1, 10);
    expect(values.mom_12_1).toBeCloseTo(1.01 ** 231 - 1, 9);
    expect([values.vol_30, values.vol_60, values.vol_90]).toEqual([0, 0, 0]);
    expect(values.adv_20_median).toBe(1000 + count - 1 - 9.5);
    // The 252 before lie 1 apart: their mean is 126.5 below today's, their variance (252 x 253) / 12.
    expect(values.adv_zscore).toBeCloseTo(126.5 / Math.sqrt((252 * 253) / 12), 10);
    expect([values.trend_200, values.sma200_slope_pos, values.rsi_14]).toEqual([1, 1, 100]);
    expect(values.atr_pct).toBeCloseTo(
      Array.from({ length: 14 }, (_, k) => (1 - 1 / 1.01) / 1.01 ** k).reduce((a, b) => a + b) / 14,
      12,
    );
    expect(unknown).toEqual([
      { name: 'vol_ratio_30_90', reason: 'the return was the same on 90 bars' },
      { name: 'volume_skew_60', reason: 'the volume was the same on 60 bars' },
    ]);
  });

  it('of a price that does not move: nothing where there is no deviation, and the reason', () => {
    const { values, unknown } = at(barsOf(Array<number>(400).fill(0.1)), 399);
    expect(values).toEqual({
      ...{ ret_1d: 0, mom_1: 0, mom_3: 0, mom_6: 0, mom_9: 0, mom_12_1: 0, vol_30: 0, vol_60: 0, vol_90: 0 },
      ...{ adv_20_median: 100_000, trend_200: 0, sma200_slope: 0, sma200_slope_pos: 0, atr_pct: 0, rsi_14: 100 },
      macd_hist_pct: 0,
    });
    expect(unknown.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'vol_ratio_30_90: the return was the same on 90 bars',
      'adv_zscore: the turnover was the same on 252 bars',
      'volume_skew_60: the volume was the same on 60 bars',
      'bollinger_pct: the close was the same on 20 bars',
    ]);
  });

  it('of a price that alternates have closed forms', () => {
    const { values } = at(barsOf(Array.from({ length: 300 }, (_, day) => 10 + (day % 2))), 299);
    expect(values.ret_1d).toBeCloseTo(0.1, 12);
    expect(values.mom_1).toBeCloseTo(0.1, 12);
    expect(values.mom_6).toBe(0);
    const half = (0.1 + 1 / 11) / 2;
    expect(values.vol_60).toBeCloseTo(half * Math.sqrt(60 / 59), 12);
    expect(values.vol_ratio_30_90).toBeCloseTo(Math.sqrt(30 / 29 / (90 / 89)), 12);
    expect(values.atr_pct).toBeCloseTo(1 / 11, 12);
    expect(values.bollinger_pct).toBeCloseTo(0.75, 12);
  });

  it('are unknown below their own bars, with the number', () => {
    const bars = randomBars(1, 253);
    for (const { name, needs } of features) {
      const known = (count: number) => at(until(bars, count - 1), count - 1).values[name];
      expect(known(needs), `${name} of ${needs} bars`).toBeTypeOf('number');
      expect(known(needs - 1), `${name} of ${needs - 1} bars`).toBeUndefined();
    }
    const one = at(until(bars, 0), 0);
    expect(one.values).toEqual({});
    expect(one.unknown).toHaveLength(features.length);
    expect(one.unknown[0]).toEqual({ name: 'ret_1d', reason: 'needs 2 bars, has 1' });
    expect(one.unknown.find(each => each.name === 'mom_12_1')?.reason).toBe('needs 253 bars, has 1');
  });

  it('of no bars, or of a day before the first, are all unknown', () => {
    const none = at(barsOf([]), 10);
    expect(none).toMatchObject({ date: undefined, traded: undefined, values: {} });
    expect(new Set(none.unknown.map(each => each.reason))).toEqual(new Set(['there are no bars']));
    expect(at(part(randomBars(2, 50), 20, 49), 5)).toMatchObject({ date: undefined, values: {} });
  });

  it('say of which bar they are, and what it closed at as traded', () => {
    const bars = barsOf([10, 11, 12], { traded: [20, 22, 24], days: [dayAt(0), dayAt(1), dayAt(4)] });
    expect(at(bars, 3)).toMatchObject({ date: dayAt(1), traded: 22 });
    expect(at(bars, 4)).toMatchObject({ date: dayAt(4), traded: 24 });
  });

  it('do not use a bar on a day on which it was not yet believed', () => {
    const bars = barsOf([10, 5, 5.2], { confirmedLater: [dayAt(1)] });
    expect(at(bars, 1)).toMatchObject({ date: dayAt(0), values: {} });
    expect(at(bars, 2).date).toBe(dayAt(2));
  });

  it('have turnover as traded and a true range without a jump across a split', () => {
    // 2 for 1 after 30 bars: adjusted prices stand still, the market saw 20 and then 10, and turnover stood still.
    const flat = Array<number>(60).fill(10);
    const bars = barsOf(flat, {
      traded: flat.map((_, day) => (day < 30 ? 20 : 10)),
      turnover: flat.map(() => 2_000_000),
    });
    const { values, traded } = at(bars, 40);
    expect(values).toMatchObject({ atr_pct: 0, ret_1d: 0, vol_30: 0, adv_20_median: 2_000_000 });
    expect(traded).toBe(10);
  });
});

describe('laws of features', () => {
  const long = [randomBars(11, 700), randomBars(12, 700, { drift: 0.001 }), randomBars(13, 700, { drift: -0.002 })];
  const which = fc.constantFrom(...long);
  const cut = fc.integer({ min: 0, max: 699 });

  it('never look ahead: those of truncated bars are those of the whole series, to the last bit', () => {
    fc.assert(
      fc.property(which, cut, (bars, place) => {
        expect(at(bars, place)).toEqual(at(until(bars, place), place));
      }),
      { numRuns: 300 },
    );
  });

  it('depend on the last 400 bars alone', () => {
    fc.assert(
      fc.property(which, fc.integer({ min: windowBars, max: 699 }), (bars, place) => {
        expect(rowAt(part(bars, place - windowBars + 1, place), windowBars - 1)).toEqual(rowAt(bars, place));
      }),
    );
  });

  it('are free of the scale of prices, apart from turnover', () => {
    const scaled = (bars: SignalBars, factor: number): SignalBars => ({
      ...bars,
      open: bars.open.map(value => value * factor),
      high: bars.high.map(value => value * factor),
      low: bars.low.map(value => value * factor),
      close: bars.close.map(value => value * factor),
    });
    fc.assert(
      fc.property(which, cut, fc.double({ min: 0.001, max: 1000, noNaN: true }), (bars, place, factor) => {
        const plain = rowAt(bars, place);
        const after = rowAt(scaled(bars, factor), place);
        for (const [index, name] of featureNames.entries()) {
          const expected = plain[index] as number;
          if (Number.isNaN(expected)) expect(after[index], name).toBeNaN();
          else
            expect(Math.abs((after[index] as number) - expected), name).toBeLessThanOrEqual(
              1e-9 * (1 + Math.abs(expected)),
            );
        }
      }),
    );
  });

  it('are numbers or unknown with a reason, whatever the prices', () => {
    const price = fc.oneof(fc.double({ min: 0.001, max: 1e6, noNaN: true }), fc.constantFrom(0.001, 1, 1e6));
    fc.assert(
      fc.property(fc.array(price, { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (prices, times) => {
        const closes = Array.from({ length: prices.length * times }, (_, day) => prices[day % prices.length] as number);
        const bars = barsOf(closes, { volume: closes.map((_, day) => (day % 3 === 0 ? 0 : 500)) });
        const { values, unknown } = at(bars, 500);
        for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
        const names = [...(Object.keys(values) as FeatureName[]), ...unknown.map(each => each.name)];
        expect(names.sort()).toEqual([...featureNames].sort());
        expect(unknown.every(each => each.reason !== '')).toBe(true);
      }),
    );
  });

  it('the day of a bar is read back', () => {
    expect(dayOfBar(randomBars(1, 5), 4)).toBe(dayAt(4));
    expect(dayOfBar(randomBars(1, 5), 5)).toBeUndefined();
  });
});
