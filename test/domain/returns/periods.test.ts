import { expect, it } from 'vitest';
import { financialYearsOf, monthsOf, totalProfit, wholePeriod } from '../../../src/domain/returns/periods.ts';
import { knownProfit, profitOfDay } from '../../../src/domain/returns/portfolio-days.ts';
import { daysOf } from './days-of.ts';

const days = daysOf(['buy 100 ABC @ 10 on 2026-06-29', 'interest 5 on 2026-06-30', 'sell 50 ABC @ 12 on 2026-07-01'], {
  from: '2026-06-29',
  to: '2026-07-02',
  market: { ABC: { '2026-06-29': '10', '2026-06-30': '11', '2026-07-01': '12', '2026-07-02': '9' } },
});

it('months and financial years begin with the value that the one before ended with', () => {
  const [june, july] = monthsOf(days);
  expect(june).toEqual({
    name: '2026-06',
    from: '2026-06-29',
    to: '2026-06-30',
    startValue: 0,
    endValue: 110_000,
    isValued: true,
    inflow: 100_000,
    outflow: 500,
    income: 500,
    profit: 10_500,
    timeWeighted: expect.closeTo(0.105, 12),
  });
  expect([july?.startValue, july?.endValue, july?.outflow, july?.profit]).toEqual([110_000, 45_000, 60_000, -5000]);
  expect(financialYearsOf(days).map(year => [year.name, year.profit])).toEqual([
    ['2026', 10_500],
    ['2027', -5000],
  ]);
});

it('their profits and flows sum to those of the whole', () => {
  const whole = wholePeriod(days);
  const months = monthsOf(days);
  for (const field of ['profit', 'inflow', 'outflow', 'income'] as const) {
    expect(months.reduce((sum, month) => sum + month[field], 0)).toBe(whole?.[field]);
  }
  expect(whole).toMatchObject({ name: 'all', from: '2026-06-29', to: '2026-07-02', startValue: 0, endValue: 45_000 });
  expect(wholePeriod({ startValue: 0, days: [] })).toBeUndefined();
});

it('a month is from its first day with a record to its last, and begins with what was there before the window', () => {
  const later = daysOf(['buy 100 ABC @ 10 on 2026-06-25'], {
    from: '2026-06-26',
    to: '2026-07-03',
    market: { ABC: { '2026-06-25': '10', '2026-06-26': '11', '2026-06-30': '12', '2026-07-03': '13' } },
  });
  expect(monthsOf(later).map(({ from, to, startValue, endValue }) => [from, to, startValue, endValue])).toEqual([
    ['2026-06-26', '2026-06-30', 100_000, 120_000],
    ['2026-07-01', '2026-07-03', 120_000, 130_000],
  ]);
});

it('what is held without a price leaves the end value unknown', () => {
  const lost = daysOf(['buy 100 ABC @ 10 on 2026-06-29'], { from: '2026-06-29', to: '2026-07-02', market: {} });
  expect(monthsOf(lost).map(month => month.isValued)).toEqual([false, false]);
});

it('the profit of a period in which nothing held had a price is unknown, and in no sum', () => {
  const late = daysOf(['buy 100 ABC @ 10 on 2026-05-29'], {
    from: '2026-05-29',
    to: '2026-07-02',
    market: { ABC: { '2026-07-01': '12', '2026-07-02': '13' } },
  });
  const months = monthsOf(late);
  // It comes in at the 1,000.00 that it cost, and is worth 1,300.00.
  expect(months.map(month => [month.name, knownProfit(month)])).toEqual([
    ['2026-05', undefined],
    ['2026-06', undefined],
    ['2026-07', 30_000],
  ]);
  expect(totalProfit(months)).toBe(30_000);
  expect(totalProfit(months.slice(0, 2))).toBeUndefined();
  expect(totalProfit([])).toBe(0);
  expect(late.days.map(profitOfDay).filter(profit => profit !== undefined)).toHaveLength(2);
});

it('a profit that was made stays known where only what has no price is left', () => {
  const sold = daysOf(
    ['buy 100 ABC @ 10 on 2026-06-29', 'buy 5 XYZ @ 1 on 2026-06-29', 'sell 100 ABC @ 12 on 2026-06-30'],
    {
      from: '2026-06-29',
      to: '2026-06-30',
      market: { ABC: { '2026-06-29': '10', '2026-06-30': '12' } },
    },
  );
  const [june] = monthsOf(sold);
  expect([june?.isValued, june && knownProfit(june)]).toEqual([false, 20_000]);
});
