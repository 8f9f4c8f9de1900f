import { expect, test } from 'vitest';
import { piotroskiOf } from '../../../src/domain/fundamentals/piotroski.ts';
import { company, statement } from './company-tables.ts';

const year = (
  end: string,
  [netIncome, revenue, gross, cash]: number[],
  [assets, current, due, debt, shares]: number[],
) => [
  statement('income', 'year', end, { netIncome, totalRevenue: revenue, grossProfit: gross } as Record<string, number>),
  statement('cash-flow', 'year', end, { totalCashFromOperatingActivities: cash } as Record<string, number>),
  statement('balance', 'year', end, {
    totalAssets: assets,
    totalCurrentAssets: current,
    totalCurrentLiabilities: due,
    longTermDebt: debt,
    commonStockSharesOutstanding: shares,
  } as Record<string, number>),
];
const before = year('2023-06-30', [50, 900, 300, 60], [1000, 300, 200, 400, 100]);
const last = year('2024-06-30', [60, 1000, 340, 80], [1000, 320, 200, 400, 100]);

test('nine of nine', () => {
  // 80 of 1,000 against 60 of 1,000; 380 of 1,050 against 400 of 1,000; 1.7 against 1.6; 36% against 34%; 1.1 against 1.0
  const now = year('2025-06-30', [80, 1100, 396, 95], [1100, 340, 200, 380, 100]);
  const { score, tests } = piotroskiOf(company([...now, ...last, ...before]));
  expect(tests.filter(each => each.passed !== true)).toEqual([]);
  expect(score).toBe(9);
  const roa = tests.find(each => each.name === 'roa_up');
  expect(roa?.inputs.map(input => input.value)).toEqual([0.08, 0.06]);
  const debt = tests.find(each => each.name === 'debt_down');
  expect(debt?.inputs.map(input => input.value)).toEqual([380 / 1050, 0.4]);
});

test('none of nine', () => {
  const now = year('2025-06-30', [-80, 900, 270, -95], [1000, 300, 200, 500, 110]);
  const { score, tests } = piotroskiOf(company([...now, ...last, ...before]));
  expect(tests.filter(each => each.passed !== false).map(each => each.name)).toEqual([]);
  expect(score).toBe(0);
});

test('a test whose figures are missing is not made, and says what is missing', () => {
  const now = year('2025-06-30', [80, 1100, 396, 95], [1100, 340, 200, 380, 100]);
  const { score, passed, known, tests } = piotroskiOf(company([...now, ...last]));
  expect(score).toBeUndefined();
  expect([passed, known]).toEqual([6, 6]);
  expect(tests.filter(each => each.passed === undefined).map(each => [each.name, each.unknown])).toEqual([
    ['roa_up', 'there is no balance sheet to 2023-06-30'],
    ['debt_down', 'there is no balance sheet to 2023-06-30'],
    ['turnover_up', 'there is no balance sheet to 2023-06-30'],
  ]);
});
