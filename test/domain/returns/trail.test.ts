import { describe, expect, it } from 'vitest';
import { keptDays } from '../../../src/domain/returns/trail.ts';
import { on } from '../../support/ledger.ts';
import { daysOf, flowLines, moveLines, positionLines } from './days-of.ts';

const kept = (dates: readonly string[], from?: string) =>
  dates.filter((_, index) => keptDays(dates.map(on), from === undefined ? undefined : on(from))[index]);

describe('the days whose positions are kept', () => {
  const dates = ['2026-01-29', '2026-01-30', '2026-02-26', '2026-02-27', '2026-03-02', '2026-03-03', '2026-03-04'];

  it('are the first, the last, and the last of each month', () => {
    expect(kept(dates)).toEqual(['2026-01-29', '2026-01-30', '2026-02-27', '2026-03-04']);
    // The same month of another year is another month.
    expect(kept(['2025-03-03', '2025-03-04', '2026-03-02', '2026-03-03'])).toEqual([
      '2025-03-03',
      '2025-03-04',
      '2026-03-03',
    ]);
    expect(kept(['2026-03-02'])).toEqual(['2026-03-02']);
  });

  it('and every one from a day on', () => {
    expect(kept(dates, '2026-03-03')).toEqual(['2026-01-29', '2026-01-30', '2026-02-27', '2026-03-03', '2026-03-04']);
    expect(kept(dates, '2026-02-28').slice(2)).toEqual(['2026-02-27', '2026-03-02', '2026-03-03', '2026-03-04']);
  });
});

describe('the trail of a portfolio', () => {
  const setting = {
    from: '2026-02-27',
    to: '2026-03-04',
    market: { NEW: { '2026-02-26': '10', '2026-02-27': '11' }, LATE: { '2026-03-04': '6.125' } },
    cash: ['main'],
  };
  const lines = [
    'deposit 2000 on 2026-02-26',
    'buy 100 ABC @ 10 fee 10 on 2026-02-26',
    'rename ABC to NEW on 2026-02-27',
    'split NEW 2:1 on 2026-03-02',
    'dividend NEW 50 withheld 5 on 2026-03-03',
    'buy 10 LATE @ 5 fee 1 on 2026-03-02',
    'sell 40 NEW @ 6 fee 10 on 2026-03-03',
    'interest 3 on 2026-03-03',
    'fee 7 on 2026-03-03',
    'withdraw 100 on 2026-03-04',
  ];

  it('has what was held and its close at the start, at the end of a month and on the last day, and the cash', () => {
    // 990 of cash after the purchase; + 45 - 51 + 230 + 3 - 7 - 100 = 1,110.
    expect(positionLines(daysOf(lines, setting))).toEqual([
      '02-26 ABC 1000 = 100 x 100000e-4 of 20260226 for NEW',
      '02-27 NEW 1100 = 100 x 110000e-4 of 20260227 for NEW',
      '03-04 NEW 880 = 160 x 110000e-4 / 2 of 20260227 for NEW',
      '03-04 LATE 61.25 = 10 x 61250e-4 of 20260304 for LATE',
      '02-26 cash 990',
      '02-27 cash 990',
      '03-04 cash 1110',
    ]);
  });

  it('has the money in and out and the income of each entry of the window, and words for what has none', () => {
    expect(flowLines(daysOf(lines, setting))).toEqual([
      '03-03 income 50 entry-005',
      '03-02 out 51 entry-006',
      '03-04 in 51 LATE comes in with its first price, at what was paid for it',
      '03-03 income 3 entry-008',
      '03-04 out 100 entry-010',
    ]);
  });

  it('has what each entry did to a security and to cash', () => {
    expect(moveLines(daysOf(lines, setting))).toEqual([
      '03-03 NEW in 0 out 45 income 50 costs 5 entry-005',
      '03-03 cash in 0 out -45 income 0 costs 0 entry-005',
      '03-03 NEW in 0 out 230 income 0 costs 10 entry-007',
      '03-03 cash in 0 out -230 income 0 costs 0 entry-007',
      '03-02 cash in 0 out 51 income 0 costs 0 entry-006',
      '03-04 LATE in 51 out 0 income 0 costs 1 LATE comes in with its first price, at what was paid for it',
      '03-03 cash in 0 out 0 income 3 costs 0 entry-008',
      '03-03 cash in 0 out 0 income 0 costs 7 entry-009',
      '03-04 cash in 0 out 100 income 0 costs 0 entry-010',
    ]);
  });

  it('without a cash account: buys, sales, income, fees and interest are the flows', () => {
    const lines = [
      'buy 100 ABC @ 10 fee 10 on 2026-02-27',
      'dividend ABC 50 withheld 5 on 2026-03-02',
      'sell 40 ABC @ 6 fee 10 on 2026-03-03',
      'interest 3 on 2026-03-03',
      'fee 7 on 2026-03-03',
      'deposit 11 on 2026-03-03',
      'withdraw 12 on 2026-03-03',
      'transfer-out 10 ABC on 2026-03-04',
    ];
    const days = daysOf(lines, { ...setting, cash: [], market: { ABC: { '2026-02-27': '10' } } });
    expect(flowLines(days)).toEqual([
      '02-27 in 1010 entry-001',
      '03-02 income 50 entry-002',
      '03-02 out 45 entry-002',
      '03-03 out 230 entry-003',
      '03-04 out 100 units of ABC at their market value',
      '03-03 income 3 entry-004',
      '03-03 out 3 entry-004',
      '03-03 in 7 entry-005',
    ]);
    expect(moveLines(days).slice(3)).toEqual([
      '03-04 ABC in 0 out 100 income 0 costs 0 entry-008',
      '03-03 cash in 0 out 3 income 3 costs 0 entry-004',
      '03-03 cash in 7 out 0 income 0 costs 7 entry-005',
      '03-03 cash in 0 out 0 income 0 costs 0 entry-006',
      '03-03 cash in 0 out 0 income 0 costs 0 entry-007',
    ]);
    // Of no cash account there is no position.
    expect(positionLines(days)).toEqual([
      '02-27 ABC 1000 = 100 x 100000e-4 of 20260227 for ABC',
      '03-04 ABC 500 = 50 x 100000e-4 of 20260227 for ABC',
    ]);
  });

  it('says when a quote was traded, of the day that it is of and of those that it is carried to', () => {
    const days = daysOf(['buy 10 ABC @ 10 on 2026-03-02'], {
      from: '2026-03-02',
      to: '2026-03-04',
      market: { ABC: { '2026-03-02': '10', '2026-03-03': '11' } },
      quotedAt: { ABC: '2026-03-03T03:00:00Z' },
      everyDayFrom: '2026-03-02',
    });
    expect(positionLines(days)).toEqual([
      '03-02 ABC 100 = 10 x 100000e-4 of 20260302 for ABC',
      '03-03 ABC 110 = 10 x 110000e-4 of 2026-03-03T03:00:00Z for ABC',
      '03-04 ABC 110 = 10 x 110000e-4 of 2026-03-03T03:00:00Z for ABC',
    ]);
  });
});
