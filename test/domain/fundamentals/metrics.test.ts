import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal, price } from '../../../src/domain/decimal.ts';
import { type MetricName, metricNames, metricOf } from '../../../src/domain/fundamentals/metrics.ts';
import type { DeclaredDividend } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { company, day, facts, statement } from './company-tables.ts';

const income = {
  totalRevenue: 8000,
  grossProfit: 3200,
  operatingIncome: 1000,
  ebit: 1000,
  ebitda: 1400,
  interestExpense: -100,
  netIncome: 600,
};
const balance = {
  totalAssets: 9000,
  totalStockholderEquity: 4000,
  totalCurrentAssets: 3000,
  totalCurrentLiabilities: 2000,
  inventory: 500,
  shortLongTermDebt: 200,
  longTermDebt: 1800,
  cash: 400,
  commonStockSharesOutstanding: 1000,
};
const cash = { totalCashFromOperatingActivities: 900, capitalExpenditures: -400, dividendsPaid: -300 };

const full = [
  statement('income', 'year', '2025-06-30', income),
  statement('income', 'year', '2024-06-30', { ...income, totalRevenue: 7500, netIncome: 500 }),
  statement('income', 'year', '2023-06-30', { ...income, totalRevenue: 7000 }),
  statement('income', 'year', '2022-06-30', { ...income, totalRevenue: 6400 }),
  statement('balance', 'year', '2025-06-30', balance),
  statement('balance', 'year', '2024-06-30', { ...balance, commonStockSharesOutstanding: 1000 }),
  statement('cash-flow', 'year', '2025-06-30', cash),
];
const dividend = (exDate: string, perUnit: string, frankedPct = '100'): DeclaredDividend => ({
  code: parseCode('XYZ'),
  exDate: day(exDate),
  perUnit: price(perUnit),
  currency: 'AUD',
  frankedPct: decimal(frankedPct),
});
const dividends = [
  dividend('2023-09-01', '0.20'),
  dividend('2024-09-01', '0.25'),
  dividend('2025-03-01', '0.10'),
  dividend('2025-09-01', '0.30', '50'),
];
const whole = company(full, { dividends });
const metricValue = (name: MetricName, of = whole) => metricOf(of, name).value;
const whyOf = (name: MetricName, of = whole) => metricOf(of, name).unknown;

describe('worked by hand: 1,000 shares at 10.00 are worth 10,000', () => {
  test.each([
    ['pe', 10000 / 600],
    ['earnings_yield', 0.06],
    ['pb', 2.5],
    ['ps', 1.25],
    ['ev_ebitda', (10000 + 2000 - 400) / 1400],
    ['fcf_yield', 0.05],
    ['roe', 0.15],
    ['roa', 600 / 9000],
    ['profit_margin', 0.075],
    ['operating_margin', 0.125],
    ['revenue_growth_yoy', 8000 / 7500 - 1],
    ['eps_growth', 0.2],
    ['revenue_cagr_3y', 1.25 ** (1 / 3) - 1],
    ['debt_to_equity', 0.5],
    ['current_ratio', 1.5],
    ['quick_ratio', 1.25],
    ['interest_cover', 10],
    ['equity_to_assets', 4 / 9],
    ['debt_to_assets', 2 / 9],
    ['div_yield', 0.04],
    ['payout', 0.5],
    ['franking', 0.625],
    ['years_without_cut', 3],
    ['free_cash_flow', 500],
  ] as const)('%s', (name, expected) => expect(metricValue(name)).toBeCloseTo(expected, 12));
});

