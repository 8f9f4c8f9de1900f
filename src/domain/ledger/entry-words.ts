/**
 * The words of an entry line, one at a time: units, prices, dollars, percentages, dates, ratios and codes.
 *
 * A line is split at spaces; `@` is a word of its own, so `@43.21` and `@ 43.21` read the same. Each reader takes the
 * text of one word and returns its value, or throws a Failure that quotes the word and says how such a word looks.
 * Limits keep slips out of the ledger: units have at most 8 decimals, prices 10, dollars 2, and no number more than 12
 * digits before its point. Slashed dates are Australian, day first. A date after today is refused: entries record what
 * has happened.
 */
import { Failure } from '../../failure.ts';
import { addDays, isLocalDate, type LocalDate, latestEntryDate, readDate } from '../date.ts';
import {
  type Decimal,
  isNegative,
  isPositive,
  type Money,
  money,
  type Price,
  plain,
  price,
  readDecimal,
  type Units,
  units,
} from '../decimal.ts';
import { editDistance } from '../edit-distance.ts';
import { type Code, readCode } from '../market/security.ts';

/** A word of a line: `start` and `end` are character offsets, `place` counts words from 1 as a reader would. */
export type Word = { readonly text: string; readonly start: number; readonly end: number; readonly place: number };

/** Control characters, line separators and the marks that reverse the order of text on a screen. */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/gu;

/** Text that is safe to draw on one line: white space becomes single spaces, unprintable characters go. */
export const cleanText = (text: string): string => text.replace(/\s+/g, ' ').replace(unprintable, '').trim();

export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let place = 0;
  for (const chunk of text.matchAll(/\S+/g)) {
    place += 1;
    for (const part of chunk[0].matchAll(/@|[^@]+/g)) {
      const start = chunk.index + part.index;
      words.push({ text: part[0].replace(unprintable, ''), start, end: start + part[0].length, place });
    }
  }
  return words;
}

