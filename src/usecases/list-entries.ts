/** The recorded entries, one by one: what was put in, in which portfolio, and the dollars each is about. */
import type { App } from '../app.ts';
import { readLedger } from '../db/ledger.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { readScope, type Scope } from '../db/scope.ts';
import { addDays, type LocalDate } from '../domain/date.ts';
import { cost, type Money, roundCents } from '../domain/decimal.ts';
import { unitsHeldBefore } from '../domain/ledger/dividend-match.ts';
import { type Entry, type EntryKind, namesCode } from '../domain/ledger/entry.ts';
import { entryAmount } from '../domain/ledger/entry-amount.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import type { Code } from '../domain/market/security.ts';

export type ListedEntry = {
  readonly entry: Entry;
  /** The portfolio's name. */
  readonly portfolio: string;
  /** Dollars paid or received; undefined where there are none, or they are unknown. */
  readonly amount: Money | undefined;
};

export type EntryFilter = {
  readonly portfolio?: string | undefined;
  readonly code?: Code | undefined;
  readonly kind?: EntryKind | undefined;
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
  /** The last ones by date. */
  readonly limit?: number | undefined;
};

export type EntryList = {
  readonly scope: Scope;
  /** Oldest first. */
  readonly rows: readonly ListedEntry[];
  /** Entries that fit, also those beyond the limit. */
  readonly count: number;
};

export function listEntries(app: App, filter: EntryFilter = {}): EntryList {
  const scope = readScope(app.db, filter.portfolio);
  const { entries, ledger } = readLedger(app.db, scope.portfolios);
  const fitting = entries.filter(entry => fits(entry, filter));
  const shown = filter.limit === undefined ? fitting : fitting.slice(-filter.limit);
  return { scope, rows: listed(shown, scope, ledger), count: fitting.length };
}

const fits = (entry: Entry, { code, kind, from, to }: EntryFilter): boolean =>
  (code === undefined || namesCode(entry, code)) &&
  (kind === undefined || entry.kind === kind) &&
  (from === undefined || entry.on >= from) &&
  (to === undefined || entry.on <= to);

function listed(entries: readonly Entry[], scope: Scope, ledger: Ledger): ListedEntry[] {
  const names = new Map(scope.portfolios.map(portfolio => [portfolio.id, portfolio.name]));
  const income = new Map(ledger.income.map(each => [each.entry, each.amount]));
  return entries.map(entry => ({
    entry,
    portfolio: names.get(entry.portfolio) ?? '',
    amount: income.get(entry.id) ?? returnedCapital(entry, ledger) ?? entryAmount(entry),
  }));
}

/** A return of capital is stated per unit; its dollars are those on the units held at the close of its record date. */
function returnedCapital(entry: Entry, { unitCloses }: Ledger): Money | undefined {
  if (entry.kind !== 'return-of-capital') return undefined;
  const own = unitCloses.filter(each => each.portfolio === entry.portfolio && each.code === entry.code);
  const closes = own.map(each => each.closes);
  return roundCents(cost(entry.perUnit, unitsHeldBefore(closes, addDays(entry.recordDate ?? entry.on, 1))));
}

/** The name of the portfolio that an entry is in. */
export const portfolioNameOf = (app: App, entry: Entry): string =>
  listPortfolios(app.db, { archived: true }).find(portfolio => portfolio.id === entry.portfolio)?.name ?? '';
