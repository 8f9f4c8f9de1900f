/**
 * The ASX trading calendar.
 *
 * A session is one trading day: open from 10:00 to 16:00 Sydney time, closing auction at 16:10; on an early close 14:00
 * and 14:10. With prices delayed by 20 minutes the closing price is there 21 minutes after the auction, at 16:31.
 * Sessions, not days, count the age of a price. Holidays and early closes are in `holidays`; the exchange details that
 * EODHD sends override them. Daylight saving decides the UTC hour: 2026-01-05 opens at 23:00Z on the 4th, 2026-04-07 at
 * 00:00Z. Past `calendarHorizon` of `holidays` the days follow the holiday rule and are a guess, which the caller says.
 */
import { addDays, type Instant, type LocalDate, localDate, minute, sydneyDate, sydneyInstant } from '../date.ts';
import { closedWeekdays, earlyCloses, isWeekend } from './holidays.ts';

/** Days that the exchange details of EODHD say otherwise than the built-in calendar. `closed` wins over `open`. */
export type CalendarOverrides = {
  readonly closed: ReadonlySet<LocalDate>;
  readonly open: ReadonlySet<LocalDate>;
  readonly earlyClose: ReadonlySet<LocalDate>;
};

export type Session = {
  readonly date: LocalDate;
  readonly opensAt: Instant;
  /** End of continuous trading: 16:00, or 14:00 on an early close. */
  readonly closesAt: Instant;
  /** 16:10, or 14:10 on an early close. */
  readonly auctionAt: Instant;
  /** When a feed delayed by 20 minutes has the closing price: 16:31, or 14:31. */
  readonly closingPriceAt: Instant;
  readonly earlyClose: boolean;
};

/** `pre-open` is from 07:00, when orders may be entered; `auction` from the close to the closing auction. */
export type MarketPhase = {
  readonly phase: 'pre-open' | 'open' | 'auction' | 'closed';
  /** When the phase ends. */
  readonly until: Instant;
};

const noOverrides: CalendarOverrides = { closed: new Set(), open: new Set(), earlyClose: new Set() };

const preOpensAt = 7 * 60;
const opensAt = 10 * 60;
const closesAt = 16 * 60;
const closesEarlyAt = 14 * 60;
const auctionAfter = 10;
const closingPriceAfter = 21;

type TradingYear = { readonly days: readonly LocalDate[]; readonly sessions: Map<LocalDate, Session | undefined> };

const yearsByOverrides = new WeakMap<CalendarOverrides, Map<number, TradingYear>>();

function buildYear(year: number, overrides: CalendarOverrides): TradingYear {
  const closed = closedWeekdays(year);
  const days: LocalDate[] = [];
  const end = localDate(year, 12, 31);
  for (let date = localDate(year, 1, 1); date <= end; date = addDays(date, 1)) {
    if (overrides.closed.has(date)) continue;
    if (overrides.open.has(date) || !(isWeekend(date) || closed.has(date))) days.push(date);
  }
  return { days, sessions: new Map(days.map(date => [date, undefined])) };
}

function tradingYear(year: number, overrides: CalendarOverrides): TradingYear {
  let years = yearsByOverrides.get(overrides);
  if (years === undefined) {
    years = new Map();
    yearsByOverrides.set(overrides, years);
  }
  let found = years.get(year);
  if (found === undefined) {
    found = buildYear(year, overrides);
    years.set(year, found);
  }
  return found;
}

const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** How many trading days of its year lie on or before `date`. */
function countUntil(date: LocalDate, overrides: CalendarOverrides): number {
  const { days } = tradingYear(yearOf(date), overrides);
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = days[middle];
    if (candidate !== undefined && candidate <= date) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const isTradingDay = (date: LocalDate, overrides: CalendarOverrides = noOverrides): boolean =>
  tradingYear(yearOf(date), overrides).sessions.has(date);

/** The session of a trading day; undefined when the exchange is closed that day. */
export function session(date: LocalDate, overrides: CalendarOverrides = noOverrides): Session | undefined {
  const { sessions } = tradingYear(yearOf(date), overrides);
  const cached = sessions.get(date);
  if (cached !== undefined || !sessions.has(date)) return cached;
  const earlyClose = earlyCloses.has(date) || overrides.earlyClose.has(date);
  const closes = sydneyInstant(date, earlyClose ? closesEarlyAt : closesAt);
  const auctionAt = closes + auctionAfter * minute;
  const built: Session = {
    date,
    opensAt: sydneyInstant(date, opensAt),
    closesAt: closes,
    auctionAt,
    closingPriceAt: auctionAt + closingPriceAfter * minute,
    earlyClose,
  };
  sessions.set(date, built);
  return built;
}

/** The last trading day strictly before `date`. */
export function previousTradingDay(date: LocalDate, overrides: CalendarOverrides = noOverrides): LocalDate {
  let day = addDays(date, -1);
  while (!isTradingDay(day, overrides)) day = addDays(day, -1);
  return day;
}

/** The first trading day strictly after `date`. */
export function nextTradingDay(date: LocalDate, overrides: CalendarOverrides = noOverrides): LocalDate {
  let day = addDays(date, 1);
  while (!isTradingDay(day, overrides)) day = addDays(day, 1);
  return day;
}

/** The trading days from `from` to `to`, both included; oldest first. */
export function tradingDays(from: LocalDate, to: LocalDate, overrides: CalendarOverrides = noOverrides): LocalDate[] {
  const days: LocalDate[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    for (const date of tradingYear(year, overrides).days) if (date >= from && date <= to) days.push(date);
  }
  return days;
}

/** The number of trading days after `from`, up to and including `to`; 0 when `to` is not after `from`. */
export function sessionsBetween(from: LocalDate, to: LocalDate, overrides: CalendarOverrides = noOverrides): number {
  if (to <= from) return 0;
  let count = countUntil(to, overrides) - countUntil(from, overrides);
  for (let year = yearOf(from); year < yearOf(to); year += 1) count += tradingYear(year, overrides).days.length;
  return count;
}

function lastSession(now: Instant, overrides: CalendarOverrides, hasCome: (candidate: Session) => boolean): LocalDate {
  const today = sydneyDate(now);
  const current = session(today, overrides);
  return current !== undefined && hasCome(current) ? today : previousTradingDay(today, overrides);
}

/** The last trading day whose session has opened. */
export const latestSession = (now: Instant, overrides: CalendarOverrides = noOverrides): LocalDate =>
  lastSession(now, overrides, candidate => now >= candidate.opensAt);

/** The last trading day whose closing price a delayed feed has by now. */
export const lastCompletedSession = (now: Instant, overrides: CalendarOverrides = noOverrides): LocalDate =>
  lastSession(now, overrides, candidate => now >= candidate.closingPriceAt);

/** What the market is doing, and until when. */
export function marketPhase(now: Instant, overrides: CalendarOverrides = noOverrides): MarketPhase {
  const today = sydneyDate(now);
  const current = session(today, overrides);
  if (current !== undefined) {
    const preOpen = sydneyInstant(today, preOpensAt);
    if (now < preOpen) return { phase: 'closed', until: preOpen };
    if (now < current.opensAt) return { phase: 'pre-open', until: current.opensAt };
    if (now < current.closesAt) return { phase: 'open', until: current.closesAt };
    if (now < current.auctionAt) return { phase: 'auction', until: current.auctionAt };
  }
  return { phase: 'closed', until: sydneyInstant(nextTradingDay(today, overrides), preOpensAt) };
}
