/**
 * Interactive Brokers: dividends of Flex queries, and the activity statement.
 *
 * A dividend and the tax withheld from it are rows of their own, joined by date and security. The activity statement is
 * many tables in one file: `Trades,Header,...` names the columns of the `Trades,Data,...` rows after it. The sign of
 * Quantity gives the side, Comm/Fee is negative, and dates follow the statement's time zone.
 */
import { compare, isNegative, type Money, plain } from '../domain/decimal.ts';
import { cleanText, cut, readAmount } from './cell.ts';
import type { Row } from './delimited.ts';
import { dividend, totalWithheld } from './dividend.ts';
import { findCode, type Listing } from './listing.ts';
import { type Context, type Reading, Refusal } from './reading.ts';
import { dataRows, nameKey, type Table } from './table.ts';
import { readEntryDay } from './trade-draft.ts';
import { addTrade } from './trade-table.ts';

type Payment = {
  readonly line: number;
  readonly kind: 'dividend' | 'tax';
  readonly listing: Listing;
  readonly date: string;
  readonly amount: string;
};

/** Joins tax to dividends of the same day and security; with several dividends, to the largest. */
function addPayments(payments: readonly Payment[], context: Context, reading: Reading): void {
  const dividends: {
    line: number;
    key: string;
    code: Parameters<typeof dividend>[1];
    on: Parameters<typeof dividend>[0];
    gross: Money;
  }[] = [];
  const taxes = new Map<string, { line: number; amounts: Money[] }>();
  for (const { line, kind, listing, date, amount } of payments) {
    const code = findCode(listing, context);
    const on = readEntryDay(date, context);
    const value = readAmount(amount) as Money | undefined;
    if (code instanceof Refusal) reading.reject(line, code.reason);
    else if (on instanceof Refusal) reading.reject(line, on.reason);
    else if (value === undefined) reading.reject(line, `amount "${cut(amount)}" is not a number`);
    else if (kind === 'tax') {
      const tax = taxes.get(`${on}|${code}`) ?? { line, amounts: [] };
      tax.amounts.push(value);
      taxes.set(`${on}|${code}`, tax);
    } else if (isNegative(value))
      reading.reject(line, `a dividend of ${plain(value)}: a reversal; remove the dividend it reverses`);
    else dividends.push({ line, key: `${on}|${code}`, code, on, gross: value });
  }
  for (const paid of [...dividends].sort((a, b) => compare(b.gross, a.gross))) {
    const tax = taxes.get(paid.key);
    taxes.delete(paid.key);
    const withheld = tax === undefined ? undefined : totalWithheld(tax.amounts);
    reading.add({ line: paid.line, draft: dividend(paid.on, paid.code, paid.gross, withheld) });
  }
  for (const [key, { line }] of taxes) {
    reading.reject(line, `tax withheld without its dividend: ${key.replace('|', ' ')}`);
  }
}

const kindOf = (type: string): Payment['kind'] | undefined =>
  /dividend/i.test(type) ? 'dividend' : /withholding/i.test(type) ? 'tax' : undefined;

/** Reads a Flex query's dividends and withholding tax. */
export function readIbkrDividends(table: Table, context: Context, reading: Reading): void {
  const payments: Payment[] = [];
  for (const row of dataRows(table, context, reading)) {
    const kind = kindOf(row.text('type'));
    if (kind === undefined) {
      reading.skip(row.line, `${cut(row.text('type'))}: no dividend`);
      continue;
    }
    const listing = { code: '', isin: row.text('isin'), currency: row.text('currency') };
    payments.push({ line: row.line, kind, listing, date: row.text('date'), amount: row.text('amount') });
  }
  addPayments(payments, context, reading);
}

/** Whether the rows are an activity statement. */
export const isActivityStatement = (rows: readonly Row[]): boolean =>
  rows.some(
    ({ cells }) => /^(?:statement|trades)$/i.test(cleanText(cells[0] ?? '')) && nameKey(cells[1] ?? '') === 'header',
  );

type Cells = (name: string) => string;

function addStatementTrade(line: number, cell: Cells, context: Context, reading: Reading): void {
  if (cell('DataDiscriminator') !== '' && !/^(?:order|trade)$/i.test(cell('DataDiscriminator'))) return;
  const category = cell('Asset Category');
  if (category !== '' && !/^stocks$/i.test(category)) {
    reading.skip(line, `${cut(category)}: no ASX security`);
    return;
  }
  const raw = {
    date: cell('Date/Time'),
    side: '',
    code: cell('Symbol'),
    currency: cell('Currency'),
    units: cell('Quantity'),
    price: cell('T. Price'),
    brokerage: cell('Comm/Fee'),
  };
  addTrade(line, raw, '', { negativeSales: true, negativeFees: true }, context, reading);
}

/** `BHP(AU000000BHP4) Cash Dividend AUD 0.72 per Share` */
function statementPayment(line: number, kind: Payment['kind'], cell: Cells): Payment | undefined {
  if (/^total/i.test(cell('Currency'))) return undefined;
  const [, code = '', isin = ''] = /^([A-Z0-9.]+) ?\(([A-Z0-9]+)\)/.exec(cell('Description')) ?? [];
  const listing = { code, isin, currency: cell('Currency') };
  return { line, kind, listing, date: cell('Date'), amount: cell('Amount') };
}

/** Reads the trades, dividends and withholding tax of an activity statement; its other sections are skipped. */
export function readIbkrActivity(table: Table, context: Context, reading: Reading): void {
  const payments: Payment[] = [];
  const headers = new Map<string, string[]>();
  for (const { line, cells } of table.rows) {
    const section = cleanText(cells[0] ?? '').toLowerCase();
    const part = nameKey(cells[1] ?? '');
    const kind = kindOf(section);
    if (part === 'header') headers.set(section, cells.map(nameKey));
    if (section !== 'trades' && kind === undefined) {
      if (part === 'header') reading.skip(line, `section "${cut(cleanText(cells[0] ?? ''))}" is not used`);
      continue;
    }
    if (part !== 'data') continue;
    const header = headers.get(section);
    if (header === undefined) {
      reading.reject(line, `a row of ${cut(section)} before its header`);
      continue;
    }
    const cell: Cells = name => {
      const at = header.indexOf(nameKey(name));
      return at < 0 ? '' : cleanText(cells[at] ?? '');
    };
    const payment = kind === undefined ? undefined : statementPayment(line, kind, cell);
    if (payment) payments.push(payment);
    else if (kind === undefined) addStatementTrade(line, cell, context, reading);
  }
  addPayments(payments, context, reading);
  if (reading.found.length > 0) {
    reading.warn(
      "dates are in the statement's time zone (often New York): an ASX trade may show a day early; check them",
    );
  }
}
