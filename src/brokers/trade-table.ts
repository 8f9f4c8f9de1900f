import { cleanText, cut, isAbsent } from './cell.ts';
import type { Context, Reading } from './reading.ts';
import { Refusal } from './reading.ts';
import { asideOf } from './side.ts';
import { dataRows, type Table, type TableRow } from './table.ts';
import { type RawTrade, readTrade, type Signs } from './trade-draft.ts';

/** Reads one trade into `reading`, as a draft with its warnings or as a reject. */
export function addTrade(
  line: number,
  raw: RawTrade,
  reference: string,
  signs: Signs,
  context: Context,
  reading: Reading,
): void {
  const trade = readTrade(raw, signs, context);
  if (trade instanceof Refusal) {
    reading.reject(line, trade.reason);
    return;
  }
  reading.add({ line, draft: trade.draft, ...(isAbsent(reference) ? {} : { reference }) });
  for (const warning of trade.warnings) reading.warn(warning, line);
}

/** Why a row of a trade file is no trade; undefined when it may be one. */
function whySkip(row: TableRow, table: Table): string | undefined {
  const status = row.text('status');
  if (table.columns.status !== undefined && !/^confirmed$/i.test(status)) {
    return status === '' ? 'no confirmation status' : `status is ${cut(status)}, not Confirmed`;
  }
  const isConversion = table.columns.isin !== undefined && row.text('isin') === '' && row.text('code') === '';
  if (isConversion) return 'no ISIN: a currency conversion';
  return asideOf(row.text('side'));
}

/** Reads a file with one trade a row. */
export function readTradeTable(table: Table, context: Context, reading: Reading): void {
  const needsSide = table.columns.side !== undefined;
  for (const row of dataRows(table, context, reading)) {
    const skip = whySkip(row, table);
    if (skip !== undefined) {
      reading.skip(row.line, skip);
      continue;
    }
    const side = cleanText(row.text('side'));
    if (needsSide && side === '') {
      reading.reject(row.line, 'no side: neither buy nor sell');
      continue;
    }
    const raw: RawTrade = {
      date: row.text('date'),
      side,
      code: row.text('code'),
      market: row.text('market'),
      currency: row.text('currency'),
      isin: row.text('isin'),
      units: row.text('units'),
      price: row.text('price'),
      brokerage: row.text('brokerage'),
      brokerageCurrency: row.text('brokerageCurrency'),
      total: row.text('total'),
      amount: row.text('amount'),
      note: row.text('note'),
    };
    addTrade(row.line, raw, row.text('reference'), table.format, context, reading);
  }
  if (table.format.id === 'cmc-cfd' && reading.found.length > 0) {
    reading.warn('CFDs are contracts, not shares; keep only the rows that are shares you own');
  }
}
