/** Rows as comma-separated text, for the command line and for files. */
import { type Decimal, plain } from './domain/decimal.ts';
import { harmless } from './domain/text.ts';

export type Cell = string | number | boolean | Decimal | undefined;

export type CsvRows = { readonly fields: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

const guarded = /^[=+\-@\t\r]/;

/** A CSV cell, on one line. Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers never do. */
function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (typeof cell !== 'string') return plain(cell);
  const clean = harmless(cell);
  const text = guarded.test(cell) ? `'${clean}` : clean;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvText = (csv: CsvRows): string =>
  [csv.fields, ...csv.rows].map(row => `${row.map(csvCell).join(',')}\n`).join('');
