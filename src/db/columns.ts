/**
 * How domain values lie in SQLite: decimals as TEXT, days and codes as TEXT, instants as INTEGER milliseconds,
 * booleans as INTEGER 0 or 1, unknown as NULL. No money is ever a REAL.
 */
import { customType } from 'drizzle-orm/sqlite-core';
import { type Decimal, decimal as parse, plain } from '../domain/decimal.ts';

/** `.00` to `.99` and their like, by number of digits and value: prices have few. */
const fractions: string[][] = [[], [], [], [], []];

/**
 * A decimal as plain text: the text of `plain`, several times faster for the short numbers that prices are. A market's
 * history is millions of them.
 */
export function decimalText(value: Decimal): string {
  const { c: digits, e: exponent, s: sign } = value;
  const count = digits.length;
  const places = Math.max(0, count - 1 - exponent);
  const known = fractions[places];
  if (exponent < 0 || exponent > 14 || sign < 0 || known === undefined) return plain(value);
  let whole = 0;
  for (let index = 0; index <= exponent; index++) whole = whole * 10 + (digits[index] ?? 0);
  if (places === 0) return String(whole);
  let fraction = 0;
  for (let index = exponent + 1; index < count; index++) fraction = fraction * 10 + (digits[index] ?? 0);
  known[fraction] ??= `.${String(fraction).padStart(places, '0')}`;
  return String(whole) + known[fraction];
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
