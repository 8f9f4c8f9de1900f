/**
 * Numbers, dates and ages in words: one way to write each, shared by the command line and the console. No colour, no
 * locale, no padding. Unknown is an en dash; zero is never negative; rounding is half up, away from zero, on the number
 * as it is written. A minus is `-`, a plus is written only where it is asked for and the rounded value is above zero.
 */
import {
  day,
  dayOfWeek,
  daysBetween,
  hour,
  type Instant,
  isLocalDate,
  type LocalDate,
  minute,
  partsOf,
  sydneyClock,
  sydneyDate,
} from './domain/date.ts';
import {
  absolute,
  type Decimal,
  decimal,
  groupThousands,
  isNegative,
  isPositive,
  type Money,
  type Price,
  plain,
  round,
  type Units,
} from './domain/decimal.ts';

export const unknown = '–';

type Signed = {
  /** Write `+` before what is above zero. */
  readonly sign?: boolean;
  readonly places?: number;
};

/** `value` with thousands commas and from `least` to `most` decimals, and its sign apart. */
function written(value: Decimal, least: number, most: number, sign = false): { sign: string; digits: string } {
  const rounded = round(value, most);
  const [whole = '0', fraction = ''] = plain(absolute(rounded)).split('.');
  const decimals = fraction.padEnd(least, '0');
  return {
    sign: isNegative(rounded) ? '-' : sign && isPositive(rounded) ? '+' : '',
    digits: decimals === '' ? groupThousands(whole) : `${groupThousands(whole)}.${decimals}`,
  };
}

function joined(value: Decimal, least: number, most: number, sign = false, unit = ''): string {
  const parts = written(value, least, most, sign);
  return `${parts.sign}${unit}${parts.digits}`;
}

/** Dollars without their sign, as columns show them: `1,234.50`, `-1,204.50`; with `sign`, `+88,120.40`. */
export const formatMoney = (value: Money | undefined, { sign = false, places = 2 }: Signed = {}): string =>
  value === undefined ? unknown : joined(value, places, places, sign);

/** Dollars as sentences show them: `$412,806.15`, `-$1,204.50`. */
export const formatDollars = (value: Money | undefined, { sign = false, places = 2 }: Signed = {}): string =>
  value === undefined ? unknown : joined(value, places, places, sign, '$');

/**
 * Dollars per unit. Two to four decimals, at least three under $2, where the ASX tick is half a cent or less; or
 * exactly `places`, for a column.
 */
export function formatPrice(value: Price | undefined, { sign = false, places }: Signed = {}): string {
  if (value === undefined) return unknown;
  const least = absolute(value).lt(twoDollars) ? 3 : 2;
  return joined(value, places ?? least, places ?? 4, sign);
}
const twoDollars = decimal('2');

/** `1,050`, `0.5`: all the decimals there are. */
export const formatUnits = (value: Units | undefined, { sign = false }: Signed = {}): string =>
  value === undefined ? unknown : joined(value, 0, 20, sign);

/** The decimal that a person sees in a float, so that 0.15 rounds to 0.2; undefined for NaN and the infinities. */
const seen = (value: number | undefined): Decimal | undefined =>
  value === undefined || !Number.isFinite(value) ? undefined : decimal(String(value));

/** A float of statistics, to `places` decimals (2): `1.25`. */
export function formatNumber(value: number | undefined, { sign = false, places = 2 }: Signed = {}): string {
  const number = seen(value);
  return number === undefined ? unknown : joined(number, places, places, sign);
}

/** A percentage (27.1 is 27.1%), to `places` decimals (1): `27.1%`. */
export function formatPct(value: number | undefined, { sign = false, places = 1 }: Signed = {}): string {
  const text = formatNumber(value, { sign, places });
  return text === unknown ? unknown : `${text}%`;
}

/** `▲` above zero, `▼` below, nothing at zero once rounded to `places`, so that the arrow agrees with the figure. */
export function direction(value: Decimal | number | undefined, places = 2): '▲' | '▼' | '' {
  const number = typeof value === 'number' ? seen(value) : value;
  if (number === undefined) return '';
  const rounded = round(number, places);
  return isPositive(rounded) ? '▲' : isNegative(rounded) ? '▼' : '';
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `2 Mar`. */
export function formatDateShort(date: LocalDate | undefined): string {
  if (date === undefined) return unknown;
  const parts = partsOf(date);
  return `${parts.day} ${months[parts.month - 1] ?? unknown}`;
}

/** `2 Mar 2026`. */
export const formatDate = (date: LocalDate | undefined): string =>
  date === undefined ? unknown : `${formatDateShort(date)} ${partsOf(date).year}`;

/** `no newer price than 28 Feb 2025`: the days of a sentence as people read them. */
export const datesInWords = (text: string): string =>
  text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, found => (isLocalDate(found) ? formatDate(found) : found));

