/** The holdings of one portfolio or of all, valued now or on a past day, as they are or as they were recorded then. */
import type { App } from '../app.ts';
import { readPrices } from '../db/known-prices.ts';
import { readLedger, recordedSplits, unitFactors } from '../db/ledger.ts';
import { readScope, type Scope } from '../db/scope.ts';
import { securitiesOf } from '../db/securities.ts';
import { readShortSignals } from '../db/short-signals.ts';
import { splitsOf } from '../db/splits.ts';
import { readOverrides } from '../db/trading-days.ts';
import { addDays, daysBetween, earlier, type Instant, type LocalDate } from '../domain/date.ts';
import { plain, toFloat } from '../domain/decimal.ts';
import { aheadWarnings } from '../domain/ledger/ahead.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { type Holding, type HoldingTotals, valueHoldings } from '../domain/ledger/holding.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import { returnedByCode } from '../domain/ledger/returned.ts';
import { type Freshness, freshness, latestCloseDue } from '../domain/market/age.ts';
import { latestSession, previousTradingDay } from '../domain/market/calendar.ts';
import { calendarHorizon } from '../domain/market/holidays.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Code } from '../domain/market/security.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';

export type PortfolioView = {
  readonly scope: Scope;
  readonly asOf: LocalDate;
  /** The session that the day changes are of. */
  readonly sessionDay: LocalDate;
  readonly holdings: readonly Holding[];
  readonly totals: HoldingTotals;
  /** What was last said of each by that day. */
  readonly signals: ReadonlyMap<Code, ShortSignal>;
  /** Of the newest price used. */
  readonly freshness: Freshness;
  /** Holdings with both a price and a known cost as a fraction of all; 1 when there are none. */
  readonly coverage: number;
  readonly warnings: readonly string[];
  readonly simulated: boolean;
  readonly ledger: Ledger;
  readonly entries: readonly Entry[];
  /** The day up to which entries count; undefined where all do. */
  readonly upTo: LocalDate | undefined;
};

export type PortfolioQuestion = {
  readonly portfolio?: string | undefined;
  readonly asOf?: LocalDate | undefined;
  readonly knownAt?: Instant | undefined;
};

export function viewPortfolio(app: App, question: PortfolioQuestion = {}): PortfolioView {
  const { db } = app;
  const now = app.now();
  const today = app.today();
  const asOf = question.asOf ?? today;
  const overrides = readOverrides(db);
  const scope = readScope(db, question.portfolio);
  const { entries, ledger } = readLedger(db, scope.portfolios, question);
  const codes = new Set(ledger.parcels.map(parcel => parcel.code));
  const prices = readPrices(db, codes, {
    now,
    asOf: asOf < today ? asOf : undefined,
    unitFactors: unitFactors(entries, question.asOf),
    recordedSplits: recordedSplits(entries),
  });
  const securities = securitiesOf(db, codes);
  const names = new Map([...securities].map(([code, security]) => [code, security.name]));
  const hasCash = scope.portfolios.some(portfolio => portfolio.cashAccount);
  const cash = hasCash ? cashOf(app, scope, question, ledger) : undefined;
  const { holdings, totals } = valueHoldings(ledger.parcels, {
    prices,
    names,
    cash,
    returned: returnedByCode(ledger, entries),
  });
  const complete = holdings.filter(row => row.value !== undefined && row.costBase !== undefined).length;
  return {
    scope,
    asOf,
    sessionDay: asOf < today ? previousTradingDay(addDays(asOf, 1), overrides) : latestSession(now, overrides),
    holdings,
    totals,
    signals: readShortSignals(db, codes, { closed: asOf < today ? asOf : latestCloseDue(now, overrides), overrides }),
    freshness: freshness(newest(prices)?.stamp, now, overrides),
    coverage: holdings.length === 0 ? 1 : complete / holdings.length,
    warnings: [
      ...ledgerWarnings(ledger),
      ...(question.asOf === undefined ? aheadWarnings(entries, today) : []),
      ...(asOf > today
        ? [`${asOf} is after today (${today}): units as recorded up to then, at the prices there are today`]
        : []),
      ...priceWarnings(holdings, totals),
      ...delistedWarnings(holdings, securities),
      ...missingActions(app, holdings, entries, asOf),
      ...calendarWarnings(asOf),
    ],
    simulated: app.simulated,
    ledger,
    entries,
    upTo: question.asOf,
  };
}

