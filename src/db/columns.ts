/**
 * How domain values lie in SQLite: decimals as TEXT, days and codes as TEXT, instants as INTEGER milliseconds,
 * booleans as INTEGER 0 or 1, unknown as NULL. No money is ever a REAL.
 */
import { customType } from 'drizzle-orm/sqlite-core';
import { type Decimal, decimal as parse, plain } from '../domain/decimal.ts';
import { shortParts } from '../domain/short-decimal.ts';

/**
 * Texts by number of decimals and by the number that the digits make without the point. Prices have few: of a market's
 * millions of bars nearly all are `0.001` to `163.83`, and a text that is there already need not be made.
 */
const texts: (string[] | undefined)[] = [];
const textsKept = 2 ** 14;
const mostPlaces = 4;

/** A decimal as plain text: the text of `plain`, several times faster for the short numbers that prices are. */
export function decimalText(value: Decimal): string {
  const short = shortParts(value);
  if (short === undefined || short.places > mostPlaces || !(short.count >= 0 && short.count < textsKept))
    return plain(value);
  const { count, places } = short;
  texts[places] ??= Array<string>(textsKept);
  const kept = texts[places];
  let text = kept[count];
  if (text === undefined) {
    text = plain(value);
    kept[count] = text;
  }
  return text;
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
