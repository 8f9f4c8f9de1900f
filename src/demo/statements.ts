/**
 * The statements of a simulated company: full years and half-years, five years of them, those alone that are filed.
 *
 * A half has about half of the year, and the two add up to it. Amounts depend on the code and the year alone, so a
 * statement never changes; `now` decides only which are out. The off quarters of a half-yearly company are noughts or
 * missing, and some companies' filing dates repeat the period's end, as EODHD has it.
 */
import { addDays, addMonths, daysBetween, daysInMonth, type LocalDate, localDate, partsOf } from '../domain/date.ts';
import { hash, randomFrom } from '../domain/random.ts';
import { type CompanyPlan, planDate } from './company-plan.ts';

const yearsTold = 5;
/** Amounts in US dollars: what an Australian dollar is about. */
export const usualRate = 0.66;

export type StatementRow = Readonly<Record<string, string | null>>;
/** By EODHD's names; each keyed by the period's end, newest first. */
export type StatementLists = Readonly<
  Record<
    'Balance_Sheet' | 'Cash_Flow' | 'Income_Statement',
    { readonly yearly: Record<string, StatementRow>; readonly quarterly: Record<string, StatementRow> }
  >
>;

type Amounts = Readonly<Record<string, number>>;

/** The company at the end of a period, and what flowed in it: all of it in Australian dollars. */
function amountsOf(plan: CompanyPlan, code: string, year: number, end: LocalDate, part: 'year' | 'first' | 'second') {
  const random = randomFrom(hash(`${code} year ${year}`));
  const swing = 1 + (random() - 0.5) * 0.24;
  const revenueSwing = 1 + (random() - 0.5) * 0.08;
  const firstShare = 0.46 + random() * 0.08;
  const years = daysBetween(planDate, end) / 365.25;
  const share = part === 'year' ? 1 : part === 'first' ? firstShare : 1 - firstShare;
  // The flows of a year are those up to its own end, whichever half is asked for.
  const yearEnd = part === 'first' ? addMonths(end, 6) : end;
  const growing = Math.exp(plan.growth.revenue * (daysBetween(planDate, yearEnd) / 365.25));
  const earning = Math.exp(plan.growth.earnings * (daysBetween(planDate, yearEnd) / 365.25));
  const standing = Math.exp(plan.growth.revenue * years);
  const { base } = plan;
  const revenue = base.revenue * growing * revenueSwing * share;
  const netIncome = base.netIncome * earning * swing * share;
  const interest = base.debt * standing * plan.interestRate * share;
  // A trust leaves the tax to those it pays.
  const beforeTax = netIncome > 0 && plan.form !== 'property trust' ? netIncome / 0.7 : netIncome;
  const ebit = beforeTax + interest;
  const depreciation = Math.abs(revenue) * 0.05;
  const operatingCash = (netIncome + depreciation) * (netIncome > 0 ? plan.cashConversion : 1);
  const capital = Math.max(depreciation, Math.abs(operatingCash)) * plan.capitalShare;
  const assets = base.assets * standing;
  const equity = base.equity * standing;
  const currentLiabilities = Math.max(0.05 * assets, (assets - equity) * 0.3);
  const currentAssets = Math.min(currentLiabilities * plan.liquidity, assets * 0.8);
  const debt = base.debt * standing;
  const shares = plan.shares * (1 + plan.issuesAYear) ** years;
  const income: Amounts = {
    totalRevenue: revenue,
    grossProfit: revenue * plan.grossMargin,
    costOfRevenue: revenue * (1 - plan.grossMargin),
    operatingIncome: ebit,
    ebit,
    ebitda: ebit + depreciation,
    depreciationAndAmortization: depreciation,
    interestExpense: interest,
    incomeBeforeTax: beforeTax,
    incomeTaxExpense: beforeTax - netIncome,
    netIncome,
    netIncomeApplicableToCommonShares: netIncome,
  };
  const balance: Amounts = {
    totalAssets: assets,
    totalLiab: assets - equity,
    totalStockholderEquity: equity,
    cash: currentAssets * 0.4,
    netReceivables: currentAssets * 0.3,
    inventory: currentAssets * 0.2,
    totalCurrentAssets: currentAssets,
    totalCurrentLiabilities: currentLiabilities,
    shortTermDebt: debt * 0.15,
    longTermDebt: debt * 0.85,
    shortLongTermDebtTotal: debt,
    commonStockSharesOutstanding: shares,
  };
  const cash: Amounts = {
    netIncome,
    depreciation,
    totalCashFromOperatingActivities: operatingCash,
    capitalExpenditures: -capital,
    freeCashFlow: operatingCash - capital,
    dividendsPaid: -base.dividends * standing * share,
  };
  return { income, balance, cash };
}

