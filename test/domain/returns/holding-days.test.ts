import { describe, expect, it } from 'vitest';
import { plain, units } from '../../../src/domain/decimal.ts';
import { combinedUnits } from '../../../src/domain/returns/holding-days.ts';
import { on } from '../../support/ledger.ts';
import { contributionLines, dayLines, daysOf, flowLines, moveLines } from './days-of.ts';

const week = { from: '2026-03-02', to: '2026-03-06' };
const abc = { ABC: { '2026-03-02': '10', '2026-03-03': '11', '2026-03-04': '12', '2026-03-06': '10' } };

describe('combinedUnits', () => {
  const closes = (list: Record<string, string>) =>
    Object.entries(list).map(([day, text]) => ({ on: on(day), units: units(text) }));
  const text = (list: ReturnType<typeof closes>) => list.map(each => `${each.on} ${plain(each.units)}`);

  it('adds up what several portfolios hold at each close', () => {
    const one = closes({ '2026-03-02': '10', '2026-03-04': '4', '2026-03-06': '0' });
    const other = closes({ '2026-03-01': '1.5', '2026-03-04': '7.5', '2026-03-05': '8' });
    expect(text([...combinedUnits([one, other])])).toEqual([
      '2026-03-01 1.5',
      '2026-03-02 11.5',
      '2026-03-04 11.5',
      '2026-03-05 12',
      '2026-03-06 8',
    ]);
  });

  it('of one portfolio is its own list, of none nothing', () => {
    const only = closes({ '2026-03-02': '10' });
    expect(combinedUnits([only])).toBe(only);
    expect(combinedUnits([])).toEqual([]);
    expect(text([...combinedUnits([only, []])])).toEqual(['2026-03-02 10']);
  });
});

describe('the days of a holding', () => {
  it('a dividend that comes after all was sold still counts', () => {
    const days = daysOf(
      ['buy 100 ABC @ 10 on 2026-03-02', 'sell 100 ABC @ 11 on 2026-03-03', 'dividend ABC 50 on 2026-03-05'],
      { ...week, market: abc },
    );
    expect(dayLines(days).slice(1, 4)).toEqual([
      '03-03 V 0 D 0 W 1100 P 100 r 10.000%',
      '03-04 V 0 D 0 W 0 P 0 r -',
      '03-05 V 0 D 0 W 50 P 50 r -',
    ]);
    expect(contributionLines(days)).toEqual(['ABC price 100 income 50 costs 0 profit 150']);
  });

  it('what is bought again after a sale begins anew', () => {
    const days = daysOf(
      ['buy 100 ABC @ 10 on 2026-03-02', 'sell 100 ABC @ 11 on 2026-03-03', 'buy 10 ABC @ 12 on 2026-03-05'],
      { ...week, market: abc },
    );
    expect(days.days.map(day => [day.value / 100, day.held])).toEqual([
      [1000, 1],
      [0, 0],
      [0, 0],
      [120, 1],
      [100, 1],
    ]);
  });

  it('each of several is counted, priced or not', () => {
    const days = daysOf(
      ['buy 1 ABC @ 10 on 2026-03-02', 'buy 1 XYZ @ 10 on 2026-03-02', 'buy 1 LOST @ 10 on 2026-03-03'],
      { ...week, market: { ...abc, XYZ: { '2026-03-02': '5' } } },
    );
    expect(days.days.map(day => day.held)).toEqual([2, 3, 3, 3, 3]);
    expect(days.neverPriced).toEqual(['LOST']);
  });

  it('a reinvested dividend with what the registry adds to it is money in', () => {
    const lines = ['buy 100 ABC @ 10 on 2026-03-02', 'drp ABC 5 @ 9 dividend 40 residual 0 on 2026-03-04'];
    const days = daysOf(lines, { ...week, market: abc, cash: ['main'] });
    expect(flowLines(days)).toEqual(['03-04 income 40 entry-002', '03-04 in 5 entry-002']);
    expect(contributionLines(days)[0]).toBe('ABC price 5 income 40 costs 0 profit 45');
  });

  it('units that come and units that go on one day count once, at their difference', () => {
    const days = daysOf(
      [
        'opening 10 ABC cost 50 acquired 2020-01-06 on 2026-03-03',
        'transfer-in 5 ABC cost 20 on 2026-03-04',
        'transfer-out 3 ABC on 2026-03-04',
      ],
      { ...week, market: abc },
    );
    // 10 x 11, then (5 - 3) x 12.
    expect(flowLines(days)).toEqual([
      '03-03 in 110 units of ABC at their market value',
      '03-04 in 24 units of ABC at their market value',
    ]);
    expect(moveLines(days).slice(1)).toEqual([
      '03-04 ABC in 60 out 0 income 0 costs 0 entry-002',
      '03-04 ABC in 0 out 36 income 0 costs 0 entry-003',
    ]);
  });
});
