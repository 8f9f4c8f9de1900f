/** The simulated market's days: the trading days from its origin, numbered from 0. */
import { addDays, type LocalDate, localDate } from '../domain/date.ts';
import { tradingDays } from '../domain/market/calendar.ts';

/** Prices are simulated forward from here, so that a day's prices never depend on today. */
export const marketOrigin: LocalDate = localDate(2019, 1, 2);

export type Sessions = ReturnType<typeof numberSessions>;

export function numberSessions() {
  const dates: LocalDate[] = [];
  let year = 2019;

  const reach = (hasEnough: () => boolean): void => {
    while (!hasEnough()) {
      const first = year === 2019 ? marketOrigin : localDate(year, 1, 1);
      dates.push(...tradingDays(first, localDate(year, 12, 31)));
      year += 1;
    }
  };

  /** The number of the first session on or after `date`. */
  const firstFrom = (date: LocalDate): number => {
    reach(() => (dates.at(-1) ?? '') >= date);
    let low = 0;
    let high = dates.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((dates[middle] ?? '') < date) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** The date of a session; the market does not exist before its origin. */
  const dateAt = (session: number): LocalDate => {
    reach(() => dates.length > session);
    return dates[session] ?? marketOrigin;
  };

  return {
    dateAt,
    firstFrom,
    /** The number of the last session on or before `date`; -1 before the origin. */
    lastUntil: (date: LocalDate): number => firstFrom(addDays(date, 1)) - 1,
    /** The trading day on or after `date`. */
    tradingDayFrom: (date: LocalDate): LocalDate => dateAt(firstFrom(date)),
  };
}
