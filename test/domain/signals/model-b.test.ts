import { describe, expect, test } from 'vitest';
import {
  classOfGrade,
  type Grade,
  gradeOf,
  missingMetrics,
  qualityOf,
  scoreOf,
  weightedScore,
} from '../../../src/domain/signals/model-b.ts';
import { companyKindOf, metricRules } from '../../../src/domain/signals/quality-anchors.ts';
import { company, facts, statement } from '../fundamentals/company-tables.ts';

describe('the score of the categories', () => {
  test('82, 71, 55, 64 (profitability, health, growth, valuation) are .6935, a B', () => {
    const { score, coverage } = weightedScore({
      profitability: 82,
      health: 71,
      growth: 55,
      valuation: 64,
      income: 100,
    });
    expect([score, coverage]).toEqual([0.6935, 1]);
    expect(gradeOf(0.6935)).toBe('B');
  });
  test('is renormalised over what is known: without growth (82 x .3 + 71 x .25 + 64 x .25) / .8', () => {
    const { score, coverage } = weightedScore({
      profitability: 82,
      health: 71,
      growth: undefined,
      valuation: 64,
      income: undefined,
    });
    expect(score).toBeCloseTo(0.729375, 9);
    expect(coverage).toBe(0.8);
  });
  test('of nothing is unknown', () => {
    const none = { profitability: undefined, health: undefined, growth: undefined, valuation: undefined, income: 90 };
    expect(weightedScore(none)).toEqual({ score: undefined, coverage: 0 });
  });
});

test.each([
  [0, 0, 0.1, 0],
  [0.05, 0, 0.1, 50],
  [0.2, 0, 0.1, 100],
  [-1, 0, 0.1, 0],
  [6, 6, 1, 0],
  [1, 6, 1, 100],
  [3.5, 6, 1, 50],
  [0.5, 6, 1, 100],
  [0.065, 0.03, 0.1, 50],
])('%f between %f and %f scores %f', (value, zero, hundred, score) => {
  expect(scoreOf(value, [zero, hundred])).toBeCloseTo(score, 9);
});

test.each([
  [1, 'A'],
  [0.8, 'A'],
  [0.7999999999, 'A'],
  [0.799999, 'B'],
  [0.65, 'B'],
  [0.649, 'C'],
  [0.5, 'C'],
  [0.35, 'D'],
  [0.3499, 'F'],
  [0, 'F'],
])('%f is %s', (score, grade) => expect(gradeOf(score)).toBe(grade));

test.each([
  ['A', 0.8, 'STRONG_BUY'],
  ['A', 0.79, 'BUY'],
  ['B', 0.65, 'BUY'],
  ['B', 0.6, 'BUY'],
  ['B', 0.59, 'HOLD'],
  ['C', 0.5, 'HOLD'],
  ['C', 0.4, 'SELL'],
  ['D', 0.49, 'SELL'],
  ['F', 0.31, 'SELL'],
  ['F', 0.3, 'STRONG_SELL'],
  ['F', 0, 'STRONG_SELL'],
] as const)('%s at %f says %s', (grade: Grade, score, says) => expect(classOfGrade(grade, score)).toBe(says));

test.each([
  [{ sector: 'Financials', industry: 'Banks' }, 'bank'],
  [{ sector: 'Financials', industry: 'Banks - Diversified' }, 'bank'],
  [{ sector: 'Financials', industry: 'Insurance, Insurance' }, 'bank'],
  [{ sector: 'Financials', industry: 'Capital Markets' }, 'general'],
  [{ sector: 'Real Estate', industry: 'Equity Real Estate Investment Trusts (REITs), Retail REITs' }, 'reit'],
  [{ sector: 'Real Estate', industry: 'REIT - Retail' }, 'reit'],
  [{ sector: 'Real Estate', industry: 'Real Estate Management & Development' }, 'general'],
  [{}, 'general'],
])('%o is a %s', (of, kind) => expect(companyKindOf(of)).toBe(kind));

const yearsOf = (figures: readonly Readonly<Record<string, Readonly<Record<string, number>>>>[]) =>
  figures.flatMap((year, back) => {
    const end = `${2025 - back}-06-30`;
    return [
      statement('income', 'year', end, year['income'] ?? {}),
      statement('balance', 'year', end, year['balance'] ?? {}),
      statement('cash-flow', 'year', end, year['cash'] ?? {}),
    ];
  });

const scoresOf = (quality: ReturnType<typeof qualityOf>) =>
  Object.fromEntries(Object.entries(quality.categories).map(([name, each]) => [name, each.score]));

