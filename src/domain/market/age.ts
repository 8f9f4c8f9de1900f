/**
 * How old a price is, and whether a newer one should be there.
 *
 * Age is counted in ASX sessions, so a long weekend does not age a price. The provider publishes the end of day by
 * 19:30 Sydney time: only then is the close of that day due, and only a price from before the close that is due is
 * stale. Between the close and 19:30, and on a public holiday, nothing is stale for lack of a bar. A quote that was
 * traded or fetched at 16:30 or later (14:30 on an early close) has seen the closing auction and counts as that day's
 * close; a quote taken during a session does not, and is stale once that day's close is due.
 *
 * What a user sees: `delayed` a quote of a running session, `close` the latest close there is, `stale` older than that,
 * `none` never priced.
 */
import { daysBetween, type Instant, type LocalDate, minute, sydneyDate, sydneyInstant } from '../date.ts';
import {
  type CalendarOverrides,
  isTradingDay,
  latestSession,
  previousTradingDay,
  session,
  sessionsBetween,
} from './calendar.ts';

/** When a price is from: the close of a day, or a quote with its last trade and the instant it was fetched. */
export type PriceStamp =
  | { readonly kind: 'close'; readonly on: LocalDate }
  | { readonly kind: 'quote'; readonly tradedAt: Instant; readonly fetchedAt: Instant };

export type Freshness =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'delayed' | 'close' | 'stale';
      readonly ageSessions: number;
      /** Days on the calendar in Sydney since the price, for "3 d old". */
      readonly ageDays: number;
      /** The last trade of a quote; the closing auction of a close. */
      readonly at: Instant;
    };

/** Minutes since Sydney midnight at which the end of day is there. */
export const endOfDayAt = 19 * 60 + 30;
const quoteIsCloseAfter = 20 * minute;

/** The trading day that a price belongs to. */
const pricedOn = (stamp: PriceStamp, overrides?: CalendarOverrides): LocalDate =>
  stamp.kind === 'close' ? stamp.on : latestSession(stamp.tradedAt, overrides);

/** Whether a price is the last of its day. */
export function isClose(stamp: PriceStamp, overrides?: CalendarOverrides): boolean {
  if (stamp.kind === 'close') return true;
  const traded = session(pricedOn(stamp, overrides), overrides);
  return traded !== undefined && Math.max(stamp.tradedAt, stamp.fetchedAt) >= traded.auctionAt + quoteIsCloseAfter;
}

/** The latest trading day whose end of day the provider should have published by now. */
export function latestCloseDue(now: Instant, overrides?: CalendarOverrides): LocalDate {
  const today = sydneyDate(now);
  const isDue = isTradingDay(today, overrides) && now >= sydneyInstant(today, endOfDayAt);
  return isDue ? today : previousTradingDay(today, overrides);
}

/** The number of sessions opened since the price's own; 0 for a price of the running or latest session. */
export const priceAge = (stamp: PriceStamp, now: Instant, overrides?: CalendarOverrides): number =>
  sessionsBetween(pricedOn(stamp, overrides), latestSession(now, overrides), overrides);

/** Whether a newer close than this price is due. */
export function isStale(stamp: PriceStamp, now: Instant, overrides?: CalendarOverrides): boolean {
  const due = latestCloseDue(now, overrides);
  const on = pricedOn(stamp, overrides);
  return on < due || (on === due && !isClose(stamp, overrides));
}

/** The age of a price as one record, for the skins to put in words; `none` when there is no price. */
export function freshness(stamp: PriceStamp | undefined, now: Instant, overrides?: CalendarOverrides): Freshness {
  if (stamp === undefined) return { kind: 'none' };
  const on = pricedOn(stamp, overrides);
  const closed = isClose(stamp, overrides);
  const kind = isStale(stamp, now, overrides) ? 'stale' : closed ? 'close' : 'delayed';
  const auctionAt = session(on, overrides)?.auctionAt ?? sydneyInstant(on, 16 * 60 + 10);
  const at = stamp.kind === 'quote' && !closed ? stamp.tradedAt : auctionAt;
  return {
    kind,
    ageSessions: priceAge(stamp, now, overrides),
    ageDays: Math.max(0, daysBetween(sydneyDate(at), sydneyDate(now))),
    at,
  };
}
