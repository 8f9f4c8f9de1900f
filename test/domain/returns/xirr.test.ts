import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { moneyWeighted } from '../../../src/domain/returns/xirr.ts';
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
    ['no money went in', { '2026-01-01': 100, '2026-02-01': 100 }],
    ['nothing came back and nothing is left: all of it was lost', { '2026-01-01': -100, '2026-02-01': -5 }],
    ['all the money moved on one day', { '2026-01-01': 0 }],
  ])('says: %s', (reason, list) => {
    const told = moneyWeighted(flows(list)).reason;
    expect(told).toBe(Object.values(list)[0] === 0 ? 'no money went in' : reason);
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
