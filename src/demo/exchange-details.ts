/** The simulated exchange's trading hours and holidays, as EODHD's exchange details tell them. */
import { addDays, addMonths, dayOfWeek, type Instant, isoInstant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { isTradingDay, marketPhase, nextTradingDay, session } from '../domain/market/calendar.ts';

const windowMonths = 6;

const isWeekend = (date: LocalDate): boolean => dayOfWeek(date) === 0 || dayOfWeek(date) === 6;

const clockUtc = (instant: Instant): string => isoInstant(instant).slice(11, 19);

/** Lists are objects with number keys, as EODHD sends them. */
const keyed = <T>(rows: readonly T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row, index) => [String(index), row]));

/** Holidays and early closes from `from` to `to`: six months either way unless told. */
export function exchangeDetails(now: Instant, from?: LocalDate, to?: LocalDate) {
  const today = sydneyDate(now);
  const holidays: { Holiday: string; Date: LocalDate; Type: 'official' }[] = [];
  const earlyCloses: { Name: string; Date: LocalDate; Type: 'official' }[] = [];
  const end = to ?? addMonths(today, windowMonths);
  for (let date = from ?? addMonths(today, -windowMonths); date <= end; date = addDays(date, 1)) {
    if (isTradingDay(date)) {
      if (session(date)?.earlyClose === true) earlyCloses.push({ Name: 'Early close', Date: date, Type: 'official' });
    } else if (!isWeekend(date)) {
      holidays.push({ Holiday: 'Market holiday', Date: date, Type: 'official' });
    }
  }
  const next = session(isTradingDay(today) ? today : nextTradingDay(today));
  return {
    Name: 'Australian Securities Exchange',
    Code: 'AU',
    OperatingMIC: 'XASX',
    Country: 'Australia',
    Currency: 'AUD',
    Timezone: 'Australia/Sydney',
    isOpen: marketPhase(now).phase === 'open',
    TradingHours: {
      Open: '10:00:00',
      Close: '16:00:00',
      OpenUTC: next === undefined ? null : clockUtc(next.opensAt),
      CloseUTC: next === undefined ? null : clockUtc(next.closesAt),
      WorkingDays: 'Mon,Tue,Wed,Thu,Fri',
    },
    ExchangeHolidays: keyed(holidays),
    ExchangeEarlyCloseDays: keyed(earlyCloses),
  };
}
