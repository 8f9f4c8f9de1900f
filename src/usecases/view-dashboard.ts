/** The Dashboard: how much, how it moved, what needs attention. */
import type { App } from '../app.ts';
import { readAsked } from '../db/asked.ts';
import { dividendsOf } from '../db/dividends.ts';
import { readLedger, unitFactors } from '../db/ledger.ts';
import { countNotifications, listNotifications } from '../db/notifications.ts';
import { keptCredits, readOpenFranking } from '../db/owner-franking.ts';
import { tradedCloses } from '../db/price-series.ts';
import { readScope } from '../db/scope.ts';
import { readOverrides } from '../db/trading-days.ts';
import type { Notification } from '../domain/alerts/notification.ts';
import { addDays, daysBetween, financialYear, type LocalDate } from '../domain/date.ts';
import {
  add,
  cost,
  isPositive,
  type Money,
  noMoney,
  noUnits,
  roundCents,
  toFloat,
  type Units,
} from '../domain/decimal.ts';
import { countAhead } from '../domain/ledger/ahead.ts';
import { unitsHeldBefore } from '../domain/ledger/dividend-match.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { IncomeReceived } from '../domain/ledger/fold.ts';
import type { Holding } from '../domain/ledger/holding.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { tradingDays } from '../domain/market/calendar.ts';
import { isHistoryDue } from '../domain/market/due.ts';
import type { DeclaredDividend } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { type ChartRange, rangeStart } from '../domain/returns/chart-range.ts';
import { type SeriesHolding, type ValueSeries, valueSeries } from '../domain/returns/value-series.ts';
import { discountEligibleFrom } from '../domain/tax/discount.ts';

/** One thing to look at; the skins put it in words. */
export type Need =
  /** Entries dated after today, which the holdings count already. */
  | { readonly kind: 'ahead'; readonly count: number }
  /** Stale is what a refresh may mend; quiet is what it was asked for and brought nothing newer. */
  | {
      readonly kind: 'unpriced' | 'stale' | 'quiet';
      readonly codes: readonly Code[];
      readonly since: LocalDate | undefined;
    }
  | {
      readonly kind: 'discount';
      readonly code: Code;
      readonly units: Units;
      readonly on: LocalDate;
      readonly days: number;
    }
  | {
      readonly kind: 'ex-dividend';
      readonly code: Code;
      readonly on: LocalDate;
      readonly days: number;
      /** Undefined where it is declared in another currency. */
      readonly amount: Money | undefined;
    }
  | {
      /** A sale before `on` would lose these franking credits, under the holding period rule. */
      readonly kind: 'franking';
      readonly code: Code;
      readonly units: Units;
      readonly on: LocalDate;
      readonly days: number;
      readonly credits: Money;
    }
  | { readonly kind: 'notification'; readonly notification: Notification };

export type IncomeSummary = {
  readonly financialYear: number;
  readonly received: Money;
  /** Franking credits of the year's income; undefined where the franking of all of it is unknown. */
  readonly franking: Money | undefined;
  /** How many payments of the year have unknown franking. */
  readonly unknownFranking: number;
  /** The next declared payment on what was held before its ex-date. */
  readonly next: { readonly code: Code; readonly on: LocalDate; readonly amount: Money } | undefined;
};

export type DashboardExtras = {
  /** Holdings by the size of the session's move, at most twenty. */
  readonly movers: readonly Holding[];
  readonly income: IncomeSummary;
  readonly needs: readonly Need[];
  readonly unread: number;
  readonly grounds: Grounds;
};

/** What the figures of income and of needs rest on. */
export type Grounds = {
  /** Of the financial year so far. */
  readonly payments: readonly IncomeReceived[];
  readonly entitlements: readonly Entitlement[];
  /** Franking credits that a sale now would lose, by owner. */
  readonly credits: ReturnType<typeof keptCredits>;
};

/** What of a portfolio view the rest is worked out from. */
type PortfolioView = {
  readonly scope: { readonly portfolios: readonly Portfolio[] };
  readonly holdings: readonly Holding[];
  readonly ledger: Ledger;
  readonly entries: readonly Entry[];
};

const discountWithin = 30;
const exDividendWithin = 10;

