/**
 * The lenient readers of EODHD's JSON, and the only door from a binary float to a Decimal.
 *
 * The same number comes as a number, a numeric text, "NA", "None", "", null or 0, depending on the endpoint; a list
 * comes as an array, as an object keyed "0", "1", ..., or keyed by date. Each row is read alone: a bad one is dropped
 * and counted, never a whole page.
 */
import { z } from 'zod';
import { isLocalDate, type LocalDate } from '../domain/date.ts';
import { type Decimal, decimal, isNegative, isPositive, type Price } from '../domain/decimal.ts';
import { type Code, readCode } from '../domain/market/security.ts';
import { plainLine } from './redact.ts';

const numeric = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[-+]?\d{1,3})?%?$/i;
const largest = 1e18;
const smallest = 1e-12;

/**
 * A number, or a numeric text (commas, a trailing % and an exponent allowed), as an exact Decimal; undefined for "NA",
 * "None", "", null, anything not finite, and sizes that no price or volume has (1e18 and more, under 1e-12).
 */
export function readNumber(value: unknown): Decimal | undefined {
  if (typeof value === 'number') return readFloat(value);
  const text = typeof value === 'string' && value.length <= 60 ? value.trim() : '';
  if (text.length > 40 || !/^[-+]?\.?\d/.test(text) || !numeric.test(text)) return undefined;
  const digits = text
    .replace(/[,%]/g, '')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.');
  const isNothing = !/[1-9]/.test(digits.replace(/e.*/i, ''));
  return isNothing ? decimal('0') : isSized(Number(digits)) ? decimal(digits) : undefined;
}

const isSized = (value: number): boolean => Math.abs(value) < largest && Math.abs(value) >= smallest;

/** The shortest text that names the float: 41.9 is 41.9, not the binary fraction nearest to it. */
const readFloat = (value: number): Decimal | undefined =>
  value === 0 ? decimal('0') : isSized(value) ? decimal(String(value)) : undefined;

export function readPrice(value: unknown): Price | undefined {
  const number = readNumber(value);
  return number !== undefined && isPositive(number) ? (number as Price) : undefined;
}

/** A date, of which a time may follow; undefined for "0000-00-00", "NA", "" and null. */
export function readDay(value: unknown): LocalDate | undefined {
  const text = typeof value === 'string' ? value.trim().slice(0, 10) : '';
  return isLocalDate(text) ? text : undefined;
}

const noText = new Set(['', 'NA', 'N/A', 'None', 'No data', 'null']);
/** One clean line; undefined for the ways of saying nothing. */
export function readText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? plainLine(value.slice(0, 1000)) : '';
  return noText.has(text) ? undefined : text;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The rows of a list, however it came: an array, an object keyed by number or by date (the date is put into its row), or
 * nothing. Undefined when the value is no list at all.
 */
export function readList(value: unknown): unknown[] | undefined {
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.every(key => /^\d+$/.test(key))) return Object.values(value);
  if (!keys.every(isLocalDate)) return undefined;
  return keys.map(date => {
    const row = value[date];
    return isObject(row) ? { date, ...row } : row;
  });
}

/** The rows that `schema` accepts, in their order, and how many it did not. */
export function readRows<Row>(list: readonly unknown[], schema: z.ZodType<Row>): { rows: Row[]; dropped: number } {
  const rows: Row[] = [];
  for (const row of list) {
    const read = schema.safeParse(row);
    if (read.success) rows.push(read.data);
  }
  return { rows, dropped: list.length - rows.length };
}

/** What a row of the whole exchange may hold beside ASX codes: funds (`0P00007962`) and codes no longer used (`PRL_old`). */
export function isOtherCode(row: unknown): boolean {
  if (!isObject(row)) return false;
  const code = row.code ?? row.Code;
  return typeof code === 'string' && /^[A-Za-z0-9]+(_old)?$/.test(code) && readCode(code) === undefined;
}

/** A field that must be readable, or its row is dropped. */
const needed = <Value>(read: (value: unknown) => Value | undefined, what: string) =>
  z
    .unknown()
    .optional()
    .transform((value, context) => {
      const found = read(value);
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message: `not ${what}` });
      return z.NEVER;
    });
const optional = <Value>(read: (value: unknown) => Value | undefined) => z.unknown().optional().transform(read);

const readVolume = (value: unknown): Decimal | undefined => {
  if (value === undefined || value === null || value === 'NA' || value === '') return decimal('0');
  const volume = readNumber(value);
  return volume === undefined || isNegative(volume) ? undefined : volume;
};

/** Fields of the row schemas. */
export const field = {
  day: needed(readDay, 'a date'),
  price: needed(readPrice, 'a price'),
  code: needed((value): Code | undefined => (typeof value === 'string' ? readCode(value) : undefined), 'an ASX code'),
  /** Traded units; 0 where none are reported, as for an index. */
  volume: needed(readVolume, 'a volume'),
  count: needed((value): number | undefined => {
    const number = readNumber(value);
    return number === undefined || isNegative(number) ? undefined : Math.round(Number(number.toFixed()));
  }, 'a count'),
  text: needed(readText, 'a text'),
  dayIfAny: optional(readDay),
  priceIfAny: optional(readPrice),
  numberIfAny: optional(readNumber),
  volumeIfAny: optional(value => (readNumber(value) === undefined ? undefined : readVolume(value))),
  textIfAny: optional(readText),
};
