import Papa from 'papaparse';
import { Failure } from '../failure.ts';

/** One record of a delimited file. `line` is the 1-based line it starts on; a quoted cell may span several lines. */
export type Row = { readonly line: number; readonly cells: readonly string[] };

export const delimiters = [',', '\t', ';'] as const;
export type Delimiter = (typeof delimiters)[number];

const badFile = (message: string, hint: string): Failure => new Failure('bad-file', message, { hint });

/**
 * The text with its byte order mark gone and every line ending made `\n`. Throws a `bad-file` Failure when it is empty
 * or is no text: a workbook, a PDF, UTF-16 or other bytes.
 */
export function normaliseText(text: string): string {
  const body = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (body.trim() === '') throw badFile('The file is empty', 'Export it again from the broker as CSV.');
  if (body.startsWith('PK\u0003\u0004')) {
    throw badFile('The file is an Excel workbook, not CSV', 'Open it in a spreadsheet and save it as CSV (UTF-8).');
  }
  if (body.startsWith('%PDF')) throw badFile('The file is a PDF, not CSV', 'Export the transactions as CSV.');
  const start = body.slice(0, 4000);
  const unreadable = start.replace(/[^\u0000-\u0008\u000e-\u001a\u001c-\u001f\uFFFD]/g, '').length;
  if (body.includes('\u0000') || unreadable * 10 > start.length) {
    throw badFile(
      'The file is not plain text',
      'Save it as CSV in UTF-8; workbooks and other binary files are not read.',
    );
  }
  return body;
}

type Split = { readonly rows: Row[]; readonly errors: readonly Papa.ParseError[] };

function splitRows(text: string, delimiter: Delimiter, preview: number): Split {
  const result = Papa.parse<string[]>(text, { delimiter, newline: '\n', quoteChar: '"', preview });
  const rows: Row[] = [];
  let line = 1;
  for (const cells of result.data) {
    rows.push({ line, cells });
    line += 1;
    for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1;
  }
  return { rows, errors: result.errors };
}

/** The first records of normalised text, to look at; whatever its quotes are. */
export const previewRows = (text: string, delimiter: Delimiter, count: number): Row[] =>
  splitRows(text, delimiter, count).rows;

/**
 * All records of normalised text; an empty line is a record of one empty cell. Throws a `bad-file` Failure naming the
 * line where a quote swallows the lines after it.
 */
export function readRows(text: string, delimiter: Delimiter): Row[] {
  const { rows, errors } = splitRows(text, delimiter, 0);
  for (const error of errors) {
    const row = error.type === 'Quotes' && error.row !== undefined ? rows[error.row] : undefined;
    if (row?.cells.some(cell => cell.includes('\n'))) {
      throw badFile(
        `Line ${row.line} opens a quote (") that is not closed on it`,
        'Repair that line, then import again.',
      );
    }
  }
  return rows;
}
