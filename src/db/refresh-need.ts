/** What a refresh would ask for, from what is stored. Reads only. */
import { addDays, day, type Instant, type LocalDate, minute } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { isQuoteDue, notAhead } from '../domain/market/due.ts';
import { type Code, isIndexCode } from '../domain/market/security.ts';
import type { Universe } from '../domain/market/universe.ts';
import { readAsked, readBulkDay } from './asked.ts';
import type { Database } from './database.ts';
import { followedCodes } from './followed.ts';
import { fundamentalsFetchedAt } from './fundamentals.ts';
import { type BarsNeed, historyNeed } from './history-need.ts';
import { priceHistories } from './prices.ts';
import { quotesOf } from './quotes.ts';
import { symbolListStoredAt } from './securities.ts';
import { readCalendar, readOverrides } from './trading-days.ts';
import { asx200, candidateCodes } from './universe.ts';

export const refreshTargets = ['prices', 'history', 'universe', 'all'] as const;
export type RefreshTarget = (typeof refreshTargets)[number];

export type RefreshNeed = {
  /** Codes held, then watched, then traded once, then those of the universe: the order when the quota is short. */
  readonly followed: readonly Code[];
  /** The first of them: all but those of the universe. */
  readonly own: readonly Code[];
  readonly quotes: readonly Code[];
  readonly bars: readonly BarsNeed[];
  /** Dividends and splits. */
  readonly actions: readonly Code[];
  /** Days of the whole exchange, oldest first: prices, dividends and splits. */
  readonly bulkDays: readonly LocalDate[];
  readonly symbols: boolean;
  /** The members of the S&P/ASX 200. */
  readonly members: boolean;
  /** The exchange's holidays and early closes. */
  readonly calendar: boolean;
  /** What is asked for tells which securities there are; their histories come on top. */
  readonly tellsMore: boolean;
};

export type RefreshNeedOptions = {
  readonly ifDue: boolean;
  /** What returns are measured against: its history is kept like that of a holding. */
  readonly benchmark?: Code | undefined;
  /** Whose histories are kept beside those of the user's own. */
  readonly universe?: Universe | undefined;
  /** False asks for each security by itself, whatever that costs. */
  readonly byDay?: boolean | undefined;
};

/** While the market is open: how old a quote gets before `--if-due`, and before a plain refresh, asks again. */
// A timer is not exact, and a quote is stored some time after the timer: without slack every second turn would be lost.
const timerSlack = 2 * minute;
const intervalIfDue = 15 * minute - timerSlack;
const interval = minute;
/** How long a list of securities serves. */
const listAge = 7 * day;
/** How long the day serves by which the liquid ones were found. */
const candidateDays = 30;

export function readRefreshNeed(
  db: Database,
  target: RefreshTarget,
  now: Instant,
  options: RefreshNeedOptions,
): RefreshNeed {
  const { benchmark, universe = 'held', byDay = true } = options;
  const wants = (what: RefreshTarget): boolean => target === what || target === 'all';
  const { current, past } = followedCodes(db, benchmark);
  const own = [...current, ...past];
  const due = latestCloseDue(now, readOverrides(db));
  const known = new Set(own);
  const others =
    wants('history') && universe !== 'held' ? candidateCodes(db, universe, due).filter(code => !known.has(code)) : [];
  const quotes = wants('prices')
    ? dueQuotes(
        db,
        current.filter(isSecurity),
        priceHistories(db, current),
        now,
        options.ifDue ? intervalIfDue : interval,
      )
    : [];
  const histories = wants('history')
    ? historyNeed(db, { own, others, now, byDay })
    : { bars: [], actions: [], bulkDays: [] };
  const findsCandidates = wants('history') && wantsCandidates(db, universe, others, due);
  const wantsDay = byDay && (target === 'universe' || findsCandidates) && readBulkDay(db) !== due;
  const { bulkDays } = histories;
  const listed =
    target === 'universe' ? day : target === 'all' || (wants('history') && universe === 'all') ? listAge : undefined;
  const symbols = listed !== undefined && isOlder(symbolListStoredAt(db), now, listed);
  const members =
    wants('history') && universe === 'asx200' && isOlder(fundamentalsFetchedAt(db, [asx200]).get(asx200), now, listAge);
  const calendar = (target === 'universe' || target === 'all') && isOlder(readCalendar(db)?.askedAt, now, 30 * day);
  return {
    followed: [...own, ...others],
    own,
    quotes,
    ...histories,
    bulkDays: wantsDay && !bulkDays.includes(due) ? [...bulkDays, due] : bulkDays,
    symbols,
    members,
    calendar,
    tellsMore: members || (symbols && universe === 'all') || (wantsDay && findsCandidates),
  };
}

/** Which securities trade enough is told by a day of the whole exchange, where none are known or the last is long ago. */
function wantsCandidates(db: Database, universe: Universe, others: readonly Code[], due: LocalDate): boolean {
  if (universe !== 'liquid') return false;
  const last = readBulkDay(db);
  return others.length === 0 || (last !== undefined && last < addDays(due, -candidateDays));
}

/** An index has no trades to quote, and pays and splits nothing. */
const isSecurity = (code: Code): boolean => !isIndexCode(code);

function isOlder(noted: Instant | undefined, now: Instant, age: number): boolean {
  const at = notAhead(noted, now);
  return at === undefined || now - at >= age;
}

/** The codes whose quotes should be asked for; `every` is how old one may get while the market is open. */
export function dueQuotes(
  db: Database,
  codes: readonly Code[],
  histories: ReturnType<typeof priceHistories>,
  now: Instant,
  every: number,
): Code[] {
  const quotes = quotesOf(db, codes);
  const overrides = readOverrides(db);
  const asked = readAsked(db, 'quotes');
  return codes.filter(code => {
    const quote = quotes.get(code);
    const askedAt = Math.max(notAhead(quote?.fetchedAt, now) ?? 0, notAhead(asked[code], now) ?? 0) || undefined;
    const stamp =
      quote?.at === undefined
        ? undefined
        : ({ kind: 'quote', tradedAt: quote.at, fetchedAt: quote.fetchedAt } as const);
    return isQuoteDue({ stamp, askedAt }, histories.get(code)?.lastDate, now, every, overrides);
  });
}
