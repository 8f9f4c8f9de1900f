/** A company's statements in order, and the amounts that are read from one of them. */
import { type LocalDate, partsOf } from '../date.ts';
import { because, type Figure, named, nothing, told, worked } from './figure.ts';
import { amountOf, type Statement, type StatementKind, type StatementPeriod } from './statement.ts';

/** By kind and length, newest first. */
export type Books = Readonly<Record<StatementKind, Readonly<Record<StatementPeriod, readonly Statement[]>>>>;

export function booksOf(statements: readonly Statement[]): Books {
  const of = (kind: StatementKind) => {
    const own = statements.filter(each => each.kind === kind).sort((a, b) => (a.endsOn < b.endsOn ? 1 : -1));
    return {
      year: own.filter(each => each.period === 'year'),
      quarter: own.filter(each => each.period === 'quarter'),
    };
  };
  return { income: of('income'), balance: of('balance'), 'cash-flow': of('cash-flow') };
}

/** An amount of a statement: a field of it, or made of several. */
export type Item = {
  readonly name: string;
  readonly kind: StatementKind;
  readonly of: (statement: Statement) => Figure;
  /** A flow whose shorter periods are not to be trusted: the year's is taken. */
  readonly isYearly?: boolean;
};

/** The first of the fields that the statement has. */
function stated(name: string, statement: Statement, fields: readonly string[]): Figure {
  for (const field of fields) {
    const value = amountOf(statement, field);
    if (value !== undefined) return { ...told(name, 'money', value, field), from: { statement, field } };
  }
  return nothing(name, 'money', `${wordsOfStatement(statement)} has no ${fields[0] ?? name}`);
}

const statementWords: Readonly<Record<StatementKind, string>> = {
  income: 'income statement',
  balance: 'balance sheet',
  'cash-flow': 'cash flow',
};

export const wordsOfStatement = ({ kind, endsOn }: Pick<Statement, 'kind' | 'endsOn'>): string =>
  `the ${statementWords[kind]} to ${endsOn}`;

const item = (name: string, kind: StatementKind, ...fields: readonly string[]): Item => ({
  name,
  kind,
  of: statement => stated(name, statement, fields),
});

/** Earnings before interest, tax, depreciation and amortisation; where it is not told, made of what it is made of. */
const ebitda: Item = {
  name: 'ebitda',
  kind: 'income',
  of: statement => {
    const direct = stated('ebitda', statement, ['ebitda']);
    if (direct.value !== undefined) return direct;
    const parts = [
      stated('ebit', statement, ['ebit', 'operatingIncome']),
      stated('depreciation', statement, ['depreciationAndAmortization', 'reconciledDepreciation']),
    ];
    return worked('ebitda', 'money', 'ebit + depreciation', parts, (ebit, depreciation) => sum(ebit, depreciation));
  },
};

const sum = (...values: (number | undefined)[]): number => values.reduce<number>((all, each) => all + (each ?? 0), 0);

const freeCashFlow: Item = {
  name: 'freeCashFlow',
  kind: 'cash-flow',
  of: statement => {
    const operating = stated('operatingCash', statement, ['totalCashFromOperatingActivities']);
    const spent = stated('capitalExpenditures', statement, ['capitalExpenditures']);
    if (operating.value === undefined || spent.value === undefined) {
      return stated('freeCashFlow', statement, ['freeCashFlow']);
    }
    // EODHD tells what was spent with either sign.
    return worked(
      'freeCashFlow',
      'money',
      'operatingCash - abs(capitalExpenditures)',
      [operating, spent],
      (cash = 0, capital = 0) => cash - Math.abs(capital),
    );
  },
};

