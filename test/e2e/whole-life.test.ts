/**
 * A life of every kind of entry, in a portfolio of one owner with a cash account and a joint one without: holdings,
 * parcels, performance, income and tax are each worked out on their own, and have to agree.
 */
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { add, type Money, money, noMoney, plain, subtract, sum } from '../../src/domain/decimal.ts';
import { entryKinds } from '../../src/domain/ledger/entry.ts';
import { toMoney } from '../../src/domain/returns/cents.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { viewIncome } from '../../src/usecases/view-income.ts';
import { viewPerformance } from '../../src/usecases/view-performance.ts';
import { type PortfolioView, viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { viewTaxYear } from '../../src/usecases/view-tax-year.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses } from '../usecases/stored-market.ts';

const ofAnn = [
  'deposit 50000 on 2023-07-03',
  'buy 100 BHP @ 44.80 fee 10 on 2023-07-04',
  'opening 200 VAS cost 18000 acquired 2020-01-06 on 2023-07-05',
  'buy 50 BHP @ 44.10 fee 10 total 2215.01 on 2024-08-05',
  'dividend BHP @ 1.00 franked 100% ex 2024-09-05 on 2024-09-26',
  'return-of-capital BHP 0.50 on 2025-03-03',
  'demerger BHP into WDS 15 cost 6% on 2025-05-01',
  'statement VAS fy 2025 franked 20, unfranked 30, other-income 10, franking-credit 8.57, discount-gains 25, foreign-income 5, tax-deferred 12, amit-increase 7',
  'distribution VAS 120 fy 2025 on 2025-07-16',
  'sell 60 BHP @ 42 fee 10 on 2025-08-04',
  'transfer-out 40 VAS on 2025-09-01',
  'split WDS 2:1 on 2025-11-03',
  'interest 12.34 on 2025-12-31',
  'fee 5.50 on 2026-01-05',
  'withdraw 1000 on 2026-02-02',
  'bonus WDS 3 on 2026-03-02',
  'amit VAS -9 fy 2026',
  'sell 20 BHP @ 39 fee 10 on 2026-09-01',
];
const ofBoth = [
  'buy 1001 ABC @ 2.05 fee 9.95 on 2023-08-01',
  'consolidation ABC 1:10 on 2024-02-01',
  'rename ABC to XYZ on 2024-06-03',
  'drp XYZ 4 @ 20.5 dividend 90.01 franked 50% residual 8.01 on 2024-10-01',
  'buy 100 TGT @ 10 fee 10 on 2024-11-04',
  'dividend XYZ 55.55 franked 100% withheld 5.05 on 2025-04-01',
  // Of 17,995.00 the 40 units have 3,599.00, and 1.80 of the year's AMIT amount came off before they left.
  'transfer-in 40 VAS cost 3597.20 acquired 2020-01-06 on 2025-09-01',
  'rollover TGT into ACQ 1:2 cash 200 worth 900 on 2026-05-04',
  'sell 20 XYZ @ 26 fee 9.95 on 2026-06-01',
  'sell 11 VAS @ 101 fee 9.95 on 2026-07-06',
];
const closes = {
  BHP: { '2023-07-03': '45', '2024-08-01': '44', '2025-05-01': '41', '2026-08-03': '39.5' },
  WDS: { '2025-05-01': '30', '2025-11-03': '15.5', '2026-03-02': '14.2' },
  VAS: { '2023-07-03': '90', '2025-09-01': '97', '2026-07-01': '100.5' },
  ABC: { '2023-08-01': '2.1', '2024-02-01': '21' },
  XYZ: { '2024-06-03': '20.8', '2026-05-01': '25.9' },
  TGT: { '2024-11-01': '10.2', '2026-04-01': '11' },
  ACQ: { '2026-05-04': '18', '2026-12-01': '19.3' },
};

const total = (amounts: readonly (Money | undefined)[]): Money =>
  sum(
    amounts.map(amount => amount ?? noMoney),
    noMoney,
  );
const years = [2024, 2025, 2026, 2027];

async function live(): Promise<{ app: App; all: PortfolioView }> {
  const { app } = await openTestApp({ now: at('2027-03-03T06:00Z') });
  storeCloses(app, closes);
  createPortfolio(app, 'Ann', { owner: 'Ann', cash: true });
  createPortfolio(app, 'Both', { owners: 'Ann 60, Bob 40', cash: false });
  for (const line of ofAnn) recordEntry(app, line, { portfolio: 'Ann' });
  for (const line of ofBoth) recordEntry(app, line, { portfolio: 'Both' });
  return { app, all: viewPortfolio(app, { portfolio: 'all' }) };
}

describe('a life of every kind of entry', () => {
  it('has every kind, none refused, and holds what it comes to', async () => {
    const { all } = await live();
    expect([...new Set(all.entries.map(entry => entry.kind))].sort()).toEqual([...entryKinds].sort());
    expect(all.ledger.problems).toEqual([]);
    const held = all.holdings.map(row => `${row.code} ${plain(row.units)} ${plain(total([row.costBase]))}`).sort();
    expect(held).toEqual([
      // 1,010.00, of which 200 / 1,100 went with the cash.
      'ACQ 50 826.36',
      // 4,490.00 and 2,215.01, less 75.00 returned, 94% of it; 80 of the first 100 sold.
      'BHP 70 2893.33',
      // 17,995.00 of 200 units: 160 stayed, less 7.20; of 3,597.20 with the other 40 there are 29 left.
      'VAS 189 16996.77',
      // 6% of 4,440.00 and of 2,190.01.
      'WDS 33 397.8',
      // 81 of 101 units of 2,062.00, and the plan's 82.00.
      'XYZ 85 1735.68',
    ]);
  });

  it('has a cost base that is the sum of its parcels’, holding by holding and portfolio by portfolio', async () => {
    const { app, all } = await live();
    for (const row of all.holdings) {
      expect(row.costBase && plain(row.costBase)).toBe(plain(total(row.parcels.map(each => each.cost))));
    }
    const parts = ['Ann', 'Both'].map(portfolio => viewPortfolio(app, { portfolio }).totals);
    expect(plain(total(parts.map(each => each.costBase)))).toBe(plain(total([all.totals.costBase])));
    expect(plain(total(parts.map(each => each.value)))).toBe(plain(total([all.totals.value])));
  });

  it('has made what was realised, what is unrealised, and income, less costs and what moved cost bases alone', async () => {
    const { app, all } = await live();
    const { ledger, totals, entries } = all;
    const { total: period, stored } = viewPerformance(app, { portfolio: 'all' });
    const realised = total([
      ...ledger.disposals.flatMap(each => each.parcels.map(part => part.gain)),
      ...ledger.excessGains.map(each => each.amount),
    ]);
    expect(plain(realised)).toBe(plain(total([totals.realisedGain])));
    const income = total(ledger.income.map(each => each.amount));
    expect(plain(income)).toBe(plain(total([totals.income])));
    const withheld = total(ledger.income.map(each => each.withheld));
    const [interest, fees] = ['interest', 'fee'].map(kind =>
      total(entries.map(entry => (entry.kind === kind && 'amount' in entry ? (entry.amount as Money) : undefined))),
    );
    // The statement: 7.00 up and 12.00 down; the adjustment: 9.00 down. No money came of it.
    const moved = money('-14');
    const made = add(
      add(add(realised, total([totals.gain])), add(income, moved)),
      subtract(total([interest]), total([withheld, fees])),
    );
    expect(plain(toMoney(period?.profit ?? 0))).toBe(plain(made));
    expect(plain(toMoney(stored.contributions.reduce((so, each) => so + each.profit, 0)))).toBe(plain(made));
    expect(plain(toMoney(period?.endValue ?? 0))).toBe(plain(total([totals.value, totals.cash])));
    expect(plain(toMoney(period?.income ?? 0))).toBe(plain(total([income, interest])));
    expect([stored.broughtIn, stored.neverPriced]).toEqual([[], []]);
    // The demerger: 150 x 44 = 150 x 41 + 15 x 30. The split: 15 x 30 -> 30 x 15.50. 1,001 x 2.10 -> 101 x 21.
    const profitOn = (date: string) => stored.days.find(day => day.date === date)?.profit;
    expect([profitOn('2025-05-01'), profitOn('2025-11-03'), profitOn('2024-02-01')]).toEqual([0, 1500, 1890]);
  });

  it('is reported whole by its owners: proceeds, gains, income', async () => {
    const { app, all } = await live();
    const { ledger } = all;
    for (const fy of years) {
      const reports = ['Ann', 'Bob'].map(owner => viewTaxYear(app, { owner, fy }));
      const lines = reports.flatMap(each => each.gains.year.lines);
      const sold = ledger.disposals.filter(each => lines.some(line => line.entry === each.entry));
      expect(plain(total(lines.filter(line => line.event === 'A1').map(line => line.proceeds)))).toBe(
        plain(total(sold.flatMap(each => [each.proceeds, each.brokerage]))),
      );
      expect(plain(total(lines.map(line => line.gain)))).toBe(
        plain(total(sold.flatMap(each => each.parcels.map(part => part.gain)))),
      );
      const dividends = reports.flatMap(each => each.income.dividends);
      const trusts = reports.flatMap(each => each.income.trusts);
      const received = viewIncome(app, all, { financialYear: fy }).year;
      expect(plain(total([...dividends.map(line => line.amount), ...trusts.map(each => each.cash)]))).toBe(
        plain(received.amount),
      );
    }
    const reported = years.flatMap(fy =>
      ['Ann', 'Bob'].flatMap(owner => viewTaxYear(app, { owner, fy }).gains.year.lines),
    );
    expect(new Set(reported.map(line => line.entry))).toEqual(new Set(ledger.disposals.map(each => each.entry)));
  });
});
