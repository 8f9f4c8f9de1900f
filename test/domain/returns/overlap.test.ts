import { describe, expect, test } from 'vitest';
import { money } from '../../../src/domain/decimal.ts';
import { allocation } from '../../../src/domain/returns/allocation.ts';
import { overlap } from '../../../src/domain/returns/overlap.ts';
import { held } from './holdings-worth.ts';

const of = (rows: readonly string[], cash?: string) =>
  allocation(held(...rows), cash === undefined ? undefined : money(cash));

describe('overlap', () => {
  test('is the sum of the smaller weights: 20 of BHP and 30 of CBA', () => {
    const first = of(['BHP 50 Materials', 'CBA 30 Financials', 'CSL 20 Healthcare']);
    const second = of(['BHP 20 Materials', 'CBA 40 Financials', 'WES 40 Consumer']);
    expect(overlap(first, second)).toEqual({
      codes: [
        { code: 'CBA', weightPcts: [30, 40], sharedPct: 30 },
        { code: 'BHP', weightPcts: [50, 20], sharedPct: 20 },
      ],
      sharedPct: 50,
      sectors: [
        { sector: 'Consumer', weightPcts: [0, 40], differencePct: 40 },
        { sector: 'Materials', weightPcts: [50, 20], differencePct: -30 },
        { sector: 'Healthcare', weightPcts: [20, 0], differencePct: -20 },
        { sector: 'Financials', weightPcts: [30, 40], differencePct: 10 },
      ],
    });
  });

  test('of a portfolio with itself is all but its cash', () => {
    const own = of(['BHP 50 Materials', 'CBA 30'], '20');
    expect(overlap(own, own)?.sharedPct).toBeCloseTo(80, 12);
    expect(overlap(own, own)?.sectors.map(each => each.differencePct)).toEqual([0, 0, 0]);
  });

  test('cash in both is no common code, though its sector row compares', () => {
    expect(overlap(of(['BHP 50'], '50'), of(['CBA 50'], '50'))).toMatchObject({ codes: [], sharedPct: 0 });
    expect(overlap(of([], '10'), of(['CBA 50'], '50'))).toMatchObject({
      sharedPct: 0,
      sectors: [
        { sector: 'Cash', differencePct: -50 },
        { sector: undefined, differencePct: 50 },
      ],
    });
  });

  test('there is none where one has no weights', () => {
    expect(overlap(of([]), of(['BHP 1']))).toBeUndefined();
    expect(overlap(of(['BHP 1']), of(['BHP ?']))).toBeUndefined();
    expect(overlap(of(['BHP 1'], '-1'), of(['BHP 1']))).toBeUndefined();
  });
});

describe('the order of an overlap', () => {
  test('of equal parts is by code and by sector, what has no sector last', () => {
    const first = of(['CCC 20 Zinc', 'AAA 20 Coal', 'BBB 20 ?', 'DDD 40 Gold']);
    const second = of(['DDD 20 Gold', 'BBB 30 Iron', 'CCC 30 ~ore', 'AAA 20 Tin']);
    const { codes, sectors } = overlap(first, second) ?? { codes: [], sectors: [] };
    expect(codes.map(each => `${each.code} ${each.sharedPct}`)).toEqual(['AAA 20', 'BBB 20', 'CCC 20', 'DDD 20']);
    expect(sectors.map(each => `${each.sector} ${each.differencePct}`)).toEqual([
      'Iron 30',
      '~ore 30',
      'Coal -20',
      'Gold -20',
      'Tin 20',
      'Zinc -20',
      'undefined -20',
    ]);
  });
});