/** The word in quotation marks, cut where it would flood the message. */
export const quoted = (text: string): string => `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;

const refuse = (message: string, hint?: string): never => {
  throw new Failure('invalid-input', message, { hint });
};

type Measure = {
  /** As in "is not ...". */
  readonly what: string;
  readonly looks: string;
  readonly places: number;
  readonly least: 'more than zero' | 'zero or more' | 'any';
};

const unitsMeasure: Measure = {
  what: 'a number of units',
  looks: 'Units look like 100 or 1,050.5.',
  places: 8,
  least: 'more than zero',
};
const priceMeasure: Measure = {
  what: 'a price per unit',
  looks: 'A price looks like 43.21.',
  places: 10,
  least: 'more than zero',
};
const moneyMeasure: Measure = {
  what: 'an amount in dollars',
  looks: 'An amount looks like 9.95 or $1,234.50.',
  places: 2,
  least: 'zero or more',
};

function readMeasure(text: string, measure: Measure): Decimal {
  const value = readDecimal(text);
  if (value === undefined) return refuse(`${quoted(text)} is not ${measure.what}`, measure.looks);
  const [whole = '', fraction = ''] = plain(value).replace('-', '').split('.');
  if (whole.length > 12) return refuse(`${quoted(text)} is too large to be ${measure.what}`, measure.looks);
  if (fraction.length > measure.places) {
    return refuse(`${quoted(text)} has more than ${measure.places} decimals, too many for ${measure.what}`);
  }
  if (measure.least === 'more than zero' && !isPositive(value)) {
    return refuse(`${quoted(text)} is not more than zero`, measure.looks);
  }
  if (measure.least === 'zero or more' && isNegative(value)) {
    return refuse(`${quoted(text)} is less than zero`, measure.looks);
  }
  return value;
}

export const readUnits = (text: string): Units => units(plain(readMeasure(text, unitsMeasure)));
export const readPrice = (text: string): Price => price(plain(readMeasure(text, priceMeasure)));
/** Dollars and cents, zero or more. */
export const readDollars = (text: string): Money => money(plain(readMeasure(text, moneyMeasure)));
/** Dollars and cents, more than zero. */
export const readPayment = (text: string): Money =>
  money(plain(readMeasure(text, { ...moneyMeasure, least: 'more than zero' })));
/** Dollars and cents of either sign: a small sale can bring less than its brokerage. */
export const readSignedDollars = (text: string): Money =>
  money(plain(readMeasure(text, { ...moneyMeasure, least: 'any' })));
/** A total in dollars, or `unknown`, which is undefined. */
export const readCost = (text: string): Money | undefined =>
  text.toLowerCase() === 'unknown' ? undefined : readDollars(text);

export const readForeignAmount = (text: string): Decimal =>
  readMeasure(text, { ...moneyMeasure, what: 'an amount of money', places: 6, least: 'more than zero' });
export const readRate = (text: string): Decimal =>
  readMeasure(text, {
    what: 'an exchange rate',
    looks: 'A rate is units of the currency for one Australian dollar, like 0.6512.',
    places: 10,
    least: 'more than zero',
  });
export const readCurrency = (text: string): string =>
  /^[a-z]{3}$/i.test(text)
    ? text.toUpperCase()
    : refuse(`${quoted(text)} is not a currency`, 'A currency is three letters, like USD.');

/** 0 to 100, with or without the sign. */
export function readPercent(text: string): Decimal {
  const looks = 'A percentage looks like 100% or 62.5.';
  const value = readMeasure(text.replace(/%$/, ''), { what: 'a percentage', looks, places: 10, least: 'zero or more' });
  return value.gt(hundred) ? refuse(`${quoted(text)} is more than 100%`, looks) : value;
}
const hundred = units('100');

export function readTradedCode(text: string): Code {
  const hint = 'A code is 3 to 6 letters or digits, like BHP, VAS or CBAPG.';
  return readCode(text) ?? refuse(`${quoted(text)} is not an ASX code`, hint);
}

/** `NEW:OLD`, both more than zero. */
export function readRatio(text: string): { newUnits: Decimal; oldUnits: Decimal } {
  const looks = 'A ratio is new units to old ones: 2:1 is two for one, 1:10 is one for ten.';
  const [newText, oldText, ...rest] = text.split(':');
  if (newText === undefined || oldText === undefined || rest.length > 0) {
    return refuse(`${quoted(text)} is not a ratio`, looks);
  }
  const measure: Measure = { what: 'part of a ratio', looks, places: 8, least: 'more than zero' };
  return { newUnits: readMeasure(newText, measure), oldUnits: readMeasure(oldText, measure) };
}

/** A day: `2026-03-02`, `2/3/2026`, `today` or `yesterday`; an announced action may lie ahead, by five years at most. */
export function readDay(text: string, today: LocalDate): LocalDate {
  const word = text.toLowerCase();
  if (word === 'today') return today;
  if (word === 'yesterday') return addDays(today, -1);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(word);
  const date = slashed
    ? readDate(Number(slashed[3]), Number(slashed[2]), Number(slashed[1]))
    : isLocalDate(word)
      ? word
      : undefined;
  if (date === undefined) {
    const hint = 'Write dates as YYYY-MM-DD, like 2026-03-02, or day first, like 2/3/2026; or today, or yesterday.';
    return refuse(`${quoted(text)} is not a date`, hint);
  }
  return date > latestEntryDate(today)
    ? refuse(`${quoted(text)} is more than five years ahead`, `Today is ${today}.`)
    : date;
}

/** The year a financial year ends in: 2026 is July 2025 to June 2026. */
export function readFinancialYear(text: string): number {
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  return year >= 1990 && year <= 2100
    ? year
    : refuse(
        `${quoted(text)} is not a financial year`,
        'A financial year is the year it ends in: 2026 ends June 2026.',
      );
}

/** How many letters may be wrong in a word of this length. */
const slips = (length: number): number => (length > 7 ? 3 : length > 4 ? 2 : 1);

/** The candidate that `text` most likely meant, or undefined when none is near. */
export function nearestWord<T extends string>(text: string, candidates: readonly T[]): T | undefined {
  const word = text.toLowerCase();
  if (word.length < 2 || word.length > 24) return undefined;
  const begun = candidates.find(candidate => candidate.startsWith(word));
  if (begun !== undefined) return begun;
  const ranked = candidates
    .map(candidate => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= slips(Math.min(word.length, candidate.length)))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}
