/** Values of options and arguments. Each reader names the option and the value it cannot take. */
import {
  addDays,
  type Instant,
  isLocalDate,
  type LocalDate,
  parseLocalDate,
  readInstant,
  sydneyInstant,
} from '../domain/date.ts';
import { type Decimal, isNegative, isZero, type Money, readDecimal, roundCents, toFloat } from '../domain/decimal.ts';
import { nearestName } from '../domain/edit-distance.ts';
import { type Code, parseCode } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';

/** Reads the date of `option`. */
export const dateOf =
  (option: string) =>
  (text: string): LocalDate =>
    parseLocalDate(text, option);

/** Reads the instant of `option`; a date alone is the end of that day in Sydney. */
export const instantOf =
  (option: string) =>
  (text: string): Instant => {
    if (isLocalDate(text)) return sydneyInstant(addDays(text, 1), 0) - 1;
    const instant = readInstant(text);
    if (instant !== undefined) return instant;
    throw new Failure('invalid-input', `${option} is "${text}", which is neither a date nor an instant`, {
      hint: 'Write it like 2026-03-02 or 2026-03-02T16:10+11:00.',
    });
  };

/** Reads the whole number of `option`, from `least` to `most`. */
export const countOf =
  (option: string, least: number, most: number) =>
  (text: string): number => {
    const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (count >= least && count <= most) return count;
    throw new Failure('invalid-input', `${option} is "${text}", which is not a whole number from ${least} to ${most}`);
  };

/** Reads the dollars of `option`, not below zero. */
export const moneyOf =
  (option: string) =>
  (text: string): Money => {
    const amount = readDecimal(text);
    if (amount !== undefined && !isNegative(amount)) return roundCents(amount as Money);
    throw new Failure('invalid-input', `${option} is "${text}", which is not an amount of dollars`, {
      hint: 'Write it like 5000 or 1,204.50.',
    });
  };

/** Reads the percentage of `option`, from 0 to 100. */
export const percentOf =
  (option: string) =>
  (text: string): Decimal => {
    const value = readDecimal(text.trim().replace(/%$/, ''));
    if (value !== undefined && !isNegative(value) && toFloat(value) <= 100) return value;
    throw new Failure('invalid-input', `${option} is "${text}", which is not a percentage from 0 to 100`);
  };

/** Collects ASX codes, each once. */
export const codesOf = (text: string, before: readonly Code[] | undefined): Code[] => [
  ...new Set([...(before ?? []), ...text.split(',').map(parseCode)]),
];

/** Reads the financial year of `option`: `2026`, `FY2026` or `2025-26`, by the year it ends in. */
export const financialYearOf =
  (option: string) =>
  (text: string): number => {
    const match = /^(?:fy\s?)?(?:(\d{4})[-/\u2013](\d{2}|\d{4})|(\d{4}))$/i.exec(text.trim());
    const begins = Number(match?.[1] ?? Number.NaN);
    const ends = match?.[3] === undefined ? begins + 1 : Number(match[3]);
    const agrees = match?.[2] === undefined || String(ends).endsWith(match[2]);
    if (agrees && ends >= 1986 && ends <= 2200) return ends;
    throw new Failure('invalid-input', `${option} is "${text}", which is not a financial year`, {
      hint: 'Name it by the year it ends in: 2026 is 1 July 2025 to 30 June 2026.',
    });
  };

/** Reads the decimal of `what`, at least `least`. */
export const positiveOf =
  (what: string) =>
  (text: string): Decimal => {
    const value = decimalOf(what, '0')(text);
    if (!isZero(value)) return value;
    throw new Failure('invalid-input', `${what} is "${text}", which is not above 0`);
  };

export const decimalOf =
  (what: string, least: string) =>
  (text: string): Decimal => {
    const value = readDecimal(text);
    if (value?.gte(least)) return value;
    throw new Failure('invalid-input', `${what} is "${text}", which is not a number of at least ${least}`);
  };

/** Reads one or more names of `option`, apart by commas. */
export const someOf =
  <Name extends string>(option: string, names: readonly Name[]) =>
  (text: string, before: readonly Name[] | undefined): Name[] => {
    const found = text.split(',').map(part => {
      const name = names.find(each => each === part.trim().toLowerCase().replaceAll('-', '_'));
      if (name !== undefined) return name;
      const nearest = nearestName(part, names);
      throw new Failure('invalid-input', `${option} is "${part}", which it cannot be`, {
        hint: nearest === undefined ? `It can be: ${names.join(', ')}.` : `Did you mean ${nearest}?`,
      });
    });
    return [...new Set([...(before ?? []), ...found])];
  };

/** Collects the numbers that a list gives its rows. */
export const idsOf = (text: string, before: readonly number[] | undefined): number[] => [
  ...(before ?? []),
  countOf('The number', 1, 999_999_999)(text),
];
