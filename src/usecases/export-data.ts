/**
 * Writes what is recorded in a form that other programs read: JSON lines with everything, from which `import` makes it
 * again; the entries of one portfolio as CSV or as entry lines.
 */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { App } from '../app.ts';
import { csvText } from '../csv.ts';
import { type ExportHeader, exportedRows, exportFormat } from '../db/export-rows.ts';
import { readLedger } from '../db/ledger.ts';
import { schemaVersion } from '../db/schema.ts';
import { readScope } from '../db/scope.ts';
import { isoInstant, type LocalDate } from '../domain/date.ts';
import type { Draft, Entry } from '../domain/ledger/entry.ts';
import { entryAmount } from '../domain/ledger/entry-amount.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import { byEffect } from '../domain/ledger/order.ts';
import { Failure } from '../failure.ts';
import { writePrivateFileInParts } from '../host/private-file.ts';

export const exportFormats = ['jsonl', 'csv', 'ledger'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type ExportQuestion = {
  readonly format: ExportFormat;
  /** Of CSV and entry lines: the portfolio. JSON lines hold all. */
  readonly portfolio?: string | undefined;
  /** With what was fetched and computed. */
  readonly withPrices?: boolean | undefined;
};

export type Exported = {
  readonly format: ExportFormat;
  readonly file: string | undefined;
  /** Rows of JSON lines, or entries. */
  readonly rows: number;
  /** What the form cannot say. */
  readonly warnings: readonly string[];
};

/** Writes to `file`, or hands the text to `out` in parts. */
export function exportData(
  app: App,
  question: ExportQuestion,
  to: { readonly file: string; readonly force: boolean } | { readonly out: (text: string) => void },
): Exported {
  const counted = { rows: 0, warnings: [] as string[] };
  const parts = partsOf(app, question, counted);
  if ('out' in to) for (const part of parts) to.out(part);
  else {
    refusePlace(to.file, to.force);
    writePrivateFileInParts(resolve(to.file), parts);
  }
  return { format: question.format, file: 'file' in to ? resolve(to.file) : undefined, ...counted };
}

function refusePlace(file: string, force: boolean): void {
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) {
    throw new Failure('cannot-write', `${file} is a folder`, { hint: 'Name a file in it.' });
  }
  if (force) return;
  throw new Failure('cannot-write', `${file} is there already`, {
    hint: 'Choose another name, or replace it with --force.',
  });
}

type Counted = { rows: number; readonly warnings: string[] };

function partsOf(
  app: App,
  { format, portfolio, withPrices = false }: ExportQuestion,
  counted: Counted,
): Iterable<string> {
  if (format === 'jsonl') return jsonLines(app, withPrices, counted);
  const scope = readScope(app.db, portfolio);
  const [only, another] = scope.portfolios;
  if (only === undefined || another !== undefined) {
    throw new Failure('invalid-input', `${format === 'csv' ? 'CSV' : 'Entry lines'} are of one portfolio`, {
      hint: 'Name it: --portfolio NAME. Everything is in: asxos export --format jsonl.',
    });
  }
  const { entries, ledger } = readLedger(app.db, [only]);
  const drafts = entries.toSorted(byEffect).map(entry => portable(entry, entries, ledger, counted));
  counted.rows = drafts.length;
  return [format === 'csv' ? csvOf(drafts) : ledgerText(only.name, app.today(), drafts)];
}

/** Some kilobytes at a time. */
const partLength = 65_536;

function* jsonLines(app: App, withPrices: boolean, counted: Counted): Generator<string> {
  const header: ExportHeader = { schema: schemaVersion, exportedAt: isoInstant(app.now()), withPrices };
  let part = `${JSON.stringify({ asxos: exportFormat, ...header })}\n`;
  for (const each of exportedRows(app.db, withPrices)) {
    counted.rows += 1;
    part += `${JSON.stringify(each)}\n`;
    if (part.length < partLength) continue;
    yield part;
    part = '';
  }
  yield `${part}${JSON.stringify({ end: counted.rows })}\n`;
}

const ledgerText = (name: string, today: LocalDate, drafts: readonly Draft[]): string =>
  [
    `# ${name}, exported by asxos on ${today}. Read back with: asxos import FILE`,
    ...drafts.map(formatEntryLine),
    '',
  ].join('\n');

const csvFields = ['date', 'kind', 'code', 'units', 'price', 'brokerage', 'amount', 'entry'] as const;

function csvOf(drafts: readonly Draft[]): string {
  return csvText({
    fields: csvFields,
    rows: drafts.map(draft => [
      draft.on,
      draft.kind,
      draft.code,
      'units' in draft ? draft.units : undefined,
      'price' in draft ? draft.price : undefined,
      'brokerage' in draft ? draft.brokerage : undefined,
      entryAmount(draft),
      formatEntryLine(draft),
    ]),
  });
}

/** Parcels are named by their ids, which are made anew: by the day of acquisition they are found again. */
function portable(entry: Entry, entries: readonly Entry[], ledger: Ledger, { warnings }: Counted): Draft {
  if (!('parcels' in entry) || entry.parcels === undefined) return entry;
  const sold = ledger.disposals.find(each => each.entry === entry.id)?.parcels ?? [];
  const parcels = entry.parcels.map(choice => {
    const day =
      sold.find(part => part.parcel === choice.parcel)?.acquiredOn ??
      entries.find(each => each.id === choice.parcel)?.on;
    return day === undefined ? choice : { ...choice, parcel: day };
  });
  const twice = parcels.some(({ parcel }, index) => {
    const others = entries.filter(each => each.kind === 'buy' && each.code === entry.code && each.on === parcel);
    return others.length > 1 || parcels.findIndex(each => each.parcel === parcel) !== index;
  });
  if (twice) {
    warnings.push(
      `The sale of ${entry.code} on ${entry.on} names one of several parcels of one day; the first of them is read back`,
    );
  }
  return { ...entry, parcels };
}
