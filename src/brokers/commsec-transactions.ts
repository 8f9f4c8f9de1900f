/**
 * CommSec's account ledger: money in and out, where a contract's details say the trade, `B 23 NDQ @ 41.950000`.
 *
 * There is no brokerage column: it is what the cash differs from units x price. The reference is the confirmation
 * number behind a letter (`C154772543`), so this file and the confirmations of the same trades share their keys.
 */
import { cut, isAbsent } from './cell.ts';
import type { Context, Reading } from './reading.ts';
import { dataRows, type Table } from './table.ts';
import { addTrade } from './trade-table.ts';

const details = /^([BS]) ([\d.,]+) ([A-Z0-9.]+) @ \$?([\d.,]+)$/i;

export function readCommsecTransactions(table: Table, context: Context, reading: Reading): void {
  for (const row of dataRows(table, context, reading)) {
    const text = row.text('details').replace(/ +/g, ' ');
    const match = details.exec(text);
    const reference = row.text('reference');
    const isContract = /^C\d/i.test(reference) || /^contract$/i.test(row.text('type'));
    if (!match && !isContract) {
      reading.skip(row.line, `not a trade: "${cut(text === '' ? reference : text)}"`);
      continue;
    }
    if (!match) {
      reading.reject(row.line, `"${cut(text)}" is not a contract like "B 23 NDQ @ 41.95"`);
      continue;
    }
    const [, side = '', units = '', code = '', price = ''] = match;
    const isBuy = side.toUpperCase() === 'B';
    const [cash, other] = isBuy ? (['debit', 'credit'] as const) : (['credit', 'debit'] as const);
    if (isAbsent(row.text(cash)) && !isAbsent(row.text(other))) {
      reading.reject(row.line, `a ${isBuy ? 'buy' : 'sale'} with a ${other}: a reversal; remove the trade it reverses`);
      continue;
    }
    const raw = { date: row.text('date'), side, code, units, price, total: row.text(cash) };
    addTrade(row.line, raw, reference, {}, context, reading);
  }
}
