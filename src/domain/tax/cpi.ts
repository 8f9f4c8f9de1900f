/**
 * Indexation by consumer prices: the ABS All Groups index, weighted average of the eight capital cities, as first
 * published (ITAA 1997 s 960-280).
 *
 * factor = index of the quarter of the sale / index of the quarter in which the cost was incurred, to three decimals,
 * half up (s 960-275(5)), and never below 1. The quarters it needs begin in September 2027, so none is published with
 * this version: the user enters them (`asxos tax cpi set 2027Q3 103.4`).
 *
 * A quarter that is not known yet counts as the last known one before it, and a factor made from it is an estimate and
 * says so; where nothing at all is known the estimate is 1, no indexation.
 */

import { Failure } from '../../failure.ts';
import { type LocalDate, partsOf } from '../date.ts';
import { type Decimal, decimal, larger, round } from '../decimal.ts';
import { regimeStart } from './rules.ts';

declare const brand: unique symbol;
/** A quarter of a calendar year, like `2027Q3`; text order is time order. */
export type Quarter = string & { readonly [brand]: 'quarter' };

export const quarterOf = (date: LocalDate): Quarter => {
  const { year, month } = partsOf(date);
  return `${year}Q${Math.ceil(month / 3)}` as Quarter;
};

/** Reads `2027Q3`, in either case and with or without a dash or a space. */
export function parseQuarter(text: string): Quarter {
  const match = /^(20\d\d)[\s-]?q([1-4])$/i.exec(text.trim());
  if (match) return `${match[1]}Q${match[2]}` as Quarter;
  throw new Failure('invalid-input', `"${text}" is not a quarter`, {
    hint: 'Write the calendar year and its quarter, like 2027Q3 for July to September 2027.',
  });
}

export type CpiTable = ReadonlyMap<Quarter, Decimal>;

/** The index numbers that come with this version: none, since none that a factor may use is published. */
export const publishedCpi: CpiTable = new Map();

export type IndexationFactor = {
  readonly factor: Decimal;
  readonly from: Quarter;
  readonly to: Quarter;
  /** The index of each, or the last known one before it; undefined where there is none. */
  readonly start: Decimal | undefined;
  readonly end: Decimal | undefined;
  /** True where an index number is not known and the last one before it stands in. */
  readonly estimated: boolean;
};

const one = decimal('1');

function indexOf(table: CpiTable, quarter: Quarter): { index: Decimal | undefined; exact: boolean } {
  const exact = table.get(quarter);
  if (exact !== undefined) return { index: exact, exact: true };
  const before = [...table.keys()]
    .filter(each => each < quarter)
    .sort()
    .at(-1);
  return { index: before === undefined ? undefined : table.get(before), exact: false };
}

/** The factor for a cost incurred on one day and a sale on another. A cost before 1 July 2027 counts from that quarter. */
export function indexationFactor(table: CpiTable, incurredOn: LocalDate, soldOn: LocalDate): IndexationFactor {
  const from = quarterOf(incurredOn < regimeStart ? regimeStart : incurredOn);
  const to = quarterOf(soldOn);
  const [start, end] = [indexOf(table, from), indexOf(table, to)];
  const indexes = { from, to, start: start.index, end: end.index };
  if (from === to) return { ...indexes, factor: one, estimated: false };
  const ratio = start.index === undefined || end.index === undefined ? one : round(end.index.div(start.index), 3);
  return { ...indexes, factor: larger(one, ratio), estimated: !start.exact || !end.exact };
}
