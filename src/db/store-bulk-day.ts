/**
 * Stores a day of the whole exchange; inside one transaction.
 *
 * A dividend or a split of the day changes the adjusted prices of the past, and a bar after a gap is not the next one of
 * its history: those histories are marked to be fetched whole again, in the same transaction, so that a refresh that is
 * broken off before it does so goes on there. What had all up to the session before has all up to this day.
 */
import { type Instant, type LocalDate, sydneyInstant } from '../domain/date.ts';
import { endOfDayAt, latestCloseDue } from '../domain/market/age.ts';
import { previousTradingDay } from '../domain/market/calendar.ts';
import type { Bar, DeclaredDividend, SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { forgetAsked, noteAsked, noteBulkDay, readAsked } from './asked.ts';
import type { Database } from './database.ts';
import { storeDividends } from './dividends.ts';
import { outdateHistories, storeMarketBars, wholeHistories } from './prices.ts';
import { storeSplits } from './splits.ts';
import { holdBackSuspects, rewrittenFrom } from './store-market.ts';
import { readOverrides } from './trading-days.ts';

/** Undefined is what did not come. */
export type BulkDay = {
  readonly date: LocalDate;
  readonly bars: readonly (readonly [Code, Bar])[] | undefined;
  readonly dividends: readonly DeclaredDividend[] | undefined;
  readonly splits: readonly SplitEvent[] | undefined;
};

type Options = {
  readonly now: Instant;
  /** Securities whose dividends and splits are still to be asked for by themselves. */
  readonly actionsAlone: ReadonlySet<Code>;
};

export function storeBulkDay(db: Database, day: BulkDay, { now, actionsAlone }: Options): void {
  db.assertTransaction();
  const { date, bars, dividends, splits } = day;
  const overrides = readOverrides(db);
  const before = previousTradingDay(date, overrides);
  const closeOf = (at: Instant): LocalDate => latestCloseDue(at, overrides);
  const histories = wholeHistories(db);
  const asked = readAsked(db, 'history');
  const hasAllBefore = (code: Code): boolean =>
    (histories.get(code) ?? '') >= before || (asked[code] !== undefined && closeOf(asked[code]) >= before);
  const outdated = new Set(rewritten(db, day, now));
  for (const [code] of bars ?? []) {
    const last = histories.get(code);
    if (last !== undefined && last < date && !hasAllBefore(code)) outdated.add(code);
  }
  const endOfDay = sydneyInstant(date, endOfDayAt);
  if (bars) {
    storeMarketBars(db, bars, { at: now, source: 'eodhd-bulk' });
    const current = [...histories.keys()].filter(code => hasAllBefore(code) && (asked[code] ?? 0) < endOfDay);
    noteAsked(db, 'history', current, endOfDay);
  }
  storeDividends(db, dividends ?? [], now);
  storeSplits(db, splits ?? [], now);
  if (dividends && splits) {
    const current = Object.entries(readAsked(db, 'actions'))
      .filter(([, at]) => closeOf(at) >= before && at < endOfDay)
      .map(([code]) => code as Code)
      .filter(code => !actionsAlone.has(code));
    noteAsked(db, 'actions', current, endOfDay);
  }
  outdateHistories(db, outdated);
  forgetAsked(db, 'history', outdated);
  if (bars && dividends && splits) noteBulkDay(db, date);
  holdBackSuspects(
    db,
    (bars ?? []).map(([code]) => code),
    now,
  );
}

function rewritten(db: Database, { dividends = [], splits = [] }: BulkDay, now: Instant): Code[] {
  const due = latestCloseDue(now, readOverrides(db));
  const news = new Set([...dividends, ...splits].map(each => each.code));
  const of = (code: Code) => (each: { readonly code: Code }) => each.code === code;
  return [...news].filter(
    code => rewrittenFrom(db, code, dividends.filter(of(code)), splits.filter(of(code)), due) !== undefined,
  );
}
