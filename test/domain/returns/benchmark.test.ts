import { describe, expect, it } from 'vitest';
import { decimal, price } from '../../../src/domain/decimal.ts';
import { benchmarkLevels, benchmarkReturn, twinValues } from '../../../src/domain/returns/benchmark.ts';
import { closesOf } from '../../../src/domain/returns/closes.ts';
import { on } from '../../support/ledger.ts';

const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].map(on);
const closes = (list: Record<string, string>) =>
  closesOf(Object.entries(list).map(([day, close]) => ({ date: on(day), close: price(close) })));
const dividend = (exDate: string, perUnit: string, currency = 'AUD') => ({
  exDate: on(exDate),
  perUnit: price(perUnit),
  currency,
});
const market = closes({ '2026-03-02': '100', '2026-03-03': '102', '2026-03-05': '99' });

describe('benchmarkLevels', () => {
  it('a dividend buys more at the close of its ex-date; a day without a close carries the last', () => {
    const levels = benchmarkLevels({ dates, closes: market, dividends: [dividend('2026-03-03', '2.04')], splits: [] });
    // 2.04 / 102 is two hundredths of a unit more.
    expect(levels).toEqual([100, 104.04, 104.04, expect.closeTo(100.98, 9)]);
    expect(benchmarkReturn({ levels })).toBeCloseTo(0.0098, 12);
  });

  it('a dividend whose ex-date had no close waits for the next one; what went ex before counts no more', () => {
    const dividends = [dividend('2026-03-02', '50'), dividend('2026-03-04', '9.9'), dividend('2026-03-05', '1', 'USD')];
    const levels = benchmarkLevels({ dates, closes: market, dividends, splits: [] });
    expect(levels).toEqual([100, 102, 102, expect.closeTo(108.9, 9)]);
  });

  it('a split leaves no cliff', () => {
    const halved = closes({ '2026-03-02': '100', '2026-03-03': '51' });
    const splits = [{ date: on('2026-03-03'), newUnits: decimal('2'), oldUnits: decimal('1') }];
    expect(benchmarkLevels({ dates, closes: halved, dividends: [], splits }).slice(0, 2)).toEqual([100, 102]);
  });

  it('is unknown before its first price, and so is its return', () => {
    const late = closes({ '2026-03-04': '10' });
    const levels = benchmarkLevels({ dates, closes: late, dividends: [], splits: [] });
    expect(levels).toEqual([undefined, undefined, 10, 10]);
    expect(benchmarkReturn({ levels })).toBeUndefined();
  });
});

describe('twinValues', () => {
  it('buys and sells at the close of each flow day, without brokerage', () => {
    const levels = [100, 110, 121, 100];
    const days = [
      { inflow: 0, outflow: 0 },
      { inflow: 12_100, outflow: 0 },
      { inflow: 0, outflow: 5000 },
    ];
    // 1,000 units-worth at 100: 10 units; 1 more at 121; half a unit less at 100.
    expect(twinValues({ levels }, 100_000, days)).toEqual([110_000, 133_100, 105_000]);
  });

  it('is unknown from a flow on whose day the benchmark has no price', () => {
    const flow = { inflow: 100, outflow: 0 };
    expect(twinValues({ levels: [undefined, undefined, 10] }, 0, [flow, flow])).toEqual([undefined, undefined]);
    const still = { inflow: 0, outflow: 0 };
    expect(twinValues({ levels: [undefined, undefined, 10] }, 0, [still, flow])).toEqual([0, 100]);
  });
});
