/** Everything the console knows of one security: price, chart, what is held of it, its entries and dividends. */
import type { App } from '../app.ts';
import { dividendsOf } from '../db/dividends.ts';
import { codesOfEntries } from '../db/entries.ts';
import { readPrices } from '../db/known-prices.ts';
import { readLedger, recordedSplits, unitFactors } from '../db/ledger.ts';
import { type ChartBar, chartBars } from '../db/price-series.ts';
import { priceHistories } from '../db/prices.ts';
import { readScope } from '../db/scope.ts';
import { countSecurities, findSecurity } from '../db/securities.ts';
import { readOverrides } from '../db/trading-days.ts';
import { listWatched } from '../db/watchlist.ts';
import type { LocalDate } from '../domain/date.ts';
import { add, type Money, noMoney, type Price, ratio, subtract } from '../domain/decimal.ts';
import { type ParcelBooks, parcelBooks } from '../domain/explain/parcel.ts';
import { aheadWarnings } from '../domain/ledger/ahead.ts';
import { type DividendRow, matchDividends } from '../domain/ledger/dividend-match.ts';
import { type Entry, namesCode } from '../domain/ledger/entry.ts';
import type { IncomeReceived } from '../domain/ledger/fold.ts';
import { type Holding, valueHoldings } from '../domain/ledger/holding.ts';
import type { Parcel } from '../domain/ledger/parcel.ts';
import { type Freshness, freshness } from '../domain/market/age.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Code, Security } from '../domain/market/security.ts';
import { type ChartRange, rangeStart } from '../domain/returns/chart-range.ts';
import { discountEligibleFrom } from '../domain/tax/discount.ts';
import { Failure } from '../failure.ts';

/** An entry on the chart: bought, sold, or a dividend. */
export type ChartMark = { readonly date: LocalDate; readonly kind: 'buy' | 'sell' | 'dividend' };

export type PriceChart = {
  readonly code: Code;
  readonly range: ChartRange;
  /** Oldest first, in today's units. */
  readonly bars: readonly ChartBar[];
  /** The day of the last close that is stored, in the range or before it. */
  readonly lastOn: LocalDate | undefined;
  readonly marks: readonly ChartMark[];
};

export type ParcelRow = {
  readonly parcel: Parcel;
  /** Dollars per unit; undefined where the cost is unknown. */
  readonly perUnit: Price | undefined;
  readonly value: Money | undefined;
  readonly gain: Money | undefined;
  readonly gainPct: number | undefined;
  /** What it is valued at. */
  readonly price: KnownPrice | undefined;
  /** The first day on which a sale has the CGT discount. */
  readonly discountFrom: LocalDate;
};

export type SecurityView = {
  readonly code: Code;
  /** Undefined where the stored symbol list does not hold it. */
  readonly security: Security | undefined;
  /** Whether there is a stored symbol list at all. */
  readonly isListStored: boolean;
  readonly price: KnownPrice | undefined;
  readonly freshness: Freshness;
  readonly change: Price | undefined;
  readonly changePct: number | undefined;
  readonly holding: Holding | undefined;
  readonly parcels: readonly ParcelRow[];
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly income: readonly IncomeReceived[];
  readonly incomeTotal: Money;
  /** Declared dividends with what was due and what was recorded, newest first. */
  readonly dividends: readonly DividendRow[];
  readonly watched: boolean;
  readonly simulated: boolean;
};

export function viewSecurity(app: App, code: Code, question: { portfolio?: string | undefined } = {}): SecurityView {
  const { db } = app;
  const now = app.now();
  const scope = readScope(db, question.portfolio);
  const { entries, ledger } = readLedger(db, scope.portfolios);
  const prices = readPrices(db, [code], {
    now,
    unitFactors: unitFactors(entries, undefined),
    recordedSplits: recordedSplits(entries),
  });
  const price = prices.get(code);
  const security = findSecurity(db, code);
  const own = ledger.parcels.filter(parcel => parcel.code === code);
  const names = new Map(security ? [[code, security.name]] : []);
  const [holding] = valueHoldings(own, { prices, names, cash: undefined }).holdings;
  const change = price?.previousClose === undefined ? undefined : subtract(price.price, price.previousClose);
  const changeRatio = ratio(change, price?.previousClose);
  const income = ledger.income.filter(each => each.code === code).toReversed();
  return {
    code,
    security,
    isListStored: countSecurities(db) > 0,
    price,
    freshness: freshness(price?.stamp, now, readOverrides(db)),
    change,
    changePct: changeRatio === undefined ? undefined : changeRatio * 100,
    holding,
    parcels: own.map(parcel => parcelRow(parcel, price)),
    entries: entries.filter(entry => namesCode(entry, code)).toReversed(),
    income,
    incomeTotal: income.reduce((total, each) => add(total, each.amount), noMoney),
    dividends: matchDividends(
      dividendsOf(db, code),
      income,
      ledger.unitCloses.filter(each => each.code === code).map(each => each.closes),
    ),
    watched: listWatched(db).some(each => each.code === code),
    simulated: app.simulated,
  };
}

