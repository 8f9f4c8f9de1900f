/**
 * How domain values lie in SQLite: decimals as TEXT, days and codes as TEXT, instants as INTEGER milliseconds,
 * booleans as INTEGER 0 or 1, unknown as NULL. No money is ever a REAL.
 */
import { customType } from 'drizzle-orm/sqlite-core';
import { type Decimal, decimal as parse, plain } from '../domain/decimal.ts';

/** A decimal as plain text. */
export const decimalText = plain;

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
