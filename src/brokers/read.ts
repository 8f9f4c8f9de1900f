/**
 * Broker files: text in, drafts and problems out. Nothing is written and nothing is guessed.
 */
import type { LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';
import { cut, type DateOrder, readDay } from './cell.ts';
import { mappedFormat } from './column-map.ts';
import { readCommsecTransactions } from './commsec-transactions.ts';
import { normaliseText } from './delimited.ts';
import { detectTable, formatTable } from './detect.ts';
import { isLedgerText, readEntryTable, readLedgerText } from './entry-lines.ts';
import type { Format, Reader } from './format.ts';
import { readCommsecHoldings, readHoldingsTable, readSelfwealthPortfolio } from './holdings-table.ts';
import { readIbkrActivity, readIbkrDividends } from './ibkr.ts';
import { readNabtradeCash } from './nabtrade-cash.ts';
import { type Context, type Problem, Reading } from './reading.ts';
import { readSelfwealthCash } from './selfwealth-cash.ts';
import { assignKeys, type ImportedRow } from './source-key.ts';
import { fieldsOf, type Table } from './table.ts';
import { readTradeTable } from './trade-table.ts';

export { parseMap } from './column-map.ts';
export type { ImportedRow, Problem };

export type ReadOptions = {
  /** A format's id, or `auto` (the default): by the file's header. */
  readonly format?: string | undefined;
  /** Columns named by the user, as `parseMap` gives them; wins over `format`. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** Rows dated more than five years later are rejected; holdings without a date are dated so. */
  readonly today: LocalDate;
  /** The stored symbol list; without it every ISIN is unknown. */
  readonly findIsin?: ((isin: string) => Code | undefined) | undefined;
  /** How to read 3/4/2026; Australian brokers write the day first, the default. */
  readonly dateOrder?: DateOrder | undefined;
};

export type ReadResult = {
  readonly format: string;
  readonly title: string;
  /** False when the layout has not been tried on a file of the broker's own: say "layout unverified". */
  readonly verified: boolean;
  /** In the order of lines. */
  readonly rows: ImportedRow[];
  /** Rows that should have been entries and are not. */
  readonly rejected: Problem[];
  /** Lines that are no entries: titles, totals, footers, cash, repeats. */
  readonly skipped: Problem[];
  readonly warnings: string[];
};

const readers: Record<Reader, (table: Table, context: Context, reading: Reading) => void> = {
  trades: readTradeTable,
  holdings: readHoldingsTable,
  'commsec-transactions': readCommsecTransactions,
  'commsec-holdings': readCommsecHoldings,
  'selfwealth-cash': readSelfwealthCash,
  'selfwealth-portfolio': readSelfwealthPortfolio,
  'nabtrade-cash': readNabtradeCash,
  'ibkr-dividends': readIbkrDividends,
  'ibkr-activity': readIbkrActivity,
  'entry-lines': readEntryTable,
  // It is no table: see `ledgerFormat`.
  ledger: () => undefined,
};

export type FormatLine = {
  readonly id: string;
  readonly title: string;
  readonly verified: boolean;
  /** The header names that tell the format; empty where the file has no header. */
  readonly headers: readonly string[];
};

/** Every format, for `import formats`. */
export const formats: readonly FormatLine[] = formatTable.map(format => ({
  id: format.id,
  title: format.title,
  verified: format.verified,
  headers: fieldsOf(format).flatMap(({ names, needed }) => (needed ? names.slice(0, 1) : [])),
}));

function candidatesFor(options: ReadOptions): readonly Format[] {
  if (options.map !== undefined) return [mappedFormat(options.map)];
  const id = options.format ?? 'auto';
  if (id === 'auto') return formatTable;
  const format = formatTable.find(candidate => candidate.id === id.toLowerCase());
  if (format) return [format];
  throw new Failure('invalid-input', `"${cut(id)}" is not a format`, {
    hint: `The formats are auto, ${formatTable.map(candidate => candidate.id).join(', ')}.`,
  });
}

function rememberDays(order: DateOrder): Context['readDay'] {
  const known = new Map<string, LocalDate | undefined>();
  return text => {
    const day = known.get(text);
    if (day !== undefined || known.has(text)) return day;
    const read = readDay(text, order);
    known.set(text, read);
    return read;
  };
}

/** The format of entry lines, where it is asked for alone or the text begins with one. */
function ledgerFormat(candidates: readonly Format[], text: string): Format | undefined {
  const format = candidates.find(each => each.reader === 'ledger');
  return candidates.length === 1 || isLedgerText(text) ? format : undefined;
}

function readTable(text: string, candidates: readonly Format[], context: Context, reading: Reading): Format {
  const table = detectTable(text, candidates);
  readers[table.format.reader](table, context, reading);
  return table.format;
}

/**
 * Reads a broker's file. Rows that cannot be read are in `rejected`, with their line; throws a Failure only when the
 * file as a whole cannot be read: `bad-file` for an empty file, one that is no text, or a header that no format has;
 * `invalid-input` for an unknown format, or a map that names no column of the file.
 */
export function readBrokerFile(text: string, options: ReadOptions): ReadResult {
  const candidates = candidatesFor(options);
  const body = normaliseText(text);
  const ledger = ledgerFormat(candidates, body);
  const reading = new Reading();
  const dateOrder = options.dateOrder ?? 'day-first';
  const context: Context = {
    today: options.today,
    dateOrder,
    readDay: rememberDays(dateOrder),
    findIsin: options.findIsin ?? (() => undefined),
  };
  const format = ledger ?? readTable(body, candidates, context, reading);
  if (ledger !== undefined) readLedgerText(body, context, reading);
  const { rows, repeats } = assignKeys(reading.found, format);
  const byLine = (a: Problem, b: Problem): number => a.line - b.line;
  return {
    format: format.id,
    title: format.title,
    verified: format.verified,
    rows,
    rejected: reading.rejected.sort(byLine),
    skipped: [...reading.skipped, ...repeats].sort(byLine),
    warnings: reading.warnings,
  };
}
