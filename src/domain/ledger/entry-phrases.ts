/**
 * The values of an entry line that take more than one word, or words of their own: a price with its `@`, cash as a total
 * or per unit, named parcels, a foreign declaration, the entity a holding goes into, a statement's lines, a note.
 */
import { Failure } from '../../failure.ts';
import type { LocalDate } from '../date.ts';
import { type Decimal, decimal, isZero, type Money, type Price } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import { type CashAmount, type Declared, type ParcelChoice, type ParcelMethod, parcelMethods } from './entry.ts';
import type { Cursor } from './entry-cursor.ts';
import * as words from './entry-words.ts';
import { type StatementComponent, type StatementComponents, statementComponents } from './statement.ts';

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
  const others = 'Use fifo, lifo, highest-cost, least-tax, or name the parcels: parcel 2024-02-02:100.';
  throw new Failure('invalid-input', `${words.quoted(text)} is not a parcel method`, { hint: others });
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

/** Takes the word that must stand before a value; undefined, with the trouble noted, where it does not. */
function takeKeyword(line: Cursor, keyword: string, shape: string): boolean {
  if (line.accept(keyword)) return true;
  const next = line.peek();
  if (next === undefined) line.require(shape);
  else line.refuse(next, `"${keyword}" is missing before ${words.quoted(next.text)}`);
  return false;
}

export const readInto = (line: Cursor): Code | undefined =>
  takeKeyword(line, 'into', 'into CODE2') ? line.read('CODE2', words.readTradedCode, true) : undefined;

export const readYear = (line: Cursor): number | undefined =>
  takeKeyword(line, 'fy', 'fy YEAR') ? line.read('YEAR', words.readFinancialYear) : undefined;

const whole = decimal('100');

/** The part of a cost base that leaves it: all or nothing of it is no share. */
export const readCostShare = (line: Cursor): Decimal | undefined =>
  takeKeyword(line, 'cost', 'cost P%')
    ? line.read('P%', text => {
        const share = words.readPercent(text);
        if (!isZero(share) && share.lt(whole)) return share;
        throw new Failure('invalid-input', `${words.quoted(text)} is not between 0% and 100%`, {
          hint: 'Give the percentage of the cost base that goes to the new entity, like cost 12.5%.',
        });
      })
    : undefined;

export function readAdjustment(text: string): Money {
  const dollars = words.readSignedDollars(text);
  if (!isZero(dollars)) return dollars;
  throw new Failure('invalid-input', `${words.quoted(text)} changes nothing`, {
    hint: 'Write +12.34 where the cost base goes up, -12.34 where it goes down.',
  });
}

const componentNamed = (text: string): StatementComponent | undefined =>
  statementComponents.find(name => name === text.toLowerCase());

/** The lines of a statement, separated by commas or only by spaces; the words of a clause end them. */
export function readComponents(line: Cursor): StatementComponents | undefined {
  const components: { -readonly [Name in StatementComponent]?: Money } = {};
  let isWhole = true;
  for (let name = takeComponent(line); name !== undefined; name = takeComponent(line)) {
    const place = line.last();
    const amount = line.read(`${name} AMOUNT`, text => words.readDollars(text.replace(/,$/, '')));
    if (amount === undefined) isWhole = false;
    else if (components[name] === undefined) components[name] = amount;
    else if (place) line.refuse(place, `"${name}" is given twice`);
  }
  const next = line.peek();
  const isEmpty = Object.keys(components).length === 0;
  if (isWhole && isEmpty && next === undefined) line.require('COMPONENT AMOUNT');
  else if (isWhole && (isEmpty || next?.text.toLowerCase() !== 'note')) refuseComponent(line);
  return isWhole && !isEmpty ? components : undefined;
}

function takeComponent(line: Cursor): StatementComponent | undefined {
  line.accept(',');
  const name = componentNamed(line.peek()?.text ?? '');
  if (name !== undefined) line.take();
  return name;
}

function refuseComponent(line: Cursor): void {
  const word = line.take();
  if (word === undefined) return;
  const nearest = words.nearestWord(word.text, statementComponents);
  const list = `The lines of a statement are ${statementComponents.join(', ')}.`;
  const hint = nearest === undefined ? list : `Did you mean ${nearest}? ${list}`;
  line.refuse(word, `${words.quoted(word.text)} is not a line of a tax statement`, hint);
  line.skip();
}

/** The rest of the line. */
export function readNote(line: Cursor): string | undefined {
  const note = words.cleanText(line.rest());
  if (note !== '') return note;
  line.require('TEXT');
  return undefined;
}
