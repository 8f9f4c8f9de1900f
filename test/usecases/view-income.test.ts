import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { replaceDividends } from '../../src/db/dividends.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { decimal, plain, price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { viewDashboard } from '../../src/usecases/view-dashboard.ts';
import { viewIncome } from '../../src/usecases/view-income.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses } from './stored-market.ts';

const now = at('2026-09-01T01:00Z');
const declare = (app: App, code: string, ...list: readonly [exDate: string, paidOn: string, perUnit: string][]): void =>
  app.db.transaction(() =>
    replaceDividends(
      app.db,
      parseCode(code),
      list.map(([exDate, paidOn, perUnit]) => ({
        code: parseCode(code),
        exDate: parseLocalDate(exDate),
        paidOn: parseLocalDate(paidOn),
        perUnit: price(perUnit),
        currency: 'AUD',
        frankedPct: decimal('100'),
      })),
      app.now(),
    ),
  );
const income = (app: App, fy?: number) => viewIncome(app, viewPortfolio(app), { financialYear: fy });

describe('viewIncome', () => {
  test('has what was received, what is declared and what is estimated, each by itself', async () => {
    const { app } = await openTestApp({ now });
    recordEntry(app, 'buy 100 BHP @ 40 on 2024-02-02');
    recordEntry(app, 'dividend BHP 90 franked 100% ex 2025-09-04 on 2025-09-25');
    recordEntry(app, 'dividend BHP 70 ex 2026-03-05 on 2026-03-26');
    storeCloses(app, { BHP: { '2026-08-31': '50' } });
    declare(
      app,
      'BHP',
      ['2025-03-06', '2025-03-27', '0.80'],
      ['2025-09-04', '2025-09-25', '0.90'],
      ['2026-03-05', '2026-03-26', '0.70'],
      ['2026-08-27', '2026-09-24', '1.00'],
    );
    const view = income(app, 2026);
    expect(plain(view.year.amount)).toBe('160');
    expect(view.year).toMatchObject({ payments: 2, unknownFranking: 1, frankedPct: 100, coverage: 90 / 160 });
    expect(view.yields).toMatchObject({ yieldPct: 3.2, yieldOnCostPct: 4, grossedUpYieldPct: undefined });
    expect(view.declared.map(each => [each.exDate, plain(each.declaredAmount)])).toEqual([['2026-08-27', '100']]);
    expect(view.estimated.map(each => [each.exDate, plain(each.declaredAmount)])).toEqual([
      ['2027-03-05', '70'],
      ['2027-08-27', '100'],
    ]);
    expect(view.proposals.map(each => each.exDate)).toEqual(['2025-03-06']);
    expect(view.years.map(each => [each.financialYear, plain(each.amount)])).toEqual([[2026, '160']]);
    expect(view.months.map(each => each.month)).toHaveLength(12);
    expect(view.warnings).toEqual([
      'The franking of 1 of 2 payments is unknown; credits are of the 56% of income whose franking is known',
      '1 dividend is declared and paid but not recorded, and so in no figure of income',
    ]);
  });

  test('by months keeps received, declared and estimated apart', async () => {
    const { app } = await openTestApp({ now });
    recordEntry(app, 'buy 100 BHP @ 40 on 2024-02-02');
    recordEntry(app, 'dividend BHP 60 franked 100% ex 2026-07-01 on 2026-07-20');
    declare(app, 'BHP', ['2026-03-05', '2026-03-26', '0.70'], ['2026-08-27', '2026-09-24', '1.00']);
    const { months } = income(app);
    const shown = months
      .map(({ month, received, declared, estimated }) =>
        [month, plain(received), plain(declared.amount), plain(estimated.amount)].join(' '),
      )
      .filter(line => !line.endsWith(' 0 0 0'));
    expect(shown).toEqual(['2026-07 60 0 0', '2026-09 0 100 0', '2027-03 0 0 70', '2027-09 0 0 100']);
    expect([months[0]?.month, months.at(-1)?.month]).toEqual(['2026-07', '2027-09']);
  });

  test('of an empty portfolio is empty, with no rate and no NaN', async () => {
    const { app } = await openTestApp({ now });
    const view = income(app);
    expect(view.yields).toMatchObject({ yieldPct: undefined, reasons: ['there is no price', 'the cost is unknown'] });
    expect([view.holdings, view.declared, view.proposals, view.kept]).toEqual([[], [], [], []]);
  });
});

test('credits that a sale would lose are told where they matter: not to a small holder', async () => {
  const { app } = await openTestApp({ now });
  createPortfolio(app, 'Fund', { taxpayer: 'smsf' });
  createPortfolio(app, 'Own', {});
  for (const portfolio of ['Fund', 'Own']) recordEntry(app, 'buy 100 BHP @ 40 on 2026-08-03', { portfolio });
  declare(app, 'BHP', ['2026-08-27', '2026-09-24', '0.70']);
  const fund = viewPortfolio(app, { portfolio: 'Fund' });
  const [kept] = viewIncome(app, fund).kept;
  expect([kept?.code, kept?.keepUntil, kept && plain(kept.open), kept?.owner]).toEqual([
    'BHP',
    '2026-09-18',
    '30',
    'Fund',
  ]);
  const franking = (portfolio: string) =>
    viewDashboard(app, viewPortfolio(app, { portfolio })).needs.flatMap(need =>
      need.kind === 'franking'
        ? [`${need.code} ${plain(need.units)} ${need.on} ${need.days} ${plain(need.credits)}`]
        : [],
    );
  expect(franking('Fund')).toEqual(['BHP 100 2026-09-18 17 30']);
  expect(franking('Own')).toEqual([]);
  expect(viewIncome(app, viewPortfolio(app, { portfolio: 'Own' })).owners).toMatchObject([{ exempt: true }]);
});
