/**
 * nabtrade's cash accounts: money in and out, where the description says the trade,
 * `BUY IVV.ASX 12 AUD 71.43 188373640 NT0000000-002` (side, code and exchange, units, currency, price, confirmation).
 *
 * The trading cash account shows a trade twice: accrued on the trade date and cleared on the settlement date, in
 * opposite columns. Both are one trade, on the earlier date. The plain cash account has the settlement date alone; a
 * warning says so, because the contract date is the one that counts for tax.
 */
import { absolute, add, type Money } from '../domain/decimal.ts';
import { cut, isAbsent, readAmount } from './cell.ts';
import { dividend } from './dividend.ts';
import { findCode } from './listing.ts';
import { type Context, type Reading, Refusal } from './reading.ts';
import { dataRows, type Table, type TableRow } from './table.ts';
import { readEntryDay } from './trade-draft.ts';
import { addTrade } from './trade-table.ts';

const trade = /^(BUY|SELL) (\S+) ([\d.,]+) ([A-Z]{3}) ([\d.,]+) (\d+)(?: .*)?$/i;
const declared = /^DIVIDEND ON ([A-Z0-9]+(?:\.[A-Z]+)?)(?: (.*))?$/i;
/** A registry's payment whose text starts with a code, `FUNDS TRANSFER DIVIDEND - IVV PAYMENT OCT26/0081`. */
const registry = /^FUNDS TRANSFER DIVIDEND - ([A-Z0-9]{3,4}) PAYMENT\b/i;

type Parts = { side: string; code: string; units: string; currency: string; price: string; reference: string };
type Side = { readonly row: TableRow; readonly parts: Parts; readonly amount: string; readonly isAccrual: boolean };

const textOf = (row: TableRow): string => row.text('details').replace(/ +/g, ' ');

/** The trade that a row describes, with the cash on the side where it is. */
function tradeSide(row: TableRow): Side | undefined {
  const match = trade.exec(textOf(row));
  if (!match) return undefined;
  const [, side = '', code = '', units = '', currency = '', price = '', reference = ''] = match;
  const isDebit = !isAbsent(row.text('debit')) && readAmount(row.text('debit'))?.eq('0') !== true;
  const isBuy = side.toUpperCase() === 'BUY';
  return {
    row,
    parts: { side, code, units, currency, price, reference },
    amount: row.text(isDebit ? 'debit' : 'credit'),
    isAccrual: isDebit === isBuy,
  };
}

function readDividend(row: TableRow, context: Context, reading: Reading): void {
  const text = textOf(row);
  const announced = declared.exec(text);
  const paid = announced ?? registry.exec(text);
  if (!paid) {
    reading.skip(row.line, `no code in "${cut(text)}"; add the dividend by hand`);
    return;
  }
  const currency = /\b([A-Z]{3}) to AUD\b/i.exec(announced?.[2] ?? '')?.[1];
  const code = findCode({ code: paid[1] ?? '', currency }, context);
  if (code instanceof Refusal) {
    reading.reject(row.line, code.reason);
    return;
  }
  const credit = isAbsent(row.text('credit')) ? undefined : readAmount(row.text('credit'));
  if (credit === undefined) {
    reading.skip(row.line, `the money of "${cut(text)}" moving on`);
    return;
  }
  const on = readEntryDay(row.text('date'), context);
  if (on instanceof Refusal) {
    reading.reject(row.line, on.reason);
    return;
  }
  const taken = readAmount(/\(WHT of AUD ([-\u2212]?[\d.,]+)\)/i.exec(text)?.[1] ?? '') as Money | undefined;
  const tax = taken === undefined ? undefined : absolute(taken);
  const cash = credit as Money;
  reading.add({ line: row.line, draft: dividend(on, code, tax === undefined ? cash : add(cash, tax), tax) });
  if (!announced) reading.warn(`${code}: a dividend by its registry text "${cut(text)}"; check the code`, row.line);
}

/** Reads one row of cash; a trade is returned for pairing, everything else is dealt with. */
function readCash(row: TableRow, context: Context, reading: Reading): Side | undefined {
  const text = textOf(row);
  if (/^interest/i.test(row.text('type'))) {
    reading.skip(row.line, `${cut(row.text('type'))}: cash, not a trade`);
    return undefined;
  }
  const side = tradeSide(row);
  if (side) return side;
  if (/^(BUY|SELL) /i.test(text)) {
    reading.reject(row.line, `"${cut(text)}" is not a trade like "BUY IVV.ASX 12 AUD 71.43 188373640"`);
  } else if (/\bDIVIDEND\b/i.test(text)) {
    readDividend(row, context, reading);
  } else {
    reading.skip(row.line, `not a trade: "${cut(text)}"`);
  }
  return undefined;
}

const addSide = ({ row, parts, amount }: Side, context: Context, reading: Reading): void =>
  addTrade(row.line, { ...parts, date: row.text('date'), total: amount }, parts.reference, {}, context, reading);

/** The accrual and the clearing of one trade agree in all but date and column. */
function pairKey({ parts, amount }: Side): string {
  const cash = readAmount(amount);
  return [parts.reference, parts.side, parts.code, parts.units, parts.price, cash?.toFixed() ?? amount]
    .join('|')
    .toUpperCase();
}

function byDate(a: Side, b: Side, context: Context): number {
  const first = context.readDay(a.row.text('date')) ?? '';
  const second = context.readDay(b.row.text('date')) ?? '';
  return first < second ? -1 : first > second ? 1 : Number(b.isAccrual) - Number(a.isAccrual);
}

/** Makes one trade of the two rows that the trading cash account has for it. */
function addPairs(sides: readonly Side[], context: Context, reading: Reading): void {
  const groups = new Map<string, Side[]>();
  for (const side of sides) {
    const isAsx = !(findCode(side.parts, context) instanceof Refusal);
    const key = isAsx ? pairKey(side) : `${side.row.line}`;
    groups.set(key, [...(groups.get(key) ?? []), side]);
  }
  for (const group of groups.values()) {
    const [first, ...others] = group.sort((a, b) => byDate(a, b, context));
    if (!first) continue;
    const before = reading.found.length;
    addSide(first, context, reading);
    for (const other of others) reading.skip(other.row.line, `the other half of the trade of line ${first.row.line}`);
    if (others.length === 0 && !first.isAccrual && reading.found.length > before) {
      reading.warn('only the settlement of this trade is in the file, so it has the settlement date', first.row.line);
    }
  }
}

/** Reads the cash account (with a Type column) and the trading cash account (without). */
export function readNabtradeCash(table: Table, context: Context, reading: Reading): void {
  const isPaired = table.columns.type === undefined;
  const sides: Side[] = [];
  for (const row of dataRows(table, context, reading)) {
    const side = readCash(row, context, reading);
    if (!side) continue;
    if (isPaired) sides.push(side);
    else if (side.isAccrual) addSide(side, context, reading);
    else reading.reject(row.line, `money on the wrong side of "${cut(textOf(row))}": a reversal`);
  }
  addPairs(sides, context, reading);
  if (!isPaired && reading.found.some(({ draft }) => isTrade(draft.kind))) {
    reading.warn(
      'the dates are settlement dates; trade dates, which count for tax, are about two business days earlier',
    );
  }
}

const isTrade = (kind: string): boolean => kind === 'buy' || kind === 'sell';
