/**
 * Fundamentals: what a company or fund is, and its statements; or the members of an index.
 *
 * The shapes differ by what is asked for: a company has `Financials`, a fund `ETF_Data`, an index `Components`; some
 * answers are `{}`. Amounts are texts with two decimals or null, days may be `"0000-00-00"`, lists are objects keyed
 * `"0"`, `"1"` or by date and become `[]` when empty. A statement whose day cannot be read is dropped and counted.
 */
import { z } from 'zod';
import { isLocalDate, type LocalDate } from '../domain/date.ts';
import { type Decimal, isPositive, isZero, plain } from '../domain/decimal.ts';
import type {
  CompanyFacts,
  CompanyShape,
  Fundamentals,
  Statement,
  StatementKind,
  StatementPeriod,
} from '../domain/fundamentals/statement.ts';
import { type Code, readCode } from '../domain/market/security.ts';
import { readDay, readList, readNumber, readText } from './responses.ts';

const object = z.record(z.string(), z.unknown()).catch({});
const answer = z.object({
  General: object,
  SharesStats: object,
  ETF_Data: z.unknown().optional(),
  Earnings: object,
  Financials: object,
  Components: z.unknown().optional(),
});
type Answer = z.infer<typeof answer>;

export type FundamentalsAnswer = Fundamentals & {
  /** Statements that could not be read. */
  readonly dropped: number;
};

/** GICS, where it is told; else the provider's own words for much the same. */
const sectors: Readonly<Record<string, string>> = {
  'Financial Services': 'Financials',
  'Basic Materials': 'Materials',
  Healthcare: 'Health Care',
  Technology: 'Information Technology',
  'Consumer Cyclical': 'Consumer Discretionary',
  'Consumer Defensive': 'Consumer Staples',
};

function shapeOf({ General, ETF_Data, Financials }: Answer): CompanyShape {
  const type = readText(General['Type'])?.toLowerCase() ?? '';
  if (ETF_Data !== undefined || /^(etf|fund|mutual fund)$/.test(type)) return 'fund';
  return Object.keys(General).length > 0 || Object.keys(Financials).length > 0 ? 'company' : 'empty';
}

const currency = /^[A-Z]{3}$/;
/** EODHD's currencies are ISO codes, but for pence and their like. */
const readCurrency = (value: unknown): string | undefined => {
  const text = readText(value);
  return text !== undefined && currency.test(text) ? text : undefined;
};

const text = (value: Decimal | undefined): string | undefined => (value === undefined ? undefined : plain(value));

function factsOf(code: Code, sent: Answer): CompanyFacts {
  const { General, SharesStats, Earnings } = sent;
  const shares = readNumber(SharesStats['SharesOutstanding']);
  const own = readText(General['Sector']);
  const gics = [readText(General['GicGroup']), readText(General['GicIndustry'])].filter(each => each !== undefined);
  const isin = readText(General['ISIN']);
  const yearlyEps = yearlyEpsOf(Earnings['Annual']);
  return withoutUnknown({
    code,
    shape: shapeOf(sent),
    name: readText(General['Name']),
    type: readText(General['Type']),
    sector: readText(General['GicSector']) ?? (own === undefined ? undefined : (sectors[own] ?? own)),
    industry: gics.length > 0 ? [...new Set(gics)].join(', ') : readText(General['Industry']),
    currency: readCurrency(General['CurrencyCode']),
    isin,
    shares: shares !== undefined && isPositive(shares) ? plain(shares) : undefined,
    yearlyEps,
  });
}

/** A nought stands for a year that has not been told. */
function yearlyEpsOf(value: unknown): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const row of readList(value ?? []) ?? []) {
    const { date, epsActual } = object.parse(row);
    const on = readDay(date);
    const eps = readNumber(epsActual);
    if (on !== undefined && eps !== undefined && !isZero(eps)) found[on] = plain(eps);
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

const withoutUnknown = (facts: CompanyFacts): CompanyFacts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as CompanyFacts;

const sections: readonly (readonly [name: string, kind: StatementKind])[] = [
  ['Income_Statement', 'income'],
  ['Balance_Sheet', 'balance'],
  ['Cash_Flow', 'cash-flow'],
];
const periods: readonly (readonly [name: string, period: StatementPeriod])[] = [
  ['yearly', 'year'],
  ['quarterly', 'quarter'],
];
const notAmounts: ReadonlySet<string> = new Set(['date', 'filing_date', 'currency_symbol']);

function figuresOf(row: Readonly<Record<string, unknown>>): Record<string, string> {
  const figures: Record<string, string> = {};
  for (const [name, value] of Object.entries(row)) {
    if (notAmounts.has(name)) continue;
    const amount = text(readNumber(value));
    if (amount !== undefined) figures[name] = amount;
  }
  return figures;
}

function statementsOf(Financials: Readonly<Record<string, unknown>>): { statements: Statement[]; dropped: number } {
  const found = new Map<string, Statement>();
  let sent = 0;
  for (const [section, kind] of sections) {
    const lists = object.parse(Financials[section] ?? {});
    const usual = readCurrency(lists['currency_symbol']);
    for (const [list, period] of periods) {
      for (const [key, value] of Object.entries(object.parse(lists[list] ?? {}))) {
        sent += 1;
        const row = object.parse(value);
        const endsOn = readDay(row['date']) ?? readDay(key);
        const figures = figuresOf(row);
        if (endsOn === undefined || Object.keys(figures).length === 0) continue;
        const statement = { kind, period, endsOn, figures };
        found.set(`${kind} ${period} ${endsOn}`, {
          ...statement,
          filedOn: filedOf(row['filing_date']),
          currency: readCurrency(row['currency_symbol']) ?? usual,
        });
      }
    }
  }
  return { statements: [...found.values()], dropped: sent - found.size };
}

const filedOf = (value: unknown): LocalDate | undefined => {
  const day = readDay(value);
  return day !== undefined && isLocalDate(day) ? day : undefined;
};

/** Undefined when the answer is not shaped like fundamentals; `{}` and `[]` are those of nothing. */
export function fundamentalsOf(code: Code, json: unknown): FundamentalsAnswer | undefined {
  const read = answer.safeParse(Array.isArray(json) && json.length === 0 ? {} : json);
  if (!read.success) return undefined;
  return { facts: factsOf(code, read.data), ...statementsOf(read.data.Financials) };
}

/** Whether an answer names another security than the one that was asked for; one that names none is believed. */
export function isOfAnother(code: Code, json: unknown): boolean {
  const read = answer.safeParse(json);
  const name = read.success ? readText(read.data.General['Code']) : undefined;
  const told = name === undefined ? undefined : readCode(name);
  return told !== undefined && told !== code;
}

/** The ASX codes of an index's members; undefined when the answer has none. */
export function membersOf(json: unknown): Code[] | undefined {
  const read = answer.safeParse(json);
  const rows = read.success ? readList(read.data.Components ?? []) : undefined;
  if (rows === undefined || rows.length === 0) return undefined;
  const codes = rows.flatMap(row => {
    const { Code: name, Exchange } = object.parse(row);
    const code = typeof name === 'string' ? readCode(name) : undefined;
    return code === undefined || (readText(Exchange) ?? 'AU') !== 'AU' ? [] : code;
  });
  return [...new Set(codes)].sort();
}