/** What the Dashboard shows besides the portfolio view it is given. */
export function viewDashboard(app: App, view: PortfolioView): DashboardExtras {
  const { db } = app;
  const today = app.today();
  const grounds: Grounds = {
    payments: paymentsOf(view, today),
    entitlements: entitlements(app, view, addDays(today, -120)),
    credits: keptCredits(readOpenFranking(db, view.scope.portfolios, view.ledger, today)),
  };
  const moved = view.holdings.filter(row => row.dayChange !== undefined && !row.dayChange.eq(noMoney));
  return {
    movers: moved
      .toSorted((a, b) => Math.abs(toFloat(b.dayChange ?? noMoney)) - Math.abs(toFloat(a.dayChange ?? noMoney)))
      .slice(0, 20),
    income: incomeOf(grounds, today),
    needs: [
      ...aheadNeeds(view, today),
      ...priceNeeds(app, view),
      ...exDividends(grounds, today),
      ...discounts(view, today),
      ...franking(grounds, today),
      ...news(app),
    ],
    unread: countNotifications(db, app.now(), { unread: true }),
    grounds,
  };
}

const paymentsOf = ({ ledger }: PortfolioView, today: LocalDate): IncomeReceived[] =>
  ledger.income.filter(each => each.financialYear === financialYear(today) && each.on <= today);

function incomeOf({ payments: own, entitlements }: Grounds, today: LocalDate): IncomeSummary {
  const sum = (of: (each: IncomeReceived) => Money | undefined): Money =>
    own.reduce((total, each) => add(total, of(each) ?? noMoney), noMoney);
  const unknownFranking = own.filter(each => each.credit === undefined).length;
  return {
    financialYear: financialYear(today),
    received: sum(each => each.amount),
    franking: own.length > 0 && unknownFranking === own.length ? undefined : sum(each => each.credit),
    unknownFranking,
    next: nextPayment(entitlements, today),
  };
}

type Entitlement = {
  readonly dividend: DeclaredDividend;
  /** Held before the ex-date. */
  readonly units: Units;
  readonly amount: Money | undefined;
};

/** The dividends with an ex-date from `from` on that are due, be it on what was sold since, and what is due in dollars. */
function entitlements(app: App, { ledger }: PortfolioView, from: LocalDate): Entitlement[] {
  const held = ledger.unitCloses.filter(({ closes }) => {
    const last = closes.at(-1);
    return last !== undefined && (isPositive(last.units) || last.on >= from);
  });
  return [...Map.groupBy(held, each => each.code)].flatMap(([code, own]) =>
    dividendsOf(app.db, code, from).flatMap(dividend => {
      const units = unitsHeldBefore(
        own.map(each => each.closes),
        dividend.exDate,
      );
      if (!isPositive(units)) return [];
      const amount = dividend.currency === 'AUD' ? roundCents(cost(dividend.perUnit, units)) : undefined;
      return [{ dividend, units, amount }];
    }),
  );
}

/** The earliest declared payment still to come. */
function nextPayment(all: readonly Entitlement[], today: LocalDate): IncomeSummary['next'] {
  const coming = all.flatMap(({ dividend: { code, paidOn }, amount }) =>
    paidOn !== undefined && paidOn > today && amount !== undefined ? [{ code, on: paidOn, amount }] : [],
  );
  return coming.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0];
}

function aheadNeeds(view: PortfolioView, today: LocalDate): Need[] {
  const count = countAhead(view.entries, today);
  return count === 0 ? [] : [{ kind: 'ahead', count }];
}

function priceNeeds({ db, now }: App, { holdings }: PortfolioView): Need[] {
  const asked = readAsked(db, 'history');
  const overrides = readOverrides(db);
  const unpriced = holdings.filter(row => row.price === undefined);
  const stale = holdings.filter(row => row.price?.stale);
  const isQuiet = ({ code }: Holding): boolean => !isHistoryDue(undefined, asked[code], now(), { overrides });
  return [
    ...priceNeed('unpriced', unpriced),
    ...priceNeed(
      'stale',
      stale.filter(row => !isQuiet(row)),
    ),
    ...priceNeed('quiet', stale.filter(isQuiet)),
  ];
}

function priceNeed(kind: 'unpriced' | 'stale' | 'quiet', rows: readonly Holding[]): Need[] {
  if (rows.length === 0) return [];
  const since = rows.reduce<LocalDate | undefined>(
    (last, { price }) => (last === undefined || (price && price.on > last) ? price?.on : last),
    undefined,
  );
  return [{ kind, codes: rows.map(row => row.code), since }];
}

