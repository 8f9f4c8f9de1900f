/**
 * Which format a file has: by the header names in its first ten lines, or by its shape where it has no header.
 */
import { Failure } from '../failure.ts';
import { brokerFormats } from './broker-formats.ts';
import { cleanText, cut } from './cell.ts';
import { mapExample } from './column-map.ts';
import { type Delimiter, delimiters, previewRows, type Row, readRows } from './delimited.ts';
import type { Format } from './format.ts';
import { isSelfwealthHolding } from './holdings-table.ts';
import { isActivityStatement } from './ibkr.ts';
import { headerMatcher, nameKey, type Table } from './table.ts';
import { trackerFormats } from './tracker-formats.ts';

export const formatTable: readonly Format[] = [...brokerFormats, ...trackerFormats];

const headerWithin = 10;

/** The first rows as one delimiter splits them, and the name keys of those that may be the header. */
type Start = { readonly delimiter: Delimiter; readonly rows: readonly Row[]; readonly keys: readonly string[][] };
type Fit = Omit<Table, 'rows'> & { readonly delimiter: Delimiter; readonly score: number };

const cleanCells = (row: Row): string[] => row.cells.map(cleanText);

/** Formats without a header, by the shape of their first rows. */
function fitShape(format: Format, { delimiter, rows }: Start): Fit | undefined {
  const fits =
    format.reader === 'ibkr-activity'
      ? isActivityStatement(rows)
      : format.reader === 'selfwealth-portfolio' && rows.slice(0, 3).some(row => isSelfwealthHolding(cleanCells(row)));
  return fits ? { format, delimiter, headerAt: -1, columns: {}, score: 1 } : undefined;
}

function fitHeader(format: Format, { delimiter, keys }: Start): Fit | undefined {
  const match = headerMatcher(format);
  let best: Fit | undefined;
  for (const [headerAt, row] of keys.entries()) {
    const { columns, missing } = match(row);
    const score = Object.keys(columns).length;
    if (missing.length === 0 && score > (best?.score ?? 0)) best = { format, delimiter, headerAt, columns, score };
  }
  return best;
}

const fitFormat = (format: Format, start: Start): Fit | undefined =>
  Object.keys(format.columns).length === 0 ? fitShape(format, start) : fitHeader(format, start);

/** The line that looks most like a header, for a message: the one with most cells that hold words. */
function likelyHeader(starts: readonly Start[]): { text: string; cells: readonly string[] } {
  let best: string[] = [];
  for (const { rows } of starts) {
    for (const row of rows.slice(0, headerWithin)) {
      const words = cleanCells(row).filter(cell => /[a-z]/i.test(cell));
      if (words.length > best.length) best = words;
    }
  }
  const shown = best.slice(0, 12).map(cut).join(', ');
  return { text: best.length > 12 ? `${shown}, …` : shown, cells: best };
}

const unfit = (starts: readonly Start[], format: Format | undefined): Failure => {
  const { text, cells } = likelyHeader(starts);
  const seen = text === '' ? 'the file has no header' : `the file has the header "${text}"`;
  const hint = `Name the columns yourself, like ${mapExample}; "asxos import formats" lists what is known.`;
  if (format === undefined) return new Failure('bad-file', `No format fits: ${seen}`, { hint });
  const missing = headerMatcher(format)(cells.map(nameKey)).missing.map(name => `"${name}"`);
  const lacks = missing.length === 0 ? '' : `, without ${missing.join(', ')}`;
  const code = format.id === 'map' ? 'invalid-input' : 'bad-file';
  return new Failure(code, `The file does not fit ${format.title}: ${seen}${lacks}`, { hint });
};

/** Finds the format of normalised text among `candidates`. Throws a `bad-file` Failure that names the header seen. */
export function detectTable(text: string, candidates: readonly Format[]): Table {
  const starts = delimiters.map(delimiter => {
    const rows = previewRows(text, delimiter, 50);
    return { delimiter, rows, keys: rows.slice(0, headerWithin).map(row => row.cells.map(nameKey)) };
  });
  let best: Fit | undefined;
  for (const start of starts) {
    for (const format of candidates) {
      const candidate = fitFormat(format, start);
      if (candidate && candidate.score > (best?.score ?? 0)) best = candidate;
    }
  }
  if (!best) throw unfit(starts, candidates.length === 1 ? candidates[0] : undefined);
  const { format, delimiter, headerAt, columns } = best;
  return { format, headerAt, columns, rows: readRows(text, delimiter) };
}
