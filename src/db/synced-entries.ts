/**
 * The versions of entries as they sync: each is one row of the console's table, with the clocks of the versions that it was
 * made from. The numbers of versions follow from the order that all devices make of them, so that a merge may number anew.
 */

import { Failure } from '../failure.ts';
import type { Database } from './database.ts';
import { type EntryRow, readEntry } from './entry-row.ts';
import { exists } from './synced-kind.ts';

export const entryKind = 'entry';

/** The figures of a version, as they lie in the table. */
export type SyncedEntry = {
  readonly id: string;
  readonly portfolio: string;
  readonly kind: string;
  readonly code: string | null;
  readonly on: string;
  readonly sequence: number | null;
  readonly units: string | null;
  readonly price: string | null;
  readonly brokerage: string | null;
  readonly amount: string | null;
  readonly details: string | null;
  readonly note: string | null;
  readonly batch: string | null;
  readonly sourceKey: string | null;
  readonly recordedAt: number;
};

type VersionRow = EntryRow & { version: number; recorded_at: number; deleted: number };

export type LocalVersion = { readonly version: number; readonly deleted: boolean; readonly content: SyncedEntry };

const columns = `id, portfolio_id, kind, code, on_date, sequence, units, price, brokerage, amount, details, note, batch_id,
  source_key, version, recorded_at, deleted`;

const readLocal = (row: VersionRow): LocalVersion => ({
  version: row.version,
  deleted: row.deleted === 1,
  content: {
    id: row.id,
    portfolio: row.portfolio_id,
    kind: row.kind,
    code: row.code,
    on: row.on_date,
    sequence: row.sequence,
    units: row.units,
    price: row.price,
    brokerage: row.brokerage,
    amount: row.amount,
    details: row.details,
    note: row.note,
    batch: row.batch_id,
    sourceKey: row.source_key,
    recordedAt: row.recorded_at,
  },
});

/** How many versions there are of each entry. */
export const entryVersionCounts = (db: Database): { id: string; count: number }[] =>
  db.statement<{ id: string; count: number }>('SELECT id, count(*) AS count FROM entries GROUP BY id').all();

/** The versions of an entry after the first so many, oldest first. */
export const versionsAfter = (db: Database, id: string, count: number): LocalVersion[] =>
  db
    .statement<VersionRow>(`SELECT ${columns} FROM entries WHERE id = ? AND version > ? ORDER BY version`)
    .all(id, count)
    .map(readLocal);

const rowOf = (content: SyncedEntry): EntryRow => ({
  id: content.id,
  portfolio_id: content.portfolio,
  kind: content.kind,
  code: content.code,
  on_date: content.on,
  sequence: content.sequence,
  units: content.units,
  price: content.price,
  brokerage: content.brokerage,
  amount: content.amount,
  details: content.details,
  note: content.note,
  batch_id: content.batch,
  source_key: content.sourceKey,
});

const texts = ['id', 'portfolio', 'kind', 'on'] as const;
const knownTexts = ['code', 'units', 'price', 'brokerage', 'amount', 'details', 'note', 'batch', 'sourceKey'] as const;

/** Whether this program can read the entry: one that a newer asxos made waits until this one is upgraded. */
export function isReadableEntry(content: Readonly<Record<string, unknown>>): boolean {
  const { sequence, recordedAt, on } = content;
  const isShaped =
    texts.every(name => typeof content[name] === 'string') &&
    knownTexts.every(name => content[name] === null || typeof content[name] === 'string') &&
    (sequence === null || Number.isSafeInteger(sequence)) &&
    Number.isSafeInteger(recordedAt) &&
    /^\d{4}-\d\d-\d\d$/.test(String(on));
  if (!isShaped) return false;
  try {
    readEntry(rowOf(content as SyncedEntry));
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** Whether the portfolio and the import that it belongs to are there. */
export const isReadyEntry = (db: Database, { portfolio, batch }: SyncedEntry): boolean =>
  exists(db, 'portfolios', portfolio) && (batch === null || exists(db, 'import_batches', batch));

/** The ids of current entries that came from that row of a file. */
export const entriesOfSource = (db: Database, portfolio: string, sourceKey: string): string[] =>
  db
    .statement<{ id: string }>(
      `SELECT id FROM entries WHERE portfolio_id = ? AND source_key = ? AND superseded_at IS NULL AND deleted = 0`,
    )
    .all(portfolio, sourceKey)
    .map(({ id }) => id);

/** Takes the versions of an entry away, to be written anew; `count` of them are known to sync, and none may be lost. */
export function dropEntry(db: Database, id: string, count: number): void {
  db.assertTransaction();
  const { changes } = db.statement('DELETE FROM entries WHERE id = ?').run(id);
  if (changes > count) throw new Error(`The entry ${id} has ${changes} versions, and ${count} were stamped`);
}

const insert = `INSERT INTO entries (${columns}, superseded_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Writes the versions of an entry that has none here, the current one last. Where a clock was set back, a version counts as
 * recorded when the one before it was: at every instant one version is known, and no more.
 */
export function writeEntry(db: Database, versions: readonly Omit<LocalVersion, 'version'>[]): void {
  db.assertTransaction();
  let earliest = 0;
  const times = versions.map(({ content }) => {
    earliest = Math.max(earliest, content.recordedAt);
    return earliest;
  });
  for (const [index, { content, deleted }] of versions.entries()) {
    const row = rowOf(content);
    db.statement(insert).run(
      ...[row.id, row.portfolio_id, row.kind, row.code, row.on_date, row.sequence, row.units, row.price],
      ...[row.brokerage, row.amount, row.details, row.note, row.batch_id, row.source_key],
      ...[index + 1, times[index], deleted ? 1 : 0, times[index + 1] ?? null],
    );
  }
}
