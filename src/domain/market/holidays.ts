/**
 * Days on which the ASX is closed or closes early.
 *
 * The exchange publishes its trading calendar a few years ahead; those years are dated data. For other years the rule
 * of the New South Wales holidays holds: New Year's Day, Australia Day, Christmas and Boxing Day move to the next
 * weekday that is not a holiday already, 25 April is not moved, and Good Friday, Easter Monday and the second Monday
 * of June are never on a weekend. What the rule does not know (a day of mourning) is dated data as well.
 *
 * What a user sees when it is wrong: a price called stale on a holiday, or a gap reported where no trading took place.
 * Days past `calendarHorizon` are the rule's guess; EODHD's exchange details override both.
 */
import { addDays, dayOfWeek, type LocalDate, localDate } from '../date.ts';

/** The last day of the published calendar. */
export const calendarHorizon: LocalDate = localDate(2027, 12, 31);

const dates = (year: number, ...days: string[]): LocalDate[] => days.map(text => `${year}-${text}` as LocalDate);

/** ASX trading calendars. 26 April 2027 is open but provisional: the exchange has not confirmed that year. */
const published: ReadonlyMap<number, readonly LocalDate[]> = new Map([
  [2025, dates(2025, '01-01', '01-27', '04-18', '04-21', '04-25', '06-09', '12-25', '12-26')],
  [2026, dates(2026, '01-01', '01-26', '04-03', '04-06', '06-08', '12-25', '12-28')],
  [2027, dates(2027, '01-01', '01-26', '03-26', '03-29', '06-14', '12-27', '12-28')],
]);

/**
 * Closed days that no rule foretells: the last day of 1999, 25 April on a Sunday in 2010 and on Easter Monday in 2011
 * (each with a Monday or Tuesday in lieu), and the National Day of Mourning in 2022.
 */
const exceptional: ReadonlyMap<number, readonly LocalDate[]> = new Map([
  [1999, dates(1999, '12-31')],
  [2010, dates(2010, '04-26')],
  [2011, dates(2011, '04-26')],
  [2022, dates(2022, '09-22')],
]);

/** Trading ends at 14:00 with the closing auction at 14:10. */
export const earlyCloses: ReadonlySet<LocalDate> = new Set([
  ...dates(2025, '12-24', '12-31'),
  ...dates(2026, '12-24', '12-31'),
  ...dates(2027, '12-24', '12-31'),
]);

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876). */
function easterSunday(year: number): LocalDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const monthAndDay = epact + weekday - 7 * late + 114;
  return localDate(year, Math.floor(monthAndDay / 31), (monthAndDay % 31) + 1);
}

export const isWeekend = (date: LocalDate): boolean => dayOfWeek(date) === 0 || dayOfWeek(date) === 6;

const monday = (date: LocalDate): LocalDate => addDays(date, (8 - dayOfWeek(date)) % 7);

/** The closed weekdays of any year by the rule alone. */
export function holidaysByRule(year: number): ReadonlySet<LocalDate> {
  const easter = easterSunday(year);
  const fixed = [addDays(easter, -2), addDays(easter, 1), addDays(monday(localDate(year, 6, 1)), 7)];
  const anzac = localDate(year, 4, 25);
  const closed = new Set(isWeekend(anzac) ? fixed : [...fixed, anzac]);
  const moving = [localDate(year, 1, 1), localDate(year, 1, 26), localDate(year, 12, 25), localDate(year, 12, 26)];
  for (const holiday of moving) if (!isWeekend(holiday)) closed.add(holiday);
  for (const holiday of moving.filter(isWeekend)) {
    let observed = addDays(holiday, 1);
    while (isWeekend(observed) || closed.has(observed)) observed = addDays(observed, 1);
    closed.add(observed);
  }
  return closed;
}

/** The weekdays of a year on which the ASX is closed. */
export function closedWeekdays(year: number): ReadonlySet<LocalDate> {
  const dated = published.get(year);
  return dated === undefined ? new Set([...holidaysByRule(year), ...(exceptional.get(year) ?? [])]) : new Set(dated);
}
