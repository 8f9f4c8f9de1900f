/**
 * Dividends, the split, the consolidation and the suspension of the simulated market.
 *
 * Companies pay twice a year in the months of the reporting seasons, banks with a September year in May and November;
 * funds and property trusts pay quarterly. Amounts follow the price's trend and not the day's price, so that they do
 * not depend on where the walk happens to be. A security trades ex one session before its record date.
 */
import { addDays, type LocalDate, localDate, partsOf } from '../domain/date.ts';
import { previousTradingDay } from '../domain/market/calendar.ts';
import { hash, type Random, randomFrom } from '../domain/random.ts';
import type { SimulatedSecurity } from './securities.ts';
import type { Sessions } from './sessions.ts';

export type SimulatedDividend = {
  readonly exDate: LocalDate;
  readonly declaredOn: LocalDate;
  readonly recordDate: LocalDate;
  readonly paidOn: LocalDate;
  readonly period: 'Interim' | 'Final' | 'Quarterly';
  /** Dollars per unit as paid. */
  readonly perUnit: number;
  readonly frankedPct: number;
};

export type SimulatedSplit = { readonly date: LocalDate; readonly newUnits: number; readonly oldUnits: number };

const splits: ReadonlyMap<string, SimulatedSplit> = new Map([
  ['PME', { date: localDate(2025, 5, 12), newUnits: 3, oldUnits: 1 }],
  ['BRN', { date: localDate(2025, 11, 10), newUnits: 1, oldUnits: 10 }],
]);

/** The last day on which a security traded before it was suspended. */
const lastTraded: ReadonlyMap<string, LocalDate> = new Map([['SGR', localDate(2025, 2, 28)]]);

const septemberYears: ReadonlySet<string> = new Set(['NAB', 'WBC', 'ANZ', 'MQG']);
/** Stapled infrastructure trusts: distributions at the end of each half year. */
const infrastructureTrusts: ReadonlySet<string> = new Set(['TCL', 'ALX', 'APA']);

export const splitOf = (security: SimulatedSecurity): SimulatedSplit | undefined => splits.get(security.code);

export const lastTradedOf = (security: SimulatedSecurity): LocalDate | undefined => lastTraded.get(security.code);

const isPropertyTrust = (security: SimulatedSecurity): boolean =>
  security.kind === 'share' && security.group === 'Real Estate' && security.frankedPct === 0;

/** Whether it pays distributions of a trust rather than dividends of a company. */
export const paysDistributions = (security: SimulatedSecurity): boolean =>
  security.kind === 'etf' || isPropertyTrust(security) || infrastructureTrusts.has(security.code);

type Payment = {
  readonly month: number;
  readonly day: number;
  readonly period: SimulatedDividend['period'];
  readonly daysToPay: number;
  readonly daysDeclared: number;
};

const payments = (
  months: readonly number[],
  day: number,
  daysToPay: number,
  daysDeclared: number,
  halves = false,
): Payment[] =>
  months.map((month, index) => ({
    month,
    day,
    daysToPay,
    daysDeclared,
    period: halves ? (index === 0 ? 'Interim' : 'Final') : 'Quarterly',
  }));

/** The payments of a calendar year, in order. */
function scheduleOf(security: SimulatedSecurity, random: Random): Payment[] {
  if (security.kind === 'etf') return payments([1, 4, 7, 10], 1, 15, 3);
  if (isPropertyTrust(security)) return payments([3, 6, 9, 12], 26, 50, 14);
  if (infrastructureTrusts.has(security.code)) return payments([6, 12], 26, 47, 20, true);
  const daysToPay = 28 + Math.floor(random() * 14);
  const spread = Math.floor(random() * 13);
  if (septemberYears.has(security.code)) return payments([5, 11], 6 + (spread % 9), daysToPay, 8, true);
  return random() < 0.5
    ? payments([2, 8], 14 + spread, daysToPay, 12, true)
    : payments([3, 9], 1 + spread, daysToPay, 14, true);
}

/** Shares declare in half cents, or tenths of a cent when small; funds in hundredths of a cent. */
function declaredAmount(amount: number, security: SimulatedSecurity): number {
  const step = security.kind === 'etf' ? 1 : amount < 0.1 ? 10 : 50;
  return (Math.round((amount * 10_000) / step) * step) / 10_000;
}

function frankedPctOf(security: SimulatedSecurity, random: Random): number {
  if (security.kind !== 'etf' || security.frankedPct === 0) return security.frankedPct;
  const moved = security.frankedPct + (random() - 0.5) * 16;
  return Math.min(100, Math.round(moved * 100) / 100);
}

/**
 * The dividends whose ex-date lies in `year`, oldest first. `trendAt` is the trend of the price as traded on a date, in
 * dollars.
 */
export function dividendsOfYear(
  security: SimulatedSecurity,
  year: number,
  sessions: Sessions,
  trendAt: (date: LocalDate) => number,
): SimulatedDividend[] {
  if (security.yieldPct === 0) return [];
  const schedule = scheduleOf(security, randomFrom(hash(`${security.code} schedule`)));
  const random = randomFrom(hash(`${security.code} dividends ${year}`));
  const variation = security.kind === 'etf' ? 0.5 : 0.16;
  return schedule.flatMap(payment => {
    const exDate = sessions.tradingDayFrom(localDate(year, payment.month, payment.day));
    const share = security.yieldPct / 100 / schedule.length;
    const perUnit = declaredAmount(trendAt(exDate) * share * (1 + (random() - 0.5) * variation), security);
    const frankedPct = frankedPctOf(security, random);
    if (perUnit === 0) return [];
    return {
      exDate,
      declaredOn: previousTradingDay(addDays(exDate, -payment.daysDeclared)),
      recordDate: sessions.tradingDayFrom(addDays(exDate, 1)),
      paidOn: sessions.tradingDayFrom(addDays(exDate, payment.daysToPay)),
      period: payment.period,
      perUnit,
      frankedPct,
    };
  });
}

/** The year in which a date lies. */
export const yearOf = (date: LocalDate): number => partsOf(date).year;
