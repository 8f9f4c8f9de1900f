/**
 * What of the stored market is due to be asked for.
 *
 * In a session a quote is due again after an interval. After it, a security is due until its closing price is there, but
 * is asked only once after the price can be there: one that does not trade would else be asked for ever. The end of day
 * is due from 19:30 Sydney, and where the provider is late with the whole day, again after an hour and then after as long
 * as it is late; dividends and splits are asked once for each end of day. Nothing due means no request. An asking that
 * lies in the future was noted by a clock that has been set back since, and says nothing.
 */
import { hour, type Instant, type LocalDate, minute, sydneyDate, sydneyInstant } from '../date.ts';
import { endOfDayAt, isClose, latestCloseDue, type PriceStamp } from './age.ts';
import { type CalendarOverrides, lastCompletedSession, marketPhase, session } from './calendar.ts';

/** The instant, where it does not lie in the future. */
export const notAhead = (at: Instant | undefined, now: Instant): Instant | undefined =>
  at === undefined || at > now ? undefined : at;

export type AskedQuote = { readonly stamp: PriceStamp | undefined; readonly askedAt: Instant | undefined };

/** Whether a quote should be asked for; `interval` is how old one may get while the market is open. */
export function isQuoteDue(
  known: AskedQuote,
  lastBar: LocalDate | undefined,
  now: Instant,
  interval: number,
  overrides?: CalendarOverrides,
): boolean {
  const { phase } = marketPhase(now, overrides);
  const askedAt = notAhead(known.askedAt, now);
  const day = lastCompletedSession(now, overrides);
  const closing = session(day, overrides)?.closingPriceAt ?? now;
  if (phase === 'open' || phase === 'auction' || isAwaitingClose(now, overrides)) {
    return askedAt === undefined || now - askedAt >= interval;
  }
  if (lastBar !== undefined && lastBar >= day) return false;
  const hasClose =
    known.stamp?.kind === 'quote' &&
    isClose(known.stamp, overrides) &&
    known.stamp.tradedAt >= closing - 8 * 60 * minute;
  return !hasClose && (askedAt === undefined || askedAt < closing);
}

/** Between the closing auction and the moment that a delayed feed has its price. */
function isAwaitingClose(now: Instant, overrides?: CalendarOverrides): boolean {
  const today = session(sydneyDate(now), overrides);
  return today !== undefined && now >= today.closesAt && now < today.closingPriceAt;
}

/**
 * Whether the bars of a security end before the close that is due, and were not asked for since it was. `isPublished` is
 * whether the provider has told that day's bar of any security.
 */
export function isHistoryDue(
  lastBar: LocalDate | undefined,
  askedAt: Instant | undefined,
  now: Instant,
  { overrides, isPublished = true }: { overrides?: CalendarOverrides | undefined; isPublished?: boolean } = {},
): boolean {
  const due = latestCloseDue(now, overrides);
  if (lastBar !== undefined && lastBar >= due) return false;
  const asked = notAhead(askedAt, now);
  if (asked === undefined || !wasAskedSince(asked, due)) return true;
  const late = asked - sydneyInstant(due, endOfDayAt);
  return !isPublished && now - asked >= Math.max(hour, late);
}

/** Whether dividends and splits were not asked for since the end of day that is due. */
export const areActionsDue = (askedAt: Instant | undefined, now: Instant, overrides?: CalendarOverrides): boolean =>
  !wasAskedSince(notAhead(askedAt, now), latestCloseDue(now, overrides));

const wasAskedSince = (askedAt: Instant | undefined, due: LocalDate): boolean =>
  askedAt !== undefined && askedAt >= sydneyInstant(due, endOfDayAt);
