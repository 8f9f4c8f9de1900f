/**
 * `--map date=Trade Date,code=Ticker,...`: the user names the columns of a file that no format fits.
 *
 * Left are our words, right the file's header names. With `avg_cost` the rows are opening parcels; otherwise they are
 * trades, and without a `side` the sign of the units tells: negative is a sale.
 */
import { Failure } from '../failure.ts';
import { cut } from './cell.ts';
import type { Field, Format } from './format.ts';

const fields: Record<string, Field> = {
  date: 'date',
  code: 'code',
  ticker: 'code',
  symbol: 'code',
  side: 'side',
  type: 'side',
  units: 'units',
  shares: 'units',
  quantity: 'units',
  price: 'price',
  fee: 'brokerage',
  brokerage: 'brokerage',
  total: 'total',
  market: 'market',
  currency: 'currency',
  isin: 'isin',
  reference: 'reference',
  note: 'note',
  avg_cost: 'averageCost',
};

export const mapExample = '--map "date=Trade Date,code=Ticker,side=Action,units=Qty,price=Price,fee=Fees"';

const refuse = (message: string): Failure =>
  new Failure('invalid-input', message, {
    hint: `Write ${mapExample}; the words are ${Object.keys(fields).join(', ')}.`,
  });

/**
 * Reads `date=Trade Date,code=Ticker` into `{date: 'Trade Date', code: 'Ticker'}`. A column name may hold commas. Throws
 * an `invalid-input` Failure for a word that is none, a word given twice and a missing name.
 */
export function parseMap(text: string): Record<string, string> {
  const map: Record<string, string> = {};
  const taken = new Set<Field>();
  for (const part of text.split(/,(?=\s*[a-z_]+\s*=)/i)) {
    const at = part.indexOf('=');
    if (at < 0) throw refuse(`"${cut(part.trim())}" does not name a column`);
    const word = part.slice(0, at).trim().toLowerCase();
    const name = part
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    const field = Object.hasOwn(fields, word) ? fields[word] : undefined;
    if (field === undefined) throw refuse(`"${cut(word)}" is not a word of --map`);
    if (name === '') throw refuse(`"${cut(word)}=" names no column`);
    if (taken.has(field)) throw refuse(`--map names ${cut(word)} twice`);
    taken.add(field);
    map[word] = name;
  }
  return map;
}

/** The format that a map describes. Throws an `invalid-input` Failure when it lacks a column that no row can do without. */
export function mappedFormat(map: Readonly<Record<string, string>>): Format {
  const columns: Partial<Record<Field, string>> = {};
  for (const [word, name] of Object.entries(map)) {
    const field = Object.hasOwn(fields, word) ? fields[word] : undefined;
    if (field === undefined) throw refuse(`"${cut(word)}" is not a word of --map`);
    columns[field] = name;
  }
  const isHoldings = columns.averageCost !== undefined;
  const missing: string[] = [];
  if (columns.code === undefined && (isHoldings || columns.isin === undefined)) missing.push('code');
  if (columns.units === undefined) missing.push('units');
  if (!isHoldings && columns.date === undefined) missing.push('date');
  if (!isHoldings && columns.price === undefined && columns.total === undefined) missing.push('price');
  if (missing.length > 0) throw refuse(`--map has no ${missing.join(' and no ')}`);
  return {
    id: 'map',
    title: 'Columns named with --map',
    verified: true,
    family: 'map',
    reader: isHoldings ? 'holdings' : 'trades',
    columns,
    negativeSales: true,
    negativeFees: 'perhaps',
  };
}
