/**
 * The values of an entry line that take more than one word, or words of their own: a price with its `@`, cash as a total
 * or per unit, named parcels, a foreign declaration, a note.
 */
import { Failure } from '../../failure.ts';
import type { LocalDate } from '../date.ts';
import type { Price } from '../decimal.ts';
import { type CashAmount, type Declared, type ParcelChoice, type ParcelMethod, parcelMethods } from './entry.ts';
import type { Cursor } from './entry-cursor.ts';
import * as words from './entry-words.ts';

/** A price with its `@`; the sign may be left out where nothing else could stand there. */
export function readPerUnit(line: Cursor, shape: string, signNeeded: boolean): Price | undefined {
  const signed = line.accept('@', 'at');
  const word = line.peek();
  const price = line.read(signed ? shape.replace('@ ', '') : shape, words.readPrice);
  if (!signed && signNeeded && price !== undefined && word !== undefined) {
    line.refuse(word, `${words.quoted(word.text)} needs "@" before it`);
  }
  return price;
}

export function readCash(line: Cursor): CashAmount | undefined {
  if (line.peek()?.text === '@') {
    const perUnit = readPerUnit(line, '@ PER-UNIT', true);
    return perUnit === undefined ? undefined : { perUnit };
  }
  const total = line.read('AMOUNT or @ PER-UNIT', words.readPayment);
  return total === undefined ? undefined : { total };
}

export function readMethod(text: string): ParcelMethod {
  const word = text.toLowerCase();
  const method = parcelMethods.find(known => known === word);
  if (method !== undefined) return method;
  const others = 'Use fifo, lifo, highest-cost, or name the parcels: parcel 2024-02-02:100.';
  const message = word === 'least-tax' ? '"least-tax" is not available in this version' : undefined;
  throw new Failure('invalid-input', message ?? `${words.quoted(text)} is not a parcel method`, { hint: others });
}

/** Ids are hexadecimal and written in lower case; a date is how most people know their parcel. */
function readParcel(text: string, today: LocalDate): ParcelChoice {
  const colon = text.lastIndexOf(':');
  if (colon < 1) {
    throw new Failure('invalid-input', `${words.quoted(text)} is not a parcel and its units`, {
      hint: 'Name a parcel by its date or id, then its units: parcel 2024-02-02:100,2024-05-01:50.',
    });
  }
  const name = text.slice(0, colon);
  const isDate = /^\d{4}-\d{2}-\d{2}$|\//.test(name);
  const isHex = /^[0-9a-f-]+$/i.test(name);
  const parcel = isDate ? words.readDay(name, today) : isHex ? name.toLowerCase() : name;
  return { parcel, units: words.readUnits(text.slice(colon + 1)) };
}

/** Parcels are separated by commas, with or without spaces; thousands commas cannot be used in them. */
export function readParcels(line: Cursor, today: LocalDate): ParcelChoice[] | undefined {
  const chosen: ParcelChoice[] = [];
  let whole = true;
  for (let more = true; more; ) {
    const found = line.read('ID-or-DATE:UNITS', text => {
      const list = text.split(',').filter(part => part !== '');
      if (list.length === 0) throw new Failure('invalid-input', `${words.quoted(text)} names no parcel`);
      return list.map(part => readParcel(part, today));
    });
    if (found === undefined) whole = false;
    else chosen.push(...found);
    const comma = line.last()?.text.endsWith(',') === true || line.peek()?.text.startsWith(',') === true;
    more = comma && found !== undefined;
  }
  return whole ? chosen : undefined;
}

export function readDeclared(line: Cursor): Declared | undefined {
  const amount = line.read('AMOUNT', words.readForeignAmount);
  const currency = line.read('CUR', words.readCurrency);
  const next = line.peek();
  if (next === undefined) line.require('at RATE');
  else if (!line.accept('at', '@')) line.refuse(next, `"at" is missing before ${words.quoted(next.text)}`);
  const rate = line.read('RATE', words.readRate);
  return amount && currency && rate ? { amount, currency, rate } : undefined;
}

/** The rest of the line. */
export function readNote(line: Cursor): string | undefined {
  const note = words.cleanText(line.rest());
  if (note !== '') return note;
  line.require('TEXT');
  return undefined;
}