describe('what has no meaning says why', () => {
  const negative = company([
    ...full.filter(each => each.kind !== 'balance'),
    statement('balance', 'year', '2025-06-30', { ...balance, totalStockholderEquity: -10 }),
  ]);
  test.each(['roe', 'debt_to_equity', 'pb'] as const)('%s of negative equity', name => {
    expect([metricValue(name, negative), whyOf(name, negative)]).toEqual([undefined, 'equity is not above zero']);
  });
  test('a loss keeps its place in the earnings yield and has no price-earnings ratio', () => {
    const loss = company([
      statement('income', 'year', '2025-06-30', { ...income, netIncome: -600 }),
      ...full.filter(each => each.kind !== 'income'),
    ]);
    expect(metricValue('earnings_yield', loss)).toBeCloseTo(-0.06, 12);
    expect(whyOf('pe', loss)).toBe('it made a loss');
    expect(whyOf('payout', loss)).toBe('it made a loss');
  });
  test('a debt of nought is no debt, a debt that is not told is unknown', () => {
    const of = (figures: Record<string, number>) =>
      company([...full.filter(each => each.kind !== 'balance'), statement('balance', 'year', '2025-06-30', figures)]);
    const { shortLongTermDebt: _short, longTermDebt: _long, ...silent } = balance;
    expect(metricValue('debt_to_equity', of({ ...silent, longTermDebt: 0 }))).toBe(0);
    expect(whyOf('debt_to_equity', of(silent))).toBe('the balance sheet to 2025-06-30 has no debt in it');
  });
  test('an old price, no price, no dividends asked for', () => {
    const old = company(full, { price: { price: 10, on: day('2025-08-31') } });
    expect(whyOf('pb', old)).toBe('no price since 2025-08-31');
    expect(whyOf('pb', company(full, { price: undefined }))).toBe('no price of it is stored');
    expect(whyOf('div_yield', company(full, { dividends: undefined }))).toBe('its dividends were never asked for');
    expect(metricValue('div_yield', company(full))).toBe(0);
  });
});

describe('a company that reports in US dollars', () => {
  const dollars = full.map(each => ({ ...each, currency: 'USD' }));
  test('has its market value at the rate of the day: 10,000 at 0.65 are 6,500', () => {
    const rates = new Map([['USD', { rate: 0.65, on: day('2025-09-30') }]]);
    expect(metricValue('pb', company(dollars, { rates }))).toBe(1.625);
    expect(metricValue('roe', company(dollars, { rates }))).toBe(0.15);
  });
  test('without the rate what needs a price is unknown, the rest is not', () => {
    const without = company(dollars);
    expect(whyOf('pb', without)).toBe('it reports in USD, and the rate of AUD to USD is not stored');
    expect(metricValue('roe', without)).toBe(0.15);
    expect(
      whyOf('pb', company(dollars, { rates: new Map([['USD', { rate: 0.65, on: day('2025-09-01') }]]) })),
    ).toContain('not stored');
  });
  test('a currency that is not told is unknown', () => {
    const untold = full.map(each => ({ ...each, currency: undefined }));
    expect(whyOf('pb', company(untold))).toBe('the currency of the statements is not told');
  });
});

test('a split multiplies the shares told before it and divides the dividends', () => {
  const split = { code: parseCode('XYZ'), date: day('2025-09-15'), newUnits: decimal('2'), oldUnits: decimal('1') };
  const after = company(full, { splits: [split], price: { price: 5, on: day('2025-09-30') }, dividends });
  expect(metricValue('pb', after)).toBe(2.5);
  expect(metricValue('div_yield', after)).toBeCloseTo(0.04, 12);
  expect(metricValue('eps_growth', after)).toBeCloseTo(0.2, 12);
});

test('on a day before the answer the shares are those of the balance sheet', () => {
  const before = company(full, { facts: facts({ shares: '4000' }), toldOn: day('2026-01-01') });
  expect(metricValue('pb', before)).toBe(2.5);
});

test('whatever the numbers, a metric is a finite number or says why not', () => {
  const amount = fc.oneof(fc.constant(0), fc.constant(-0), fc.double({ noNaN: true, min: -1e15, max: 1e15 }));
  const figures = (names: readonly string[]) =>
    fc.record(Object.fromEntries(names.map(name => [name, amount])), { requiredKeys: [] });
  fc.assert(
    fc.property(
      figures(Object.keys(income)),
      figures(Object.keys(balance)),
      figures(Object.keys(cash)),
      amount,
      (a, b, c, at) => {
        const strange = company(
          ['2025-06-30', '2024-06-30', '2022-06-30'].flatMap(end => [
            statement('income', 'year', end, a as Record<string, number>),
            statement('balance', 'year', end, b as Record<string, number>),
            statement('cash-flow', 'year', end, c as Record<string, number>),
          ]),
          { price: { price: Math.abs(at), on: day('2025-09-30') } },
        );
        for (const name of metricNames) {
          const { value, unknown } = metricOf(strange, name);
          if (value === undefined) expect(unknown?.length).toBeGreaterThan(5);
          else expect(Number.isFinite(value)).toBe(true);
        }
      },
    ),
    { numRuns: 100 },
  );
});
