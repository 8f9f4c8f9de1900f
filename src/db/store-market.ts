/** Stores what a refresh brought of single securities; inside one transaction. */
import { addDays, type Instant, type LocalDate, sydneyDate, sydneyInstant } from '../domain/date.ts';
import { endOfDayAt } from '../domain/market/age.ts';
import type { Bar, DeclaredDividend, Quote, SplitEvent } from '../domain/market/price.ts';
import { reviewBars } from '../domain/market/sanity.ts';
import type { Code, Security } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { dividendsOf, replaceDividends } from './dividends.ts';
import { barsOf, countBars, outdateHistories, priceHistories, replaceHistory, storeBars } from './prices.ts';
import { storeQuotes } from './quotes.ts';
import { replaceSymbolList } from './securities.ts';
import { replaceSplits, splitsOf } from './splits.ts';
import { listSuspects, releasedDays, releaseSuspect, storeSuspect } from './suspects.ts';
import { readOverrides, writeCalendar } from './trading-days.ts';

export type FetchedMarket = {
  readonly quotes: readonly Quote[];
  readonly histories: readonly { readonly code: Code; readonly bars: readonly Bar[]; readonly whole: boolean }[];
  readonly dividends: readonly { readonly code: Code; readonly list: readonly DeclaredDividend[] }[];
  readonly splits: readonly { readonly code: Code; readonly list: readonly SplitEvent[] }[];
  readonly symbols: readonly Security[] | undefined;
  readonly calendar: { readonly closed: readonly LocalDate[]; readonly earlyClose: readonly LocalDate[] } | undefined;
};

const daysToReview = 30;

export function storeMarket(db: Database, market: FetchedMarket, now: Instant): void {
  db.assertTransaction();
  const fetch = { at: now, source: 'eodhd' };
  if (market.calendar) writeCalendar(db, market.calendar, now);
  if (market.symbols) replaceSymbolList(db, market.symbols, now);
  storeQuotes(db, market.quotes, fetch);
  for (const { code, list } of market.splits) replaceSplits(db, code, list, now);
  for (const { code, list } of market.dividends) replaceDividends(db, code, list, now);
  for (const { code, bars, whole } of market.histories) {
    const isWhole = whole && coversStored(db, code, bars);
    if (isWhole) replaceHistory(db, code, bars, fetch);
    else storeBars(db, code, bars, fetch);
    // What should have been all of it and is not does not take the place of more: it is asked for again.
    if (whole && !isWhole) outdateHistories(db, [code]);
  }
  holdBackSuspects(
    db,
    market.histories.map(each => each.code),
    now,
  );
}

/** Whether an answer of the whole begins within what is stored, and has at least half as many days. */
function coversStored(db: Database, code: Code, bars: readonly Bar[]): boolean {
  const stored = priceHistories(db, [code]).get(code);
  if (stored === undefined) return true;
  return bars.some(({ date }) => date <= stored.lastDate) && bars.length * 2 >= countBars(db, code);
}

/** Notes recent bars that cannot be believed, and lets go those that a later bar has confirmed. */
export function holdBackSuspects(db: Database, codes: Iterable<Code>, now: Instant): void {
  const from = addDays(sydneyDate(now), -daysToReview);
  const released = releasedDays(db);
  const overrides = readOverrides(db);
  for (const code of codes) {
    const bars = barsOf(db, code, from);
    const { suspect } = reviewBars(bars, splitsOf(db, code), { released: released.get(code), overrides });
    for (const { bar, reason } of suspect) storeSuspect(db, { code, date: bar.date, close: bar.close, reason });
    const still = new Set(suspect.map(each => each.bar.date));
    for (const { date } of listSuspects(db, code)) {
      if (date >= from && !still.has(date)) releaseSuspect(db, code, date, now);
    }
  }
}

/**
 * The first stored day of a security whose adjusted prices a newer dividend or split has changed: an ex-date up to `due`
 * (the latest day whose end of day is out) whose own end of day is later than the last fetch of the whole history, or
 * that was not known then. Undefined where nothing has changed.
 */
export function rewrittenFrom(
  db: Database,
  code: Code,
  dividends: readonly DeclaredDividend[],
  splits: readonly SplitEvent[],
  due: LocalDate,
): LocalDate | undefined {
  const history = priceHistories(db, [code]).get(code);
  if (history?.fullFetchedAt === undefined) return undefined;
  const fetchedAt = history.fullFetchedAt;
  const known = new Set([
    ...dividendsOf(db, code).map(each => `${each.exDate} ${each.perUnit.toFixed()}`),
    ...splitsOf(db, code).map(each => each.date),
  ]);
  const isNews = (date: LocalDate, key: string): boolean =>
    date <= due && (sydneyInstant(date, endOfDayAt) > fetchedAt || !known.has(key));
  const changed =
    dividends.some(each => isNews(each.exDate, `${each.exDate} ${each.perUnit.toFixed()}`)) ||
    splits.some(each => isNews(each.date, each.date));
  return changed ? history.firstDate : undefined;
}
