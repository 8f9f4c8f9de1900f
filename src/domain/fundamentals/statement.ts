/**
 * A company's statements as the provider tells them, and from when each counts.
 *
 * An income statement, a balance sheet or a cash flow of a year or of a shorter period, in the currency of its own. A
 * statement counts from its filing date. EODHD often has none for the ASX, or repeats the period's end in its place:
 * then a statement counts from the last day of the second month after the period's end, by which a listed company must
 * have lodged its reports (Listing Rules 4.2B and 4.3B), and is flagged. A backtest adds a week, because the provider is
 * about that late. Rule: what was not out on a day is not known on that day.
 *
 * Nought and nothing both stand for "not available" in what EODHD sends. A zero is taken as unknown only where a
 * half-yearly company has a flow of nought in an off quarter (`trailing`); a debt of nought is no debt.
 */
import { addDays, addMonths, daysInMonth, type LocalDate, localDate, partsOf } from '../date.ts';
import type { Code } from '../market/security.ts';

export const statementKinds = ['income', 'balance', 'cash-flow'] as const;
export type StatementKind = (typeof statementKinds)[number];
/** EODHD has two lists: one of years, one of quarters, in which a half-yearly company has its half-years. */
export type StatementPeriod = 'year' | 'quarter';

export type Statement = {
  readonly kind: StatementKind;
  readonly period: StatementPeriod;
  readonly endsOn: LocalDate;
  readonly filedOn?: LocalDate | undefined;
  /** ISO code of the currency of its amounts; undefined where it is not told. */
  readonly currency?: string | undefined;
  /** Amounts by EODHD's field name, as decimal text; what had no value is not in it. */
  readonly figures: Readonly<Record<string, string>>;
};

export type CompanyShape = 'company' | 'fund' | 'empty';

/** What is told of a company or fund beside its statements. */
export type CompanyFacts = {
  readonly code: Code;
  /** A fund has no statements of its own; `empty` is an answer with neither. */
  readonly shape: CompanyShape;
  readonly name?: string | undefined;
  /** EODHD's word for the kind of security: `Common Stock`, `ETF`. */
  readonly type?: string | undefined;
  /** GICS sector; where that is not told, the provider's own. */
  readonly sector?: string | undefined;
  /** GICS group and industry, or the provider's own industry: `Banks`, `REIT - Retail`. */
  readonly industry?: string | undefined;
  /** ISO code of the currency it trades in. */
  readonly currency?: string | undefined;
  readonly isin?: string | undefined;
  /** Units on issue, as decimal text. */
  readonly shares?: string | undefined;
  /** The provider's own earnings per share of years, by the year's last day, as decimal text. */
  readonly yearlyEps?: Readonly<Record<string, string>> | undefined;
};

/** What a provider tells of one security. */
export type Fundamentals = {
  readonly facts: CompanyFacts;
  readonly statements: readonly Statement[];
};

/** Days that a backtest waits after a statement was out: the provider has it about a week later. */
export const backtestLag = 7;

export type Available = { readonly on: LocalDate; readonly isAssumed: boolean };

/** From when a statement counts, and whether that day is assumed; `lag` days are added. */
export function availableFrom({ endsOn, filedOn }: Pick<Statement, 'endsOn' | 'filedOn'>, lag = 0): Available {
  const isAssumed = filedOn === undefined || filedOn <= endsOn;
  const on = isAssumed ? endOfMonthAfter(endsOn, 2) : filedOn;
  return { on: lag === 0 ? on : addDays(on, lag), isAssumed };
}

/** The last day of the month `months` after that of `date`: 30 June and 2 are 31 August. */
export function endOfMonthAfter(date: LocalDate, months: number): LocalDate {
  const { year, month } = partsOf(addMonths(localDate(partsOf(date).year, partsOf(date).month, 1), months));
  return localDate(year, month, daysInMonth(year, month));
}

/** An amount of a statement; undefined where it has none. */
export function amountOf(statement: Statement, field: string): number | undefined {
  const text = statement.figures[field];
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
