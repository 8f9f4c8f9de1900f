import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, plain, price, toFloat } from '../../../src/domain/decimal.ts';
import {
  benchmarkGrowth,
  benchmarkLevels,
  benchmarkReturn,
  twinValues,
} from '../../../src/domain/returns/benchmark.ts';
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

  it('a split of three for two is half as many units more', () => {
    // 1.5 x 68 = 102.
    const input = {
      dates: dates.slice(0, 2),
      closes: closes({ '2026-03-02': '100', '2026-03-03': '68' }),
      dividends: [],
      splits: [{ date: on('2026-03-03'), newUnits: decimal('3'), oldUnits: decimal('2') }],
    };
    expect(benchmarkLevels(input)).toEqual([100, 102]);
    expect(benchmarkGrowth(input)?.steps[0]?.factor).toBe(1.5);
  });

  it('is unknown before its first price, and so is its return', () => {
    const late = closes({ '2026-03-04': '10' });
    const levels = benchmarkLevels({ dates, closes: late, dividends: [], splits: [] });
    expect(levels).toEqual([undefined, undefined, 10, 10]);
    expect(benchmarkReturn({ levels })).toBeUndefined();
    expect(benchmarkReturn({ levels: [10, undefined] })).toBeUndefined();
    expect(benchmarkReturn({ levels: [] })).toBeUndefined();
    // From nothing there is no growth.
    expect(benchmarkReturn({ levels: [0, 10] })).toBeUndefined();
  });

  it('what changed before the first of the dates is in the level that they begin with', () => {
    const dividends = [dividend('2026-03-03', '2.04')];
    const levels = benchmarkLevels({ dates: dates.slice(1), closes: market, dividends, splits: [] });
    expect(levels).toEqual([104.04, 104.04, expect.closeTo(100.98, 9)]);
  });

  it('of one day the split comes first: the dividend is of the new units', () => {
    // One unit at 100 becomes two at 51; 0.51 on each buys a hundredth more: 2 x 1.01 x 51.
    const halved = closes({ '2026-03-02': '100', '2026-03-03': '51' });
    const splits = [{ date: on('2026-03-03'), newUnits: decimal('2'), oldUnits: decimal('1') }];
    const input = { dates: dates.slice(0, 2), closes: halved, dividends: [dividend('2026-03-03', '0.51')], splits };
    expect(benchmarkLevels(input)[1]).toBeCloseTo(103.02, 9);
    expect(benchmarkGrowth(input)?.steps.map(step => [step.what, step.factor])).toEqual([
      ['split', 2],
      ['dividend', 1.01],
    ]);
  });
});

