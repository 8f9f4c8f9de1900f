import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkedIndex, linkedReturn, sessionReturns } from '../../../src/domain/returns/time-weighted.ts';
import { on } from '../../support/ledger.ts';
import { daysOf } from './days-of.ts';

const day = (timeWeighted: number | undefined) => ({ timeWeighted });
const week = { from: '2026-03-02', to: '2026-03-06', cash: ['main'] };
/** Buys all of `first`, then sees the price go where it goes. */
const closes = (list: readonly number[]) =>
  Object.fromEntries(
    ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'].map((date, index) => [
      date,
      ((list[index] ?? 0) / 100).toFixed(2),
    ]),
  );

describe('linkedReturn', () => {
  it('links days and skips those without a return', () => {
    expect(linkedReturn([day(undefined), day(0.1), day(undefined), day(-0.5)])).toBeCloseTo(-0.45, 12);
    expect(linkedReturn([day(undefined)])).toBeUndefined();
    expect(linkedReturn([])).toBeUndefined();
    expect(linkedIndex([day(0.1), day(undefined), day(-0.5)])).toEqual([1.1, 1.1, 0.55]);
  });

  it('is the textbook example of a late deposit: 12% then -5%, whoever came when', () => {
    // 100,000 grows to 112,000; 50,000 comes in; 162,000 falls to 153,900: 1.12 x 0.95 - 1 = 6.4%.
    const days = daysOf(
      [
        'deposit 100000 on 2026-03-02',
        'buy 1000 ABC @ 100 on 2026-03-02',
        'deposit 50000 on 2026-03-04',
        'buy 446 ABC @ 112 on 2026-03-04',
        'fee 0 on 2026-03-05',
      ].filter(line => !line.startsWith('fee')),
      { ...week, market: { ABC: closes([10_000, 11_200, 11_200, 10_640, 10_640]) } },
    );
    // 48 dollars of the deposit stay in cash.
    const expected = 1.12 * ((1446 * 106.4 + 48) / (1446 * 112 + 48)) - 1;
    expect(linkedReturn(days.days)).toBeCloseTo(expected, 12);
    expect(linkedReturn(days.days)).toBeCloseTo(0.064, 3);
  });
});

const prices = fc.array(fc.integer({ min: 500, max: 2000 }), { minLength: 5, maxLength: 5 });
const amounts = fc.integer({ min: 1, max: 900 });
const base = ['deposit 10000 on 2026-03-02', 'buy 500 ABC @ 10 on 2026-03-02'];
const twr = (lines: readonly string[], list: readonly number[]) => {
  const days = daysOf([...base, ...lines], { ...week, market: { ABC: closes(list) } });
  return linkedReturn(days.days) ?? Number.NaN;
};

describe('laws', () => {
  it('an outflow at the close changes nothing, where all of the rest moves alike', () => {
    // Units that leave are taken at the close; what stays moves as before.
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 499 }), (list, left) => {
        const setting = { from: week.from, to: week.to, market: { ABC: closes(list) } };
        const lines = ['buy 500 ABC @ 10 on 2026-03-02'];
        const whole = daysOf(lines, setting);
        const less = daysOf([...lines, `transfer-out ${left} ABC on 2026-03-04`], setting);
        const sold = daysOf([...lines, `sell ${left} ABC @ ${closes(list)['2026-03-04']} on 2026-03-04`], setting);
        expect(linkedReturn(less.days)).toBeCloseTo(linkedReturn(whole.days) ?? Number.NaN, 10);
        expect(linkedReturn(sold.days)).toBeCloseTo(linkedReturn(whole.days) ?? Number.NaN, 10);
      }),
      { numRuns: 50 },
    );
  });

  it('a flow on a day without a return changes that day’s return by nothing', () => {
    fc.assert(
      fc.property(prices, amounts, (list, amount) => {
        const still = [...list];
        still[2] = still[1] ?? 1000;
        const setting = { ...week, market: { ABC: closes(still) } };
        const days = daysOf([...base, `deposit ${amount} on 2026-03-04`, `withdraw ${amount} on 2026-03-04`], setting);
        expect(days.days[2]?.timeWeighted).toBe(0);
        expect(daysOf([...base, `deposit ${amount} on 2026-03-04`], setting).days[2]?.timeWeighted).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('splitting a flow changes nothing', () => {
    fc.assert(
      fc.property(prices, amounts, amounts, (list, one, other) => {
        const split = [`deposit ${one} on 2026-03-04`, `deposit ${other} on 2026-03-04`];
        expect(twr(split, list)).toBeCloseTo(twr([`deposit ${one + other} on 2026-03-04`], list), 12);
      }),
      { numRuns: 50 },
    );
  });

  it('an inflow invested at the previous close, in what is held already, changes nothing', () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 900 }), (list, more) => {
        const setting = { from: week.from, to: week.to, market: { ABC: closes(list) } };
        const lines = [`buy 500 ABC @ ${closes(list)['2026-03-02']} on 2026-03-02`];
        const before = closes(list)['2026-03-03'];
        const added = daysOf([...lines, `buy ${more} ABC @ ${before} on 2026-03-04`], setting);
        expect(linkedReturn(added.days)).toBeCloseTo(linkedReturn(daysOf(lines, setting).days) ?? Number.NaN, 10);
      }),
      { numRuns: 50 },
    );
  });
});

describe('sessionReturns', () => {
  it('links what moved on a closed day into the next session', () => {
    const days = [
      { date: on('2026-03-06'), isTradingDay: true, timeWeighted: 0.1 },
      { date: on('2026-03-07'), isTradingDay: false, timeWeighted: 0.1 },
      { date: on('2026-03-09'), isTradingDay: true, timeWeighted: 0.1 },
      { date: on('2026-03-10'), isTradingDay: true, timeWeighted: undefined },
    ];
    expect(sessionReturns(days).map(each => [each.date, each.rate.toFixed(4)])).toEqual([
      ['2026-03-06', '0.1000'],
      ['2026-03-09', '0.2100'],
    ]);
  });
});