/** What bears interest, short and long; one that is not told beside one that is counts as none. */
const debt: Item = {
  name: 'debt',
  kind: 'balance',
  of: statement => {
    const whole = stated('debt', statement, ['shortLongTermDebtTotal']);
    if (whole.value !== undefined) return whole;
    const parts = [
      stated('shortTermDebt', statement, ['shortLongTermDebt', 'shortTermDebt']),
      stated('longTermDebt', statement, ['longTermDebt', 'longTermDebtTotal']),
    ].filter(part => part.value !== undefined);
    if (parts.length === 0) return nothing('debt', 'money', `${wordsOfStatement(statement)} has no debt in it`);
    return worked('debt', 'money', parts.map(part => part.name).join(' + '), parts, sum);
  },
};

const liquid: Item = {
  name: 'cash',
  kind: 'balance',
  of: statement => {
    const whole = stated('cash', statement, ['cashAndShortTermInvestments']);
    if (whole.value !== undefined) return whole;
    const parts = [
      stated('cashAlone', statement, ['cash', 'cashAndEquivalents']),
      stated('shortTermInvestments', statement, ['shortTermInvestments']),
    ].filter(part => part.value !== undefined);
    if (parts.length === 0) return nothing('cash', 'money', `${wordsOfStatement(statement)} has no cash in it`);
    return worked('cash', 'money', parts.map(part => part.name).join(' + '), parts, sum);
  },
};

export const items = {
  revenue: item('revenue', 'income', 'totalRevenue'),
  netIncome: item('netIncome', 'income', 'netIncomeApplicableToCommonShares', 'netIncome'),
  operatingIncome: item('operatingIncome', 'income', 'operatingIncome', 'ebit'),
  ebit: item('ebit', 'income', 'ebit', 'operatingIncome'),
  grossProfit: item('grossProfit', 'income', 'grossProfit'),
  interest: item('interest', 'income', 'interestExpense'),
  ebitda,
  freeCashFlow,
  operatingCash: item('operatingCash', 'cash-flow', 'totalCashFromOperatingActivities'),
  depreciation: item('depreciation', 'cash-flow', 'depreciation'),
  dividendsPaid: { ...item('dividendsPaid', 'cash-flow', 'dividendsPaid'), isYearly: true },
  equity: item('equity', 'balance', 'totalStockholderEquity', 'commonStockTotalEquity'),
  totalAssets: item('totalAssets', 'balance', 'totalAssets'),
  currentAssets: item('currentAssets', 'balance', 'totalCurrentAssets'),
  currentLiabilities: item('currentLiabilities', 'balance', 'totalCurrentLiabilities'),
  inventory: item('inventory', 'balance', 'inventory'),
  longTermDebt: item('longTermDebt', 'balance', 'longTermDebt', 'longTermDebtTotal'),
  shares: item('shares', 'balance', 'commonStockSharesOutstanding'),
  debt,
  cash: liquid,
} as const satisfies Record<string, Item>;

/** The statement of a kind and length that ends on a day, or in the same month. */
export const statementOn = (
  books: Books,
  kind: StatementKind,
  period: StatementPeriod,
  endsOn: LocalDate,
): Statement | undefined => books[kind][period].find(each => monthOf(each.endsOn) === monthOf(endsOn));

/** Months on one scale: years that end on 28 and on 29 February end in the same month. */
export function monthOf(date: LocalDate): number {
  const { year, month } = partsOf(date);
  return year * 12 + month - 1;
}

/** The newest statement of a kind, of whichever length, that has the item. */
export function newest(books: Books, wanted: Item): Statement | undefined {
  const all = [...books[wanted.kind].year, ...books[wanted.kind].quarter];
  let found: Statement | undefined;
  for (const each of all) {
    if ((found === undefined || each.endsOn > found.endsOn) && wanted.of(each).value !== undefined) found = each;
  }
  return found;
}

/** An item of a statement that may not be there. */
export const itemOf = (wanted: Item, statement: Statement | undefined, name: string, why: string): Figure =>
  statement === undefined ? told(name, 'money', because(why), why) : named(wanted.of(statement), name);
