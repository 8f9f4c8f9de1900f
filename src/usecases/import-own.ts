/**
 * Takes an export of JSON lines into this database: everything of it, into an empty one as it was, into one with data by
 * ids (see `db/import-rows`). The rows are first put into a database of the schema they were written with, which is then
 * brought up to date like every older one.
 *
 * Troubles a user sees: a file that is no export, damaged or cut short (`bad-file`), one of a newer asxos
 * (`newer-database`), entries that would take the units from under recorded ones (`refused`). Then nothing is written.
 */
import { join } from 'node:path';
import type { App } from '../app.ts';
import { copyDatabase } from '../db/backup.ts';
import { pathBefore } from '../db/backups.ts';
import type { Database } from '../db/database.ts';
import { type ExportedRow, exportedRows, exportFormat, type Row } from '../db/export-rows.ts';
import { fillTables } from '../db/fill-tables.ts';
import { type Merged, mergeRows } from '../db/import-rows.ts';
import { readLedger } from '../db/ledger.ts';
import { type ExportedTable, marketTables, ownTables, tablesLeftOut } from '../db/own-tables.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { makeScratch } from '../db/restore.ts';
import { schemaVersion } from '../db/schema.ts';
import { readInstant } from '../domain/date.ts';
import { refuseProblems } from '../domain/ledger/effect.ts';
import { Failure } from '../failure.ts';

export { isOwnExport } from '../db/export-rows.ts';

export type OwnImport = Merged & {
  readonly exportedAt: string;
  readonly written: boolean;
  /** The copy from before it, by which it is taken back. */
  readonly before: string | undefined;
};

type Parsed = {
  readonly schema: number;
  readonly exportedAt: string;
  readonly withPrices: boolean;
  readonly rows: ExportedRow[];
};

export async function importOwn(
  app: App,
  text: string,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<OwnImport> {
  const parsed = parseExport(text);
  const rows = await upToDate(app, parsed);
  const isEmpty = listPortfolios(app.db, { archived: true }).length === 0;
  const keeps = !dryRun && !isEmpty && app.databasePath !== ':memory:';
  const before = keeps ? pathBefore(app.databasePath, 'import', app.now()) : undefined;
  const merge = (): Merged => {
    const earlier = foldsOf(app.db);
    const merged = mergeRows(app.db, rows);
    refuseNewProblems(app.db, earlier);
    return merged;
  };
  if (before !== undefined) await copyDatabase(app.databasePath, before, { takenAt: app.now() });
  const merged = dryRun ? undone(app.db, merge) : app.db.transaction(merge);
  return { ...merged, exportedAt: parsed.exportedAt, written: !dryRun, before };
}

/** What `work` would answer, with nothing of it kept. */
function undone<T>(db: Database, work: () => T): T {
  const stop = new Error('A preview keeps nothing');
  let result: { readonly value: T } | undefined;
  try {
    db.transaction(() => {
      result = { value: work() };
      throw stop;
    });
  } catch (error) {
    if (error !== stop) throw error;
  }
  if (result === undefined) throw stop;
  return result.value;
}

const bad = (line: number, why: string): Failure =>
  new Failure('bad-file', `Line ${line} of the export ${why}`, {
    hint: 'Export it again; nothing was imported.',
  });

function parseExport(text: string): Parsed {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const objects = lines.map((line, index): Readonly<Record<string, unknown>> => {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    } catch {
      // Told below.
    }
    throw bad(index + 1, 'is not a JSON object');
  });
  const [header = {}, ...rest] = objects;
  const { asxos, schema, exportedAt, withPrices } = header;
  const isDated = typeof exportedAt === 'string' && readInstant(exportedAt) !== undefined;
  if (asxos !== exportFormat || typeof schema !== 'number' || !isDated) {
    throw bad(1, `does not begin an export of this kind (${exportFormat})`);
  }
  if (schema > schemaVersion) {
    throw new Failure(
      'newer-database',
      `The export is of a newer asxos (schema ${schema}, this program knows ${schemaVersion})`,
      {
        hint: 'Upgrade asxos first.',
      },
    );
  }
  const end = rest.pop();
  if (end?.['end'] !== rest.length) throw bad(lines.length, 'is not its end: the file was cut short or changed');
  return { schema, exportedAt, withPrices: withPrices === true, rows: rest.map((row, index) => rowOf(row, index + 2)) };
}

const tables: ReadonlySet<unknown> = new Set([...ownTables, ...marketTables]);

function rowOf({ table, row }: Readonly<Record<string, unknown>>, line: number): ExportedRow {
  if (!tables.has(table)) {
    const why = Object.entries(tablesLeftOut).find(([name]) => name === table)?.[1];
    throw bad(line, `is of "${String(table)}", which no export has${why === undefined ? '' : `: ${why}`}`);
  }
  const isRow = typeof row === 'object' && row !== null && !Array.isArray(row);
  const values = isRow ? Object.values(row) : [];
  if (!isRow || values.some(value => value !== null && typeof value !== 'string' && typeof value !== 'number')) {
    throw bad(line, 'is not a row of texts and numbers');
  }
  return { table: table as ExportedTable, row: row as Row };
}

/** The rows as this schema has them. */
async function upToDate(app: App, { schema, withPrices, rows }: Parsed): Promise<ExportedRow[]> {
  const scratch = makeScratch(app.databasePath === ':memory:' ? join(app.dataDir, 'x') : app.databasePath);
  try {
    const path = join(scratch.path, 'export.db');
    const old = app.openOld(path, schema);
    try {
      fillTables(old, rows);
    } finally {
      old.close();
    }
    const other = app.over(path);
    try {
      return [...exportedRows(other.db, withPrices)];
    } finally {
      await other.close();
    }
  } finally {
    scratch.remove();
  }
}

const foldsOf = (db: Database) =>
  new Map(
    listPortfolios(db, { archived: true }).map(portfolio => [
      portfolio.id,
      { portfolio, ...readLedger(db, [portfolio]) },
    ]),
  );

/** A portfolio that came whole is taken as it is; one that was here keeps every entry its units. */
function refuseNewProblems(db: Database, earlier: ReturnType<typeof foldsOf>): void {
  for (const { portfolio, entries, ledger } of earlier.values()) {
    if (entries.length === 0) continue;
    refuseProblems(
      ledger,
      readLedger(db, [portfolio]).ledger,
      new Set(),
      'Nothing was imported. Mend that entry first.',
    );
  }
}
