/**
 * The daily history of one simulated security.
 *
 * log close = trend + beta x market walk + sector walk + its own walk, times what has accrued of the next dividend, so
 * that the price falls by about the dividend on its ex-date. Prices are as traded: before a split they are those of the
 * old units. Everything is computed when asked for, forward from the origin, and kept; a day's bar depends on nothing
 * later than itself and its next dividend.
 */
import type { LocalDate } from '../domain/date.ts';
import { hash, normalsFrom, type Random, randomFrom, seedAt } from '../domain/random.ts';
import {
  dividendsOfYear,
  lastTradedOf,
  type SimulatedDividend,
  type SimulatedSplit,
  splitOf,
  yearOf,
} from './corporate-actions.ts';
import type { SimulatedSecurity } from './securities.ts';
import { marketOrigin, type Sessions } from './sessions.ts';
import { nearestTick } from './tick.ts';
import { marketVolatility, trendGrowth, volatilitiesOf } from './volatility.ts';
import { type Walk, walk } from './walk.ts';

/** One day as traded: prices in mills (tenths of a cent), volume in units. */
export type DayBar = {
  readonly session: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
};

/** The walks that securities share. */
export type Factors = { readonly market: Walk; readonly group: (security: SimulatedSecurity) => Walk };

export type History = ReturnType<typeof simulateHistory>;

const sessionsAYear = 252.5;
/** `price` of a row is the trend here. */
const anchorDate = '2026-07-01' as LocalDate;

type Accrual = { readonly fromSession: number; readonly toSession: number; readonly share: number };

export function simulateHistory(security: SimulatedSecurity, sessions: Sessions, factors: Factors) {
  const seed = hash(`${security.code} bars`);
  const volatilities = volatilitiesOf(security);
  const own = walk(`${security.code} price`, volatilities.own);
  const group = factors.group(security);
  const growth = trendGrowth(security);
  const anchor = sessions.firstFrom(anchorDate);
  const split = splitOf(security);
  const splitSession = split === undefined ? -1 : sessions.firstFrom(split.date);
  const unitsRatio = split === undefined ? 1 : split.newUnits / split.oldUnits;
  const stop = lastTradedOf(security);
  /** The last session it traded in; undefined while it trades. */
  const lastSession = stop === undefined ? undefined : sessions.lastUntil(stop);
  const dailyVolatility =
    Math.hypot(security.beta * marketVolatility, volatilities.group, volatilities.own) / Math.sqrt(sessionsAYear);

  const closes: number[] = [];
  const dividends: SimulatedDividend[] = [];
  const accruals: Accrual[] = [];
  const exSessions = new Map<number, SimulatedDividend>();
  let nextYear = yearOf(marketOrigin);
  let accrual = 0;

  const trend = (session: number): number =>
    security.price *
    Math.exp((growth * (session - anchor)) / sessionsAYear) *
    (session < splitSession ? unitsRatio : 1);

  const declareUntil = (year: number): void => {
    for (; nextYear <= year; nextYear += 1) {
      const trendAt = (date: LocalDate): number => trend(sessions.firstFrom(date));
      for (const dividend of dividendsOfYear(security, nextYear, sessions, trendAt)) {
        const toSession = sessions.firstFrom(dividend.exDate);
        const fromSession = accruals.at(-1)?.toSession ?? 0;
        dividends.push(dividend);
        exSessions.set(toSession, dividend);
        accruals.push({ fromSession, toSession, share: dividend.perUnit / trendAt(dividend.exDate) });
      }
    }
  };

  /** The part of the next dividend that the price holds, as a fraction of the price without it. */
  const accrued = (session: number): number => {
    while ((accruals[accrual]?.toSession ?? Number.POSITIVE_INFINITY) <= session) accrual += 1;
    const running = accruals[accrual];
    if (running === undefined) return 0;
    return (running.share * (session - running.fromSession)) / (running.toSession - running.fromSession);
  };

  /** The close of a session, in mills; sessions from 0. */
  const closeAt = (session: number): number => {
    if (closes.length <= session) declareUntil(yearOf(sessions.dateAt(session)) + 1);
    for (let next = closes.length; next <= session; next += 1) {
      const moved = security.beta * factors.market(next) + group(next) + own(next);
      closes.push(nearestTick(trend(next) * Math.exp(moved) * (1 + accrued(next)) * 1000, security.kind));
    }
    return closes[session] ?? 0;
  };

  /** The previous close in the units of `session`, without the dividend that goes ex in it; in mills, not rounded. */
  const fairOpenAt = (session: number): number => {
    if (session === 0) return closeAt(0);
    const dividend = (exSessions.get(session)?.perUnit ?? 0) * 1000;
    return closeAt(session - 1) / (session === splitSession ? unitsRatio : 1) - dividend;
  };

  const volumeOf = (close: number, move: number, normal: Random): number => {
    const usual = (security.turnover * 1_000_000) / (close / 1000);
    const excitement = 1 + 0.6 * Math.min(4, Math.abs(move) / Math.max(dailyVolatility, 1e-6));
    return Math.max(100, Math.round(usual * 0.7 * excitement * Math.exp(normal() * 0.35)));
  };

  const barAt = (session: number): DayBar => {
    const normal = normalsFrom(randomFrom(seedAt(seed, session)));
    const close = closeAt(session);
    const fair = fairOpenAt(session);
    const move = Math.log(close / fair);
    const round = (mills: number): number => nearestTick(mills, security.kind);
    const open = round(fair * Math.exp(0.35 * move + 0.3 * dailyVolatility * normal()));
    const reach = (): number => Math.exp(0.5 * dailyVolatility * Math.abs(normal()));
    const high = Math.max(open, close, round(Math.max(open, close) * reach()));
    const low = Math.min(open, close, round(Math.min(open, close) / reach()));
    const volume = security.kind === 'index' ? 0 : volumeOf(close, move, normal);
    return { session, open, high, low, close, volume };
  };

  return {
    security,
    lastSession,
    closeAt,
    barAt,
    /** The split, with the session from which the price is that of the new units. */
    split: split === undefined ? undefined : { ...split, session: splitSession, ratio: unitsRatio },
    /** Dividends that go ex up to the end of `year`, oldest first. */
    dividendsUntil: (year: number): readonly SimulatedDividend[] => {
      declareUntil(year);
      return dividends.filter(dividend => yearOf(dividend.exDate) <= year);
    },
  };
}

export type HistorySplit = SimulatedSplit & { readonly session: number; readonly ratio: number };