function exDividends({ entitlements }: Grounds, today: LocalDate): Need[] {
  return entitlements
    .filter(({ dividend }) => dividend.exDate > today)
    .map(({ dividend, amount }) => ({
      kind: 'ex-dividend' as const,
      code: dividend.code,
      on: dividend.exDate,
      days: daysBetween(today, dividend.exDate),
      amount,
    }))
    .filter(need => need.days <= exDividendWithin);
}

/** Parcels in gain whose discount begins soon: a sale before that day gives half the gain away. */
function discounts(view: PortfolioView, today: LocalDate): Need[] {
  return view.holdings.flatMap(row => {
    if (row.price === undefined) return [];
    const price = row.price.price;
    return row.parcels.flatMap(parcel => {
      const on = discountEligibleFrom(parcel.acquiredOn);
      const days = daysBetween(today, on);
      const inGain = parcel.cost !== undefined && cost(price, parcel.units).gt(parcel.cost);
      return inGain && days > 0 && days <= discountWithin
        ? [{ kind: 'discount' as const, code: row.code, units: parcel.units, on, days }]
        : [];
    });
  });
}

/** Dividends whose franking credits a sale now would lose; one line for each code and day. */
function franking({ credits: kept }: Grounds, today: LocalDate): Need[] {
  return [...Map.groupBy(kept, each => `${each.code} ${each.exDate} ${each.keepUntil}`).values()].flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const { code, keepUntil } = first;
    const units = group.reduce((all, each) => add(all, each.period.open), noUnits);
    const credits = group.reduce((all, each) => add(all, each.open), noMoney);
    return { kind: 'franking' as const, code, units, on: keepUntil, days: daysBetween(today, keepUntil), credits };
  });
}

const news = (app: App): Need[] =>
  listNotifications(app.db, app.now(), { unread: true, priorities: ['high', 'urgent'], limit: 3 }).map(
    notification => ({
      kind: 'notification' as const,
      notification,
    }),
  );

export type SeriesQuestion = {
  readonly range: ChartRange;
  readonly portfolio?: string | undefined;
  /** What is held now: with its prices the last point is what the portfolio is said to be worth. */
  readonly holdings?: readonly Holding[];
};

/** The portfolio's value at each close of a range, and today; entries dated later are in none of them. */
export function viewValueSeries(app: App, question: SeriesQuestion): ValueSeries {
  const { db } = app;
  const today = app.today();
  const from = rangeStart(question.range, today);
  const scope = readScope(db, question.portfolio);
  const { entries, ledger } = readLedger(db, scope.portfolios);
  const keeping = new Set(scope.portfolios.filter(each => each.cashAccount).map(each => each.id));
  const factorOf = unitFactors(entries, undefined);
  const first = ledger.unitCloses.reduce<LocalDate>(
    (earliest, { closes }) => (closes[0] && closes[0].on < earliest ? closes[0].on : earliest),
    today,
  );
  const live = ledger.unitCloses.filter(({ closes }) =>
    closes.some((close, index) => isPositive(close.units) && (closes[index + 1]?.on ?? today) >= from),
  );
  // A split to come has restated a price already.
  const ahead = new Set(entries.filter(entry => entry.on > today).flatMap(entry => entry.code ?? []));
  const now = new Map(question.holdings?.map(row => [row.code, row.price?.price]));
  const latestOf = (code: Code): number | undefined => {
    const price = ahead.has(code) ? undefined : now.get(code);
    return price && toFloat(price);
  };
  function* holdings(): Generator<SeriesHolding> {
    for (const { code, closes } of live) {
      const factor = factorOf(code);
      const prices = tradedCloses(db, code, from);
      yield {
        code,
        closes,
        prices,
        factor: (since, until) => toFloat(factor(since)) / toFloat(factor(until)),
        latest: latestOf(code),
      };
    }
  }
  const days = tradingDays(from > first ? from : first, today, readOverrides(db));
  return valueSeries({
    dates: days.at(-1) === today ? days : [...days, today],
    holdings: holdings(),
    cash: ledger.cashCloses.filter(each => keeping.has(each.portfolio)).map(each => each.closes),
  });
}