/** What banks and insurers do not have. */
const notOfBanks: ReadonlySet<string> = new Set([
  'grossProfit',
  'costOfRevenue',
  'ebitda',
  'inventory',
  'totalCurrentAssets',
  'totalCurrentLiabilities',
]);
/** All that a sparse company tells. */
const totals: ReadonlySet<string> = new Set(['totalRevenue', 'netIncome', 'totalAssets', 'totalStockholderEquity']);

/** Units are those of the day, before a split fewer; amounts are in the company's currency. */
function row(amounts: Amounts, plan: CompanyPlan, end: LocalDate, filed: LocalDate, unitsRatio: number): StatementRow {
  const rate = plan.currency === 'USD' ? usualRate : 1;
  const isBank = plan.form === 'bank' || plan.form === 'insurer';
  const written = Object.entries(amounts).map(([name, amount]): [string, string | null] => {
    const isLeftOut = (isBank && notOfBanks.has(name)) || (plan.told === 'few' && !totals.has(name));
    const value = name === 'commonStockSharesOutstanding' ? amount / unitsRatio : amount * rate;
    return [name, isLeftOut ? null : `${Math.round(value / 1000) * 1000}.00`];
  });
  return {
    date: end,
    filing_date: plan.isFilingTold ? filed : end,
    currency_symbol: plan.currency,
    ...Object.fromEntries(written),
  };
}

const nought = (rows: StatementRow, end: LocalDate): StatementRow =>
  Object.fromEntries(
    Object.entries(rows).map(([name, value]) => [
      name,
      name === 'date' || name === 'filing_date' ? end : name === 'currency_symbol' || value === null ? value : '0.00',
    ]),
  );

/** When it is filed: six to eight weeks after the period's end. */
const filedAfter = (code: string, end: LocalDate): LocalDate => addDays(end, 42 + (hash(`${code} filed ${end}`) % 16));

/** `unitsSince` is by how much a later split has multiplied the units of a day. */
export function statementsOf(
  code: string,
  plan: CompanyPlan,
  today: LocalDate,
  unitsSince: (date: LocalDate) => number,
): StatementLists {
  const lists: StatementLists = {
    Balance_Sheet: { yearly: {}, quarterly: {} },
    Cash_Flow: { yearly: {}, quarterly: {} },
    Income_Statement: { yearly: {}, quarterly: {} },
  };
  if (plan.told === 'none') return lists;
  const hasNoughts = hash(`${code} off quarters`) % 3 === 0;
  const add = (year: number, end: LocalDate, part: 'year' | 'first' | 'second', list: 'yearly' | 'quarterly'): void => {
    const filed = filedAfter(code, end);
    if (filed > today) return;
    const { income, balance, cash } = amountsOf(plan, code, year, end, part);
    const of = (amounts: Amounts): StatementRow => row(amounts, plan, end, filed, unitsSince(end));
    lists.Income_Statement[list][end] = of(income);
    lists.Balance_Sheet[list][end] = of(balance);
    lists.Cash_Flow[list][end] = of(cash);
    if (list === 'yearly' || !hasNoughts) return;
    const off = monthEnd(addMonths(end, -3));
    lists.Income_Statement.quarterly[off] = nought(of(income), off);
    lists.Cash_Flow.quarterly[off] = nought(of(cash), off);
  };
  const newest = partsOf(today).year + 1;
  for (let year = newest; year > newest - yearsTold - 2; year -= 1) {
    const end = monthEnd(localDate(year, plan.yearEnd, 1));
    if (filedAfter(code, end) <= addMonths(today, -12 * yearsTold)) continue;
    add(year, end, 'year', 'yearly');
    if (plan.told === 'few') continue;
    add(year, end, 'second', 'quarterly');
    add(year, monthEnd(addMonths(end, -6)), 'first', 'quarterly');
  }
  return lists;
}

function monthEnd(date: LocalDate): LocalDate {
  const { year, month } = partsOf(date);
  return localDate(year, month, daysInMonth(year, month));
}