/** `Fri`. */
export const formatWeekday = (date: LocalDate): string => weekdays[dayOfWeek(date)] ?? unknown;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The day that a change is of, as its label: `today`, `Fri`, `27 Mar`. */
export function formatDay(date: LocalDate, today: LocalDate): string {
  if (date === today) return 'today';
  const days = daysBetween(date, today);
  return days > 0 && days < 7 ? formatWeekday(date) : formatDateShort(date);
}

/** Why the change of a day is not known: nothing has a price of it yet, or the close before it is missing. */
export const formatNoChange = (day: string, isPriced: boolean): string =>
  isPriced ? `change of ${day} unknown` : `no prices of ${day}`;

/** `15 of 16` where a total is not of all; empty where it is. */
export const formatCoverage = (count: number, all: number): string => (count < all ? `${count} of ${all}` : '');

/** What a clock in Sydney shows: `11:42 AEDT`. */
export function formatSydneyTime(instant: Instant | undefined): string {
  if (instant === undefined) return unknown;
  const { minutes, zone } = sydneyClock(instant);
  return `${clock(minutes)} ${zone}`;
}

/** A length of time in its largest unit, from milliseconds: `12 min`, `3 h`, `3 d`; `0 min` where it is negative. */
export function formatAge(age: number | undefined): string {
  if (age === undefined) return unknown;
  if (age < hour) return `${Math.max(0, Math.floor(age / minute))} min`;
  return age < day ? `${Math.floor(age / hour)} h` : `${groupThousands(String(Math.floor(age / day)))} d`;
}

export type Freshness = {
  /** When the newest price was traded; undefined when there is none. */
  readonly at: Instant | undefined;
  readonly now: Instant;
  /** Minutes that the feed runs behind the market. */
  readonly delay?: number;
  readonly offline?: boolean;
  readonly simulated?: boolean;
};

/** Beyond the feed's own delay, how old a price may be and still count as live: a refresh and a quiet stock. */
const grace = 10 * minute;

/**
 * How fresh prices are: `delayed 20 min · 11:42 AEDT` while they keep up with the feed, else
 * `prices as of Fri 16:10, 3 d old`, with `offline` or `SIMULATED` before it. Days are counted on the calendar.
 */
export function formatFreshness({ at, now, delay = 20, offline, simulated }: Freshness): string {
  const prefix = `${simulated ? 'SIMULATED · ' : ''}${offline ? 'offline · ' : ''}`;
  if (at === undefined) return `${prefix}no prices yet`;
  if (!offline && now - at <= delay * minute + grace) {
    return `${prefix}${delay > 0 ? `delayed ${delay} min · ` : ''}${formatSydneyTime(at)}`;
  }
  const { date, minutes } = sydneyClock(at);
  const days = daysBetween(date, sydneyDate(now));
  if (days < 1) return `${prefix}prices as of ${formatSydneyTime(at)}, ${formatAge(now - at)} old`;
  const when = days < 7 ? formatWeekday(date) : days < 365 ? formatDateShort(date) : formatDate(date);
  return `${prefix}prices as of ${when} ${clock(minutes)}, ${formatAge(days * day)} old`;
}

const pluralOf = (singular: string): string =>
  /[^aeiou]y$/.test(singular)
    ? `${singular.slice(0, -1)}ies`
    : /(s|x|ch|sh)$/.test(singular)
      ? `${singular}es`
      : `${singular}s`;

/** `1 holding`, `1,204 entries`; `plural` where English is irregular. */
export const formatCount = (count: number, singular: string, plural = pluralOf(singular)): string =>
  `${groupThousands(String(count))} ${count === 1 ? singular : plural}`;

/** The financial year that ends in `year`: 2026 is `FY2025–26`. */
export const formatFinancialYear = (year: number): string => `FY${year - 1}–${String(year % 100).padStart(2, '0')}`;

/** The size of a file: 812 bytes, 64 kB, 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatCount(bytes, 'byte');
  const [size, unit] =
    bytes < 999_500 ? [bytes / 1e3, 'kB'] : bytes < 999_500_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${size < 9.95 ? size.toFixed(1) : size.toFixed(0)} ${unit}`;
}
