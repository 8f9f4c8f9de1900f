/**
 * Dates and instants.
 *
 * A `LocalDate` is a calendar day in Sydney, written `YYYY-MM-DD`, so that text order is time order. An `Instant` is UTC
 * milliseconds since 1970. Nothing here reads a clock: today and now are always parameters.
 *
 * Sydney keeps UTC+10, and UTC+11 from 02:00 standard time on the first Sunday of October to 03:00 daylight time on the
 * first Sunday of April (Standard Time Act 1987 (NSW), dates in force since 2008). Instants before 2008 use the same rule.
 */
import { Failure } from '../failure.ts';

declare const dateBrand: unique symbol;
export type LocalDate = string & { readonly [dateBrand]: 'LocalDate' };
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant's days_from_civil). */
function dayNumber(year: number, month: number, dayOfMonth: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function fromDayNumber(days: number): LocalDate {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return localDate(year, month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1);
}

export const localDate = (year: number, month: number, dayOfMonth: number): LocalDate =>
  `${pad(year, 4)}-${pad(month)}-${pad(dayOfMonth)}` as LocalDate;

export type DateParts = { year: number; month: number; day: number };
export const partsOf = (date: LocalDate): DateParts => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
});

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] as number);

/** A real day between 1900 and 2200, or undefined. */
export function readDate(year: number, month: number, dayOfMonth: number): LocalDate | undefined {
  const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(dayOfMonth);
  if (!whole || year < 1900 || year > 2200 || month < 1 || month > 12) return undefined;
  if (dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined;
  return localDate(year, month, dayOfMonth);
}

export function isLocalDate(text: string): text is LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  return readDate(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))) !== undefined;
}

/** Reads a date; `what` is the thing that should have been one, such as an option's name. */
export function parseLocalDate(text: string, what?: string): LocalDate {
  if (isLocalDate(text)) return text;
  const trouble = what === undefined ? `"${text}" is not a date` : `${what} is "${text}", which is not a date`;
  throw new Failure('invalid-input', trouble, { hint: 'Write dates as YYYY-MM-DD, like 2026-03-02.' });
}

const daysOf = (date: LocalDate): number => {
  const { year, month, day: dayOfMonth } = partsOf(date);
  return dayNumber(year, month, dayOfMonth);
};

export const addDays = (date: LocalDate, days: number): LocalDate => fromDayNumber(daysOf(date) + days);
export const daysBetween = (from: LocalDate, to: LocalDate): number => daysOf(to) - daysOf(from);
/** 0 is Sunday, 6 is Saturday. */
export const dayOfWeek = (date: LocalDate): number => (((daysOf(date) + 4) % 7) + 7) % 7;

/** The same day of the month `months` later; clamped to the month's last day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day: dayOfMonth } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = (index % 12) + 1;
  return localDate(newYear, newMonth, Math.min(dayOfMonth, daysInMonth(newYear, newMonth)));
}

/** The latest day that an entry may have: what is announced lies ahead, but a year that far is a slip of the finger. */
export const latestEntryDate = (today: LocalDate): LocalDate => addMonths(today, 60);

export const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a <= b ? a : b);

/** The Australian financial year that a date falls in, by the year it ends: 2026 is 1 July 2025 to 30 June 2026. */
export const financialYear = (date: LocalDate): number => {
  const { year, month } = partsOf(date);
  return month >= 7 ? year + 1 : year;
};

/** The last day of a financial year: 30 June of the year it is named for. */
export const financialYearEnd = (year: number): LocalDate => localDate(year, 6, 30);

const firstSunday = (year: number, month: number): number => {
  const first = dayNumber(year, month, 1);
  const weekday = (((first + 4) % 7) + 7) % 7;
  return first + ((7 - weekday) % 7);
};

/** Minutes that Sydney is ahead of UTC at an instant: 600, or 660 in daylight saving. */
export function sydneyOffset(instant: Instant): number {
  const year = partsOf(fromDayNumber(Math.floor(instant / day))).year;
  const starts = firstSunday(year, 10) * day + 2 * hour - 10 * hour;
  const ends = firstSunday(year, 4) * day + 3 * hour - 11 * hour;
  return instant >= starts || instant < ends ? 660 : 600;
}

/** What a clock on a Sydney wall shows: the day and the minutes since its midnight. */
export function sydneyClock(instant: Instant): { date: LocalDate; minutes: number; zone: 'AEST' | 'AEDT' } {
  const offset = sydneyOffset(instant);
  const wall = instant + offset * minute;
  const days = Math.floor(wall / day);
  return {
    date: fromDayNumber(days),
    minutes: Math.floor((wall - days * day) / minute),
    zone: offset === 660 ? 'AEDT' : 'AEST',
  };
}

export const sydneyDate = (instant: Instant): LocalDate => sydneyClock(instant).date;

/** The instant at which a Sydney clock shows `minutes` past midnight of `date`; in the lost hour, one hour later. */
export function sydneyInstant(date: LocalDate, minutes: number): Instant {
  const wall = daysOf(date) * day + minutes * minute;
  const guess = wall - 10 * hour;
  return wall - sydneyOffset(guess - (sydneyOffset(guess) === 660 ? hour : 0)) * minute;
}

/** ISO text of an instant, in UTC. */
export const isoInstant = (instant: Instant): string => {
  const days = Math.floor(instant / day);
  const rest = instant - days * day;
  const seconds = Math.floor(rest / 1000);
  const millis = rest % 1000;
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${fromDayNumber(days)}T${clock}${millis === 0 ? '' : `.${pad(millis, 3)}`}Z`;
};

/** Reads `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM[:SS[.mmm]]` with `Z` or an offset; undefined for anything else. */
export function readInstant(text: string): Instant | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(text);
  const date = match?.[1];
  if (!match || date === undefined || !isLocalDate(date)) return undefined;
  const [hours, minutes, seconds] = [Number(match[2] ?? 0), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const zone = match[6] ?? 'Z';
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset = zone === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const millis = Number((match[5] ?? '0').padEnd(3, '0'));
  return daysOf(date) * day + hours * hour + minutes * minute + seconds * 1000 + millis - offset * minute;
}
