/**
 * A file as a table: a header that names columns, and the rows under it.
 *
 * Brokers wrap their rows in other text: titles above the header, totals, a legal footer, a header repeated by joining
 * files. Those are skipped and said so; a row with a readable date or amount is always a row, to be read or rejected.
 */
import { cleanText, cut, isAbsent, readAmount } from './cell.ts';
import type { Row } from './delimited.ts';
import type { Field, Format } from './format.ts';
import type { Context, Reading } from './reading.ts';

type ColumnIndex = Partial<Record<Field, number>>;

/** A file that has been recognised. `rows` are all of its records; the header is at `headerAt`, or nowhere at -1. */
export type Table = {
  readonly format: Format;
  readonly rows: readonly Row[];
  readonly headerAt: number;
  readonly columns: ColumnIndex;
};

/** A row of a table, its cells by field; a field without a column or a value is empty text. */
export type TableRow = { readonly line: number; readonly text: (field: Field) => string };

/** A header name without case, blanks and punctuation: `Buy/ Sell` is `buysell`, `Debit ($)` is `debit`. */
export function nameKey(name: string): string {
  const clean = cleanText(name).toLowerCase();
  return clean.replace(/[^a-z0-9%]/g, '') || clean;
}

const namesOf = (names: string | readonly string[] | undefined): readonly string[] =>
  names === undefined ? [] : typeof names === 'string' ? [names] : names;

/** The fields of a format with the column names each may have; `needed` says that a file without it is another file. */
export function fieldsOf(format: Format): { field: Field; names: readonly string[]; needed: boolean }[] {
  const list = (columns: Format['columns'], needed: boolean) =>
    (Object.keys(columns) as Field[]).map(field => ({ field, names: namesOf(columns[field]), needed }));
  return [...list(format.columns, true), ...list(format.optional ?? {}, false)];
}

type HeaderMatch = { readonly columns: ColumnIndex; readonly missing: readonly string[] };

/** Tells of a header, given as name keys, where the format's columns are and which names it lacks. */
export function headerMatcher(format: Format): (keys: readonly string[]) => HeaderMatch {
  const wanted = fieldsOf(format).map(column => ({ ...column, keys: column.names.map(nameKey) }));
  return keys => {
    const columns: ColumnIndex = {};
    const missing: string[] = [];
    for (const { field, names, keys: accepted, needed } of wanted) {
      const at = accepted.map(key => keys.indexOf(key)).find(index => index >= 0);
      if (at !== undefined) columns[field] = at;
      else if (needed) missing.push(names[0] ?? field);
    }
    return { columns, missing };
  };
}

const filled = (cells: readonly string[]): string[] => cells.map(cleanText).filter(cell => cell !== '');

const isTotal = (first: string): boolean => /^(?:grand |sub ?)?totals?:?$/i.test(first);

const isProse = (cells: readonly string[]): boolean => {
  const words = cells.map(cell => cell.split(' ').length);
  const total = words.reduce((sum, count) => sum + count, 0);
  return (words[0] ?? 0) >= 3 || total >= 2 * cells.length + 2 || (cells.length === 1 && total >= 2);
};

const anchors: readonly Field[] = ['date', 'units', 'debit', 'credit'];

/** The rows under the header that are data; everything else goes to `reading` as skipped or rejected. */
export function* dataRows(table: Table, context: Context, reading: Reading): Generator<TableRow> {
  const { rows, headerAt, columns } = table;
  const header = rows[headerAt]?.cells ?? [];
  const headerText = header.map(nameKey).join();
  const firstName = nameKey(header[0] ?? '');
  const anchorColumns = anchors.flatMap(field => {
    const at = columns[field];
    return at === undefined ? [] : [{ field, at }];
  });
  let inFooter = false;
  for (const [index, row] of rows.entries()) {
    const cells = row.cells.map(cleanText);
    if (cells.every(cell => cell === '')) continue;
    if (index <= headerAt) {
      if (index < headerAt) reading.skip(row.line, `above the header: "${cut(filled(cells).join(' '))}"`);
      continue;
    }
    if (headerAt >= 0 && nameKey(cells[0] ?? '') === firstName && cells.map(nameKey).join() === headerText) {
      reading.skip(row.line, 'the header again');
      continue;
    }
    const anchored = anchorColumns.some(({ field, at }) => {
      const cell = cells[at] ?? '';
      return field === 'date' ? context.readDay(cell) !== undefined : !isAbsent(cell) && readAmount(cell) !== undefined;
    });
    const texts = anchored ? cells : filled(cells);
    if (isTotal(texts[0] ?? '')) {
      reading.skip(row.line, 'a total');
      continue;
    }
    if (!anchored && (inFooter || isProse(texts))) {
      inFooter = true;
      reading.skip(row.line, `text, not a row: "${cut(texts.join(' '))}"`);
      continue;
    }
    if (headerAt >= 0 && cells.length > header.length && cells.slice(header.length).some(cell => cell !== '')) {
      reading.reject(row.line, `${cells.length} cells where the header has ${header.length}`);
      continue;
    }
    yield {
      line: row.line,
      text: field => {
        const at = columns[field];
        return at === undefined ? '' : (cells[at] ?? '');
      },
    };
  }
}