describe('an industrial company, worked by hand', () => {
  const balance = {
    totalAssets: 9000,
    totalStockholderEquity: 4000,
    totalCurrentAssets: 2500,
    totalCurrentLiabilities: 2000,
    inventory: 600,
    shortLongTermDebtTotal: 2000,
    cash: 400,
    commonStockSharesOutstanding: 1000,
  };
  const year = (totalRevenue: number, netIncome: number) => ({
    income: { totalRevenue, netIncome, operatingIncome: 1000, ebit: 1000, ebitda: 1400, interestExpense: 200 },
    balance,
    cash: { totalCashFromOperatingActivities: 900, capitalExpenditures: -500 },
  });
  const quality = qualityOf(
    company(yearsOf([year(8000, 600), year(7619.047619, 500), year(7000, 500), year(8000, 500)])),
  );

  test('its categories', () => {
    // 10,000 of value. Valuation: yield .06 -> 60; pb 2.5 -> 70; ps 1.25 -> 93.75; ev/ebitda 11,600/1,400 -> 83.6735;
    // fcf .04 -> 50. Profitability: roe .15 -> 75; roa .0667 -> 66.6667; margin .075 -> 37.5; operating .125 -> 50.
    // Growth: revenue .05 -> 50; eps .2 -> 88.8889; three years 0 -> 25.
    // Health: .5 -> 83.3333; current 1.25 -> 50; quick .95 -> 50; cover 5 -> 44.4444.
    const found = scoresOf(quality);
    expect(found['valuation']).toBeCloseTo((60 + 70 + 93.75 + 83.6734694 + 50) / 5, 5);
    expect(found['profitability']).toBeCloseTo((75 + 66.6666667 + 37.5 + 50) / 4, 5);
    expect(found['growth']).toBeCloseTo((50 + 88.8888889 + 25) / 3, 5);
    expect(found['health']).toBeCloseTo((83.3333333 + 50 + 50 + 44.4444444) / 4, 5);
  });
  test('its score and grade', () => {
    // .3 x 57.2917 + .25 x 56.9444 + .2 x 54.6296 + .25 x 71.4847
    expect(quality.score).toBeCloseTo(0.6022, 4);
    expect([quality.grade, quality.signal, quality.coverage]).toEqual(['C', 'HOLD', 1]);
    expect(quality.expectedReturn).toBeCloseTo(0.02044, 4);
  });
});

describe('a bank, worked by hand', () => {
  const year = (netIncome: number) => ({
    income: { totalRevenue: 3000, netIncome },
    balance: { totalAssets: 120000, totalStockholderEquity: 8000, commonStockSharesOutstanding: 1000 },
    cash: {},
  });
  const quality = qualityOf(
    company(yearsOf([year(900), year(800)]), { facts: facts({ sector: 'Financials', industry: 'Banks' }) }),
  );
  test('has a set of its own', () => {
    // 10,000: yield .09 -> 90, pb 1.25 -> 95; roe .1125 -> 56.25, roa .0075 -> 50, margin .3 -> 100; eps .125 -> 72.2222;
    // equity / assets .066667 -> 52.3810.
    const found = scoresOf(quality);
    expect(found['valuation']).toBeCloseTo(92.5, 6);
    expect(found['profitability']).toBeCloseTo((56.25 + 50 + 100) / 3, 6);
    expect(found['growth']).toBeCloseTo(72.2222222, 6);
    expect(found['health']).toBeCloseTo(52.3809524, 6);
    // .3 x 68.75 + .25 x 52.381 + .2 x 72.2222 + .25 x 92.5
    expect(quality.score).toBeCloseTo(0.712897, 5);
    expect([quality.kind, quality.grade, quality.signal]).toEqual(['bank', 'B', 'BUY']);
    expect(quality.categories.health.metrics.map(each => each.name)).toEqual(['equity_to_assets']);
  });
});

describe('a property trust, worked by hand', () => {
  const quality = qualityOf(
    company(
      yearsOf([
        {
          income: { totalRevenue: 1000, netIncome: 600, operatingIncome: 700, ebit: 700, interestExpense: -140 },
          balance: { totalAssets: 15000, totalStockholderEquity: 10000, shortLongTermDebtTotal: 4500 },
          cash: {},
        },
        { income: { totalRevenue: 950, netIncome: 550 }, balance: {}, cash: {} },
      ]),
      { facts: facts({ sector: 'Real Estate', industry: 'REIT - Retail' }) },
    ),
  );
  test('is valued by book and yield, and judged by debt to assets', () => {
    // pb 1 -> 76.9231, yield 0 -> 0; debt / assets .3 -> 75, cover 5 -> 44.4444.
    expect(quality.kind).toBe('reit');
    expect(quality.categories.valuation.score).toBeCloseTo(76.9230769 / 2, 6);
    expect(quality.categories.health.score).toBeCloseTo((75 + 44.4444444) / 2, 6);
  });
});

describe('abstention', () => {
  test('a category is unknown below half of its metrics', () => {
    const sparse = qualityOf(
      company([
        statement('income', 'year', '2025-06-30', { totalRevenue: 100, netIncome: 10 }),
        statement('balance', 'year', '2025-06-30', { totalAssets: 200, totalStockholderEquity: 100 }),
      ]),
    );
    expect(scoresOf(sparse)).toMatchObject({ growth: undefined, health: undefined });
    expect(sparse.categories.profitability.score).toBeDefined();
    expect(sparse).toMatchObject({ grade: undefined, score: undefined, signal: undefined, coverage: 0.55 });
    expect(sparse.abstained).toBe(
      'only 55% of the score is covered (80% is the least): missing ev ebitda, fcf yield, operating margin, revenue growth yoy, eps growth, revenue cagr 3y, debt to equity, current ratio, quick ratio, interest cover',
    );
    expect(missingMetrics(sparse).map(each => each.name)).toContain('interest_cover');
  });
  test('a fund, and nothing at all, say what they are', () => {
    const of = (shape: 'fund' | 'empty') => qualityOf(company([], { facts: facts({ shape }) })).abstained;
    expect(of('fund')).toBe('it is a fund, and has no fundamentals of its own');
    expect(of('empty')).toBe('the provider has no fundamentals of it');
  });
});

test('the weights of a set are those of its category: every set has every category that weighs', () => {
  for (const set of Object.values(metricRules)) {
    for (const rules of [set.valuation, set.profitability, set.growth, set.health]) {
      expect(rules.some(each => each.anchors !== undefined)).toBe(true);
    }
  }
});