/** What a parcel is worth at a price, and when its discount begins. */
export function parcelRow(parcel: Parcel, price: KnownPrice | undefined): ParcelRow {
  const prices = new Map(price ? [[parcel.code, price]] : []);
  const [alone] = valueHoldings([parcel], { prices, names: new Map(), cash: undefined }).holdings;
  return {
    parcel,
    perUnit: alone?.averageCost,
    value: alone?.value,
    gain: alone?.gain,
    gainPct: alone?.gainPct,
    price,
    discountFrom: discountEligibleFrom(parcel.acquiredOn),
  };
}

const markKinds: Partial<Record<Entry['kind'], ChartMark['kind']>> = {
  buy: 'buy',
  drp: 'buy',
  sell: 'sell',
  dividend: 'dividend',
  distribution: 'dividend',
};

/** The price chart of a range, with what was traded in it. */
export function viewChart(
  app: App,
  code: Code,
  question: { range: ChartRange; portfolio?: string | undefined },
): PriceChart {
  const from = rangeStart(question.range, app.today());
  const scope = readScope(app.db, question.portfolio);
  const { entries } = readLedger(app.db, scope.portfolios);
  const marks = entries.flatMap(entry => {
    const kind = markKinds[entry.kind];
    return entry.code === code && kind !== undefined && entry.on >= from ? [{ date: entry.on, kind }] : [];
  });
  const lastOn = priceHistories(app.db, [code]).get(code)?.lastDate;
  return { code, range: question.range, bars: chartBars(app.db, code, from), lastOn, marks };
}

/** Throws where a code is neither in the stored symbol list nor anywhere else in the data; an empty list decides nothing. */
export function refuseUnknownCode({ db }: App, code: Code): void {
  if (countSecurities(db) === 0 || findSecurity(db, code) !== undefined) return;
  if (priceHistories(db, [code]).size > 0 || codesOfEntries(db).includes(code)) return;
  throw new Failure('not-found', `There is no ASX code "${code}" in the stored symbol list`, {
    hint: `Find it by name: asxos search TEXT; a new one comes with: asxos refresh.`,
  });
}

/** The open parcels, of one code or of all, with what each is worth and when its discount begins. */
export function viewParcels(
  app: App,
  question: { code?: Code | undefined; portfolio?: string | undefined; asOf?: LocalDate | undefined },
): { readonly rows: readonly ParcelRow[]; readonly books: ParcelBooks; readonly warnings: readonly string[] } {
  const scope = readScope(app.db, question.portfolio);
  const { entries, ledger } = readLedger(app.db, scope.portfolios, { asOf: question.asOf });
  const parcels = ledger.parcels.filter(parcel => question.code === undefined || parcel.code === question.code);
  const codes = new Set(parcels.map(parcel => parcel.code));
  const past = question.asOf !== undefined && question.asOf < app.today() ? question.asOf : undefined;
  const factors = unitFactors(entries, question.asOf);
  const prices = readPrices(app.db, codes, {
    now: app.now(),
    asOf: past,
    unitFactors: factors,
    recordedSplits: recordedSplits(entries),
  });
  const sorted = parcels.toSorted((a, b) =>
    a.code < b.code ? -1 : a.code > b.code ? 1 : a.acquiredOn < b.acquiredOn ? -1 : 1,
  );
  return {
    rows: sorted.map(parcel => parcelRow(parcel, prices.get(parcel.code))),
    books: parcelBooks(entries, scope.portfolios, question.asOf),
    warnings: [
      ...ledger.problems.map(problem => `An entry has no effect: ${problem.message}`),
      ...(question.asOf === undefined ? aheadWarnings(entries, app.today()) : []),
    ],
  };
}
