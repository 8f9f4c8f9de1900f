/**
 * Time-weighted return: the returns of the days, linked. A day on which nothing was invested has none and is skipped.
 *
 * The index starts at 1 at the close before the first day and holds still over days that are skipped.
 */
import type { LocalDate } from '../date.ts';
import type { PortfolioDay } from './portfolio-days.ts';

type Returned = Pick<PortfolioDay, 'timeWeighted'>;

/** As a fraction; undefined where no day has a return. */
export function linkedReturn(days: readonly Returned[]): number | undefined {
  let growth = 1;
  let linked = false;
  for (const { timeWeighted } of days) {
    if (timeWeighted === undefined) continue;
    growth *= 1 + timeWeighted;
    linked = true;
  }
  return linked ? growth - 1 : undefined;
}

/** The index at the close of each day. */
export function linkedIndex(days: readonly Returned[]): number[] {
  let index = 1;
  return days.map(({ timeWeighted = 0 }) => {
    index *= 1 + timeWeighted;
    return index;
  });
}

/** The return of each trading day, as statistics want it: what moved on a day without trading is linked into the next. */
export function sessionReturns(
  days: readonly Pick<PortfolioDay, 'date' | 'isTradingDay' | 'timeWeighted'>[],
): { readonly date: LocalDate; readonly rate: number }[] {
  const returns: { date: LocalDate; rate: number }[] = [];
  let since = 1;
  for (const { date, isTradingDay, timeWeighted } of days) {
    since *= 1 + (timeWeighted ?? 0);
    if (!isTradingDay) continue;
    if (timeWeighted !== undefined) returns.push({ date, rate: since - 1 });
    since = 1;
  }
  return returns;
}