/** The balance of those portfolios that keep a cash account. */
function cashOf(app: App, scope: Scope, options: PortfolioQuestion, whole: Ledger) {
  const keeping = scope.portfolios.filter(portfolio => portfolio.cashAccount);
  return keeping.length === scope.portfolios.length ? whole.cash : readLedger(app.db, keeping, options).ledger.cash;
}

const newest = (prices: ReadonlyMap<Code, KnownPrice>): KnownPrice | undefined =>
  [...prices.values()].reduce<KnownPrice | undefined>(
    (best, each) => (best === undefined || each.on >= best.on ? each : best),
    undefined,
  );

const list = (codes: readonly string[]): string => {
  const shown = codes.slice(0, 5).join(', ');
  return codes.length > 5 ? `${shown} and ${codes.length - 5} more` : shown;
};

const ledgerWarnings = (ledger: Ledger): string[] =>
  ledger.problems.map(problem => `An entry has no effect: ${problem.message}`);

function priceWarnings(holdings: readonly Holding[], totals: HoldingTotals): string[] {
  const warnings: string[] = [];
  const unpriced = holdings.filter(row => row.price === undefined).map(row => row.code);
  const count = totals.priced + totals.unpriced;
  if (unpriced.length > 0)
    warnings.push(`${unpriced.length} of ${count} unpriced: ${list(unpriced)}; run asxos refresh`);
  const unknown = holdings.filter(row => row.costBase === undefined).map(row => row.code);
  if (unknown.length > 0)
    warnings.push(`${unknown.length} of ${count} with a parcel of unknown cost: ${list(unknown)}`);
  for (const row of holdings) if (row.price?.reason !== undefined) warnings.push(`${row.code}: ${row.price.reason}`);
  return warnings;
}

/** What has left the exchange keeps its last price for ever: a sale, a takeover or a write-off is to be recorded. */
const delistedWarnings = (
  holdings: readonly Holding[],
  securities: ReadonlyMap<Code, { readonly listed: boolean }>,
): string[] =>
  holdings
    .filter(row => securities.get(row.code)?.listed === false)
    .map(row => {
      const price = row.price === undefined ? 'and has no price' : `and is valued at its price of ${row.price.on}`;
      return `${row.code}: no longer on the exchange's list, ${price}; record what became of it`;
    });

/** A split or consolidation that the market had and the ledger has not makes a holding's value wrong by its ratio. */
function missingActions(app: App, holdings: readonly Holding[], entries: readonly Entry[], asOf: LocalDate): string[] {
  return holdings.flatMap(row => {
    const splits = splitsOf(app.db, row.code).filter(
      split => split.date <= asOf && isUnitChange(toFloat(split.newUnits), toFloat(split.oldUnits)),
    );
    if (splits.length === 0) return [];
    const since = heldSince(row, entries, asOf);
    return splits
      .filter(split => split.date > since)
      .filter(split => !entries.some(entry => entry.code === row.code && isSameAction(entry, split.date)))
      .map(split => {
        const kind = split.newUnits.gt(split.oldUnits) ? 'split' : 'consolidation';
        const ratio = `${plain(split.newUnits)}:${plain(split.oldUnits)}`;
        return `${row.code}: a ${kind} of ${ratio} on ${split.date} is not recorded; add it: asxos add "${kind} ${row.code} ${ratio} on ${split.date}"`;
      });
  });
}

/** Not the acquisition date: a parcel that was brought in later came in the units of that later day. */
function heldSince(row: Holding, entries: readonly Entry[], asOf: LocalDate): LocalDate {
  const enteredOn = new Map(entries.map(entry => [entry.id, entry.on]));
  return row.parcels.reduce((first, parcel) => earlier(first, enteredOn.get(parcel.id) ?? parcel.acquiredOn), asOf);
}

const isSameAction = (entry: Entry, date: LocalDate): boolean => {
  if (entry.kind !== 'split' && entry.kind !== 'consolidation' && entry.kind !== 'bonus') return false;
  const days = Math.abs(daysBetween(entry.on, date));
  return days <= 10;
};

/** Ratios near one, or with odd digits, adjust prices for rights and bonuses; 2:1, 3:2 and 1:10 change units. */
function isUnitChange(newUnits: number, oldUnits: number): boolean {
  if (!Number.isInteger(newUnits) || !Number.isInteger(oldUnits)) return false;
  const shared = commonDivisor(newUnits, oldUnits);
  return newUnits !== oldUnits && Math.min(newUnits, oldUnits) / shared <= 10;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

const calendarWarnings = (asOf: LocalDate): string[] =>
  asOf > calendarHorizon
    ? [`The trading calendar ends on ${calendarHorizon}; later days follow the holiday rule and are a guess`]
    : [];
