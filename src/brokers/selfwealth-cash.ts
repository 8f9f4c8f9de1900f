/**
 * SelfWealth's cash report: `Order 19: Buy 17 LIT @ $84.90`, and its brokerage in a row of its own.
 *
 * The two are joined by the order number; an order filled in parts has its brokerage on the largest part. The report
 * names no market, so a code traded in dollars may be foreign: a warning says so.
 */
import { absolute, add, compare, type Money, plain, subtract } from '../domain/decimal.ts';
import { cut, isAbsent, readAmount } from './cell.ts';
import { dividend } from './dividend.ts';
import { findCode } from './listing.ts';
import { type Context, type Reading, Refusal } from './reading.ts';
import { dataRows, type Table, type TableRow } from './table.ts';
import { readEntryDay } from './trade-draft.ts';
import { addTrade } from './trade-table.ts';

const orderText = /^Order (\d+): (Buy|Sell) ([\d.,]+) (\S+) @ (?:([A-Z]{3}) )?\$?([\d.,]+)$/i;
const brokerageText = /^Order (\d+): Brokerage\b/i;
const dividendText = /^([\d.,]+) (\S+) (?:CASHDIV|DIVIDEND) @ (?:([A-Z]{3}) )?\$?([\d.,]+)(.*)$/i;

type Order = { readonly row: TableRow; readonly match: RegExpExecArray; readonly cash: Money };
type Brokerage = { readonly row: TableRow; readonly amount: Money };

const amountOf = (row: TableRow): Money | undefined => {
  const text = isAbsent(row.text('debit')) ? row.text('credit') : row.text('debit');
  const value = readAmount(text);
  return value === undefined ? undefined : absolute(value as Money);
};

function readDividend(row: TableRow, match: RegExpExecArray, context: Context, reading: Reading): void {
  const code = findCode({ code: match[2] ?? '', currency: match[3] }, context);
  const on = readEntryDay(row.text('date'), context);
  const credit = readAmount(row.text('credit'));
  if (code instanceof Refusal) reading.reject(row.line, code.reason);
  else if (on instanceof Refusal) reading.reject(row.line, on.reason);
  else if (credit === undefined) reading.reject(row.line, `no amount for the dividend of ${code}`);
  else reading.add({ line: row.line, draft: dividend(on, code, credit as Money) });
}

/** Gives each order its brokerage: on the largest fill, and among equals on the first. */
function brokerageByRow(orders: readonly Order[], paid: Map<string, Brokerage>): Map<TableRow, Money> {
  const largest = new Map<string, Order>();
  for (const order of orders) {
    const number = order.match[1] ?? '';
    const best = largest.get(number);
    if (best === undefined || compare(order.cash, best.cash) > 0) largest.set(number, order);
  }
  const byRow = new Map<TableRow, Money>();
  for (const [number, { amount }] of paid) {
    const order = largest.get(number);
    if (order) byRow.set(order.row, amount);
  }
  return byRow;
}

function addOrders(orders: readonly Order[], paid: Map<string, Brokerage>, context: Context, reading: Reading): void {
  const brokerage = brokerageByRow(orders, paid);
  for (const { row, match, cash } of orders) {
    const [, number = '', side = '', units = '', code = '', currency = '', price = ''] = match;
    const fee = brokerage.get(row);
    const net = fee === undefined ? cash : side.toLowerCase() === 'buy' ? add(cash, fee) : subtract(cash, fee);
    const raw = { date: row.text('date'), side, units, code, currency, price, total: plain(net) };
    const stated = fee === undefined ? raw : { ...raw, brokerage: plain(fee) };
    addTrade(row.line, stated, number, {}, context, reading);
  }
  const numbers = new Set(orders.map(({ match }) => match[1] ?? ''));
  for (const [number, { row }] of paid) {
    if (numbers.has(number)) reading.skip(row.line, `the brokerage of order ${number}`);
    else reading.reject(row.line, `brokerage of order ${number}, which is not in the file`);
  }
  if (reading.found.length > 0) {
    reading.warn(
      'the cash report names no market; check that each code is the ASX security and each date the trade date',
    );
  }
}

export function readSelfwealthCash(table: Table, context: Context, reading: Reading): void {
  const orders: Order[] = [];
  const paid = new Map<string, Brokerage>();
  for (const row of dataRows(table, context, reading)) {
    const text = row.text('details').replace(/ +/g, ' ');
    const order = orderText.exec(text);
    const fee = brokerageText.exec(text);
    const income = dividendText.exec(text);
    const amount = amountOf(row);
    if ((order || fee) && amount === undefined) {
      reading.reject(row.line, `no amount for "${cut(text)}"`);
    } else if (order && amount !== undefined) {
      orders.push({ row, match: order, cash: amount });
    } else if (fee && amount !== undefined) {
      const number = fee[1] ?? '';
      const before = paid.get(number);
      paid.set(number, { row, amount: before === undefined ? amount : add(before.amount, amount) });
    } else if (income) {
      readDividend(row, income, context, reading);
    } else {
      reading.skip(row.line, `not a trade: "${cut(text)}"`);
    }
  }
  addOrders(orders, paid, context, reading);
}
