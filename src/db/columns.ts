/**
 * How domain values lie in SQLite: decimals as TEXT, days and codes as TEXT, instants as INTEGER milliseconds,
 * booleans as INTEGER 0 or 1, unknown as NULL. No money is ever a REAL.
 */
import { customType } from 'drizzle-orm/sqlite-core';
import { type Decimal, decimal as parse, plain } from '../domain/decimal.ts';

/**
 * Texts by number of decimals and by the number that the digits make without the point. Prices have few: of a market's
 * millions of bars nearly all are `0.001` to `163.83`, and a text that is there already need not be made.
 */
const texts: (string[] | undefined)[] = [];
const textsKept = 2 ** 14;
const mostPlaces = 4;

/** A decimal as plain text: the text of `plain`, several times faster for the short numbers that prices are. */
export function decimalText(value: Decimal): string {
  const { c: digits, e: exponent, s: sign } = value;
  const places = Math.max(0, digits.length - 1 - exponent);
  if (exponent > 14 - places || sign < 0 || places > mostPlaces) return plain(value);
  let number = 0;
  for (let index = 0; index <= exponent + places; index++) number = number * 10 + (digits[index] ?? 0);
  if (number >= textsKept) return shortText(number, places);
  texts[places] ??= Array<string>(textsKept);
  const kept = texts[places];
  let text = kept[number];
  if (text === undefined) {
    text = shortText(number, places);
    kept[number] = text;
  }
  return text;
}

/** 12345 with two places is `123.45`. */
function shortText(number: number, places: number): string {
  if (places === 0) return String(number);
  const digits = String(number).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

export const knownText = (value: Decimal | undefined): string | null =>
  value === undefined ? null : decimalText(value);

/** NULL is unknown. */
export const known = <T>(value: T | null): T | undefined => (value === null ? undefined : value);

const column = customType<{ data: Decimal; driverData: string }>({
  dataType: () => 'text',
  toDriver: decimalText,
  fromDriver: parse,
});

/** A column of exact decimals; the brand says of what. */
export const decimal = <T extends Decimal = Decimal>(name: string) => column(name).$type<T>();