describe('benchmarkGrowth', () => {
  // 100 to 49.5 over a split of one into two and two hundredths of a unit for the dividend: 0.495 x 2 x 1.02 = 1.0098.
  const split = { date: on('2026-03-05'), newUnits: decimal('2'), oldUnits: decimal('1') };
  const halved = closes({ '2026-03-02': '100', '2026-03-03': '102', '2026-03-05': '49.5' });
  const input = { dates, closes: halved, dividends: [dividend('2026-03-03', '2.04')], splits: [split] };
  const said = (growth: ReturnType<typeof benchmarkGrowth>) =>
    growth && {
      start: `${growth.start.on} ${plain(growth.start.close)}`,
      end: `${growth.end.on} ${plain(growth.end.close)}`,
      steps: growth.steps.map(({ on, what, factor }) => `${on} ${what} ${factor.toFixed(6)}`),
    };

  it('is the two closes, and in order of time what changed the units between them', () => {
    expect(said(benchmarkGrowth(input))).toEqual({
      start: '2026-03-02 100',
      end: '2026-03-05 49.5',
      steps: ['2026-03-03 dividend 1.020000', '2026-03-05 split 2.000000'],
    });
    expect(benchmarkReturn({ levels: benchmarkLevels(input) })).toBeCloseTo(0.495 * 2 * 1.02 - 1, 12);
  });

  it('has no part in what went ex on its first close or before, after its last, or in another currency', () => {
    const dividends = [
      dividend('2026-02-27', '9'),
      dividend('2026-03-03', '9'),
      dividend('2026-03-04', '1', 'USD'),
      dividend('2026-03-04', '0.99'),
      dividend('2026-03-06', '9'),
    ];
    // 0.99 waits for the close of the 5th.
    const growth = benchmarkGrowth({ ...input, dates: dates.slice(1), dividends, splits: [] });
    expect(said(growth)).toEqual({
      start: '2026-03-03 102',
      end: '2026-03-05 49.5',
      steps: ['2026-03-04 dividend 1.020000'],
    });
    expect(said(benchmarkGrowth({ ...input, dates: dates.slice(0, 2), splits: [split] }))).toEqual({
      start: '2026-03-02 100',
      end: '2026-03-03 102',
      steps: ['2026-03-03 dividend 1.020000'],
    });
  });

  it('carries the last close to a day without one', () => {
    const growth = benchmarkGrowth({ ...input, dates: [on('2026-03-02'), on('2026-03-04')] });
    expect(said(growth)?.end).toBe('2026-03-03 102');
    const still = benchmarkGrowth({ ...input, dates: [on('2026-03-03'), on('2026-03-04')] });
    expect(said(still)).toEqual({ start: '2026-03-03 102', end: '2026-03-03 102', steps: [] });
  });

  it('is unknown without dates, and without a close for the first or for any of them', () => {
    expect(benchmarkGrowth({ ...input, dates: [] })).toBeUndefined();
    expect(benchmarkGrowth({ ...input, dates: [on('2026-03-01'), on('2026-03-05')] })).toBeUndefined();
    expect(benchmarkGrowth({ ...input, dates: [on('2026-02-01'), on('2026-03-01')] })).toBeUndefined();
    expect(benchmarkGrowth({ ...input, closes: closes({}) })).toBeUndefined();
  });

  it('multiplies up to the return, whatever was paid and split on whatever day', () => {
    const day = fc.integer({ min: 0, max: 9 }).map(index => on(`2026-03-1${index}`));
    const cents = fc.integer({ min: 1, max: 500 }).map(each => price((each / 100).toFixed(2)));
    const event = fc.record({
      on: day,
      perUnit: cents,
      newUnits: fc.integer({ min: 1, max: 5 }),
      isSplit: fc.boolean(),
    });
    const traded = fc.array(fc.record({ date: day, close: cents }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(traded, fc.array(event, { maxLength: 5 }), day, day, (bars, events, one, other) => {
        const byDay = new Map(bars.map(bar => [bar.date, bar]));
        const all = {
          dates: [one, other].sort(),
          closes: closesOf([...byDay.values()].sort((a, b) => (a.date < b.date ? -1 : 1))),
          dividends: events.flatMap(each => (each.isSplit ? [] : [{ ...each, exDate: each.on, currency: 'AUD' }])),
          splits: events.flatMap(each =>
            each.isSplit ? [{ date: each.on, newUnits: decimal(String(each.newUnits)), oldUnits: decimal('2') }] : [],
          ),
        };
        const growth = benchmarkGrowth(all);
        const [first, last] = benchmarkLevels(all);
        expect(growth === undefined).toBe(first === undefined || last === undefined);
        if (growth === undefined) return;
        const { start, end, steps } = growth;
        const product = steps.reduce((so, step) => so * step.factor, toFloat(end.close) / toFloat(start.close));
        expect(product / ((last ?? 0) / (first ?? 0))).toBeCloseTo(1, 9);
      }),
      { numRuns: 60 },
    );
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

  it('keeps its units over a day without a level, and is worth nothing while it has none', () => {
    const still = { inflow: 0, outflow: 0 };
    expect(twinValues({ levels: [10, undefined, 11] }, 1000, [still, still])).toEqual([undefined, 1100]);
    // All of it is sold on the first day.
    expect(twinValues({ levels: [10, 20, 30] }, 1000, [{ inflow: 0, outflow: 2000 }, still])).toEqual([0, 0]);
  });

  it('nothing can be bought of what is worth nothing', () => {
    const still = { inflow: 0, outflow: 0 };
    expect(twinValues({ levels: [0, 10] }, 1000, [still])).toEqual([undefined]);
    // Unknown from then on, whatever flows later.
    expect(
      twinValues({ levels: [10, 0, 10] }, 0, [
        { inflow: 5, outflow: 0 },
        { inflow: 5, outflow: 0 },
      ]),
    ).toEqual([undefined, undefined]);
  });
});
