import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { moneyFlows, moneyWeighted } from '../../../src/domain/returns/xirr.ts';
import { on } from '../../support/ledger.ts';

const flows = (list: Record<string, number>) =>
  Object.entries(list).map(([day, dollars]) => ({ on: on(day), amount: dollars * 100 }));

describe('moneyWeighted', () => {
  it('is the example of Excel’s documentation of XIRR', () => {
    const example = {
      '2008-01-01': -10_000,
      '2008-03-01': 2750,
      '2008-10-30': 4250,
      '2009-02-15': 3250,
      '2009-04-01': 2750,
    };
    const { pct, annualised, days } = moneyWeighted(flows(example));
    expect(pct).toBeCloseTo(37.3362535, 6);
    expect([annualised, days]).toEqual([true, 456]);
  });

  it('of one flow in and one out is the yearly growth with the exponent 365 / days', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 365, max: 12_000 }),
        fc.integer({ min: 100, max: 10_000_000 }),
        fc.integer({ min: 100, max: 10_000_000 }),
        (days, paid, got) => {
          const start = on('2001-02-28');
          const { pct } = moneyWeighted([
            { on: start, amount: -paid },
            { on: addDays(start, days), amount: got },
          ]);
          const cagr = (got / paid) ** (365 / days) - 1;
          expect(pct).toBeCloseTo(cagr * 100, 6);
        },
      ),
    );
  });

  it('under 365 days is the return of the period; from 365 days on a yearly one', () => {
    expect(moneyWeighted(flows({ '2026-01-01': -100, '2026-07-01': 110 }))).toEqual({
      pct: expect.closeTo(10, 9),
      annualised: false,
      days: 181,
      reason: undefined,
    });
    const year = moneyWeighted(flows({ '2025-01-01': -100, '2026-01-01': 110 }));
    expect([year.annualised, year.days]).toEqual([true, 365]);
    expect(year.pct).toBeCloseTo(10, 9);
  });

  it('of half the loss and of a thousandfold gain in days is still found', () => {
    expect(moneyWeighted(flows({ '2026-01-01': -100, '2026-01-03': 0.01 })).pct).toBeCloseTo(-99.99, 6);
    expect(moneyWeighted(flows({ '2026-01-01': -1, '2026-01-03': 1000 })).pct).toBeCloseTo(99_900, 3);
    expect(moneyWeighted(flows({ '2026-01-01': -100, '2028-01-01': 100 })).pct).toBeCloseTo(0, 9);
  });

  it.each([
    ['no money went in', {}],
    ['no money went in', { '2026-01-01': 0 }],
    ['no money went in', { '2026-01-01': 100, '2026-02-01': 100 }],
    ['no money went in', { '2026-01-01': 0, '2026-02-01': 100 }],
    ['nothing came back and nothing is left: all of it was lost', { '2026-01-01': -100, '2026-02-01': -5 }],
    ['nothing came back and nothing is left: all of it was lost', { '2026-01-01': -100, '2026-02-01': 0 }],
  ])('says: %s', (reason, list) => {
    expect(moneyWeighted(flows(list))).toMatchObject({ pct: undefined, reason });
  });

  it('takes flows in any order, adds up those of a day, and begins with the first that is not nothing', () => {
    const plain = moneyWeighted(flows({ '2025-01-01': -100, '2025-07-01': -50, '2026-01-01': 170 }));
    const told = moneyWeighted([
      { on: on('2026-01-01'), amount: 12_000 },
      { on: on('2025-07-01'), amount: -5000 },
      { on: on('2024-05-05'), amount: 0 },
      { on: on('2025-01-01'), amount: -10_000 },
      { on: on('2026-01-01'), amount: 5000 },
      { on: on('2026-05-05'), amount: 0 },
    ]);
    expect(told).toEqual(plain);
    expect([plain.days, plain.annualised]).toEqual([365, true]);
    // What went in and out on one day is nothing: there was no money.
    const dayTrade = [-100, 100].map(amount => ({ on: on('2026-01-01'), amount }));
    expect(moneyWeighted(dayTrade)).toMatchObject({ pct: undefined, days: 0, reason: 'no money went in' });
  });

  it('says when no rate fits, and which do when several fit', () => {
    // 1 - 2x + 2x^2 has no root.
    const none = moneyWeighted(flows({ '2020-01-01': 100, '2021-01-01': -200, '2022-01-01': 200 }));
    expect([none.pct, none.reason]).toEqual([undefined, 'no rate makes the money in and the money out equal']);
    // -1 + 2.3x - 1.32x^2 = 0 at growth of 10% and 20%.
    const two = moneyWeighted(flows({ '2021-01-01': -1000, '2022-01-01': 2300, '2023-01-01': -1320 }));
    expect([two.pct, two.reason]).toEqual([undefined, '2 rates fit the money in and out equally well: 10.0%, 20.0%']);
  });
});

describe('moneyFlows', () => {
  const day = (date: string, { inflow = 0, outflow = 0, value = 0 }) => ({ date: on(date), inflow, outflow, value });
  const of = (startValue: number, days: ReturnType<typeof day>[]) =>
    moneyFlows({ startValue, days } as never, on('2026-03-02'), on('2026-03-04'));

  it('has the value before the first day and what went in below zero, what came out and the value at the end above', () => {
    const days = [
      day('2026-03-02', { inflow: 500, value: 1600 }),
      day('2026-03-03', { inflow: 30, outflow: 200, value: 1400 }),
      day('2026-03-04', { value: 1450 }),
    ];
    expect(of(1000, days)).toEqual([
      { on: '2026-03-01', amount: -1000 },
      { on: '2026-03-02', amount: -500 },
      { on: '2026-03-03', amount: -30 },
      { on: '2026-03-03', amount: 200 },
      { on: '2026-03-04', amount: 1450 },
    ]);
  });

  it('has no flow where there is no money: before the first purchase, on quiet days, after the last sale', () => {
    const days = [
      day('2026-03-02', { inflow: 500, value: 500 }),
      day('2026-03-03', {}),
      day('2026-03-04', { outflow: 510 }),
    ];
    expect(of(0, days)).toEqual([
      { on: '2026-03-02', amount: -500 },
      { on: '2026-03-04', amount: 510 },
    ]);
    expect(of(0, [])).toEqual([]);
    expect(of(7, [])).toEqual([{ on: '2026-03-01', amount: -7 }]);
  });
});
