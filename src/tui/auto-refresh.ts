/** When the open console refreshes by itself: every so often in a session, and once when a close comes due after it. */
import { type Instant, minute, sydneyDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { lastCompletedSession, marketPhase, session } from '../domain/market/calendar.ts';

export type LastRefresh = { readonly at: Instant; readonly closes: string };

/** Which closes a refresh at `now` can have seen. */
const closesAt = (now: Instant): string => `${lastCompletedSession(now)} ${latestCloseDue(now)}`;

export const refreshedAt = (now: Instant): LastRefresh => ({ at: now, closes: closesAt(now) });

/** From the opening until a delayed feed has the closing price. */
function isInSession(now: Instant): boolean {
  const { phase } = marketPhase(now);
  if (phase === 'open' || phase === 'auction') return true;
  const today = session(sydneyDate(now));
  return today !== undefined && now >= today.auctionAt && now < today.closingPriceAt;
}

export const refreshInterval = (simulated: boolean): number => (simulated ? 15_000 : 2 * minute);

/** What to refresh now; undefined for nothing. Outside a session nothing is asked for until the next close is due. */
export function dueRefresh(now: Instant, last: LastRefresh, every: number): 'prices' | 'all' | undefined {
  if (closesAt(now) !== last.closes) return 'all';
  return isInSession(now) && now - last.at >= every ? 'prices' : undefined;
}
