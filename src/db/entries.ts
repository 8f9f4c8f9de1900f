/** Entries, kept as versions: an edit or a deletion adds a version, and none is ever changed or removed. */
import { isDeepStrictEqual } from 'node:util';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { type EntryRow, entryColumns, entryValues, readEntry } from './entry-row.ts';

/** One version of an entry: recorded, then replaced by a later one; a deletion is a version as well. */
export type EntryVersion = {
  readonly entry: Entry;
  readonly version: number;
  readonly recordedAt: Instant;
  /** When a later version took its place; undefined for the latest. */
  readonly supersededAt?: Instant | undefined;
  readonly deleted: boolean;
};

type VersionRow = EntryRow & { version: number; recorded_at: number; superseded_at: number | null; deleted: number };

const versionColumns = `${entryColumns}, version, recorded_at, superseded_at, deleted`;
const readVersion = (row: VersionRow): EntryVersion => ({
  entry: readEntry(row),
  version: row.version,
  recordedAt: row.recorded_at,
  supersededAt: row.superseded_at ?? undefined,
  deleted: row.deleted === 1,
});

/** As many `?` as there are values. */
const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/**
 * The entries of the portfolios with these ids (of all, when not given), by date and then by time of first recording;
 * with `knownAt`, as they were recorded at that instant.
 */
export function currentEntries(
  db: Database,
  filter: { portfolios?: readonly string[] | undefined; knownAt?: Instant | undefined } = {},
): Entry[] {
  const { portfolios, knownAt } = filter;
  const time =
    knownAt === undefined
      ? 'superseded_at IS NULL'
      : 'recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?)';
  const place = portfolios === undefined ? '' : `AND portfolio_id IN (${marks(portfolios)})`;
  const values = [...(knownAt === undefined ? [] : [knownAt, knownAt]), ...(portfolios ?? [])];
  const sql = `SELECT ${entryColumns} FROM entries WHERE ${time} AND deleted = 0 ${place} ORDER BY on_date, id`;
  return db
    .statement<EntryRow>(sql)
    .all(...values)
    .map(readEntry);
}

/** The current entry with this id, or undefined when there is none or it was deleted. */
export function findEntry(db: Database, id: string): Entry | undefined {
  const latest = latestVersion(db, id);
  return latest === undefined || latest.deleted ? undefined : latest.entry;
}

/** The ids of entries that begin or end with `part`, at most `limit`: how people name one. Current ones, or deleted too. */
export const entryIdsLike = (
  db: Database,
  part: string,
  limit: number,
  options: { deleted?: boolean } = {},
): string[] =>
  db
    .statement<{ id: string }>(
      `SELECT id FROM entries WHERE superseded_at IS NULL ${options.deleted ? '' : 'AND deleted = 0'}
       AND (substr(id, 1, @length) = @part OR substr(id, -@length) = @part) ORDER BY id LIMIT @limit`,
    )
    .all({ part, length: part.length, limit })
    .map(row => row.id);

/** All versions of an entry, oldest first. */
export const entryVersions = (db: Database, id: string): EntryVersion[] =>
  db
    .statement<VersionRow>(`SELECT ${versionColumns} FROM entries WHERE id = ? ORDER BY version`)
    .all(id)
    .map(readVersion);

/** Every version that was recorded in these portfolios within the instants, in the order of recording. */
export function recordedVersions(
  db: Database,
  portfolios: readonly string[],
  { from = 0, to = Number.MAX_SAFE_INTEGER }: { from?: Instant | undefined; to?: Instant | undefined },
): EntryVersion[] {
  const sql = `SELECT ${versionColumns} FROM entries WHERE portfolio_id IN (${marks(portfolios)})
    AND recorded_at BETWEEN ? AND ? ORDER BY recorded_at, id, version`;
  return db
    .statement<VersionRow>(sql)
    .all(...portfolios, from, to)
    .map(readVersion);
}

/** Every code that a current entry names, in alphabetical order; also codes that are no longer held. */
export const codesOfEntries = (db: Database): Code[] =>
  db
    .statement<{ code: Code }>(
      `SELECT code FROM entries WHERE superseded_at IS NULL AND deleted = 0 AND code IS NOT NULL
       UNION SELECT details ->> '$.newCode' FROM entries
         WHERE superseded_at IS NULL AND deleted = 0 AND kind IN ('demerger', 'rollover')
       ORDER BY code`,
    )
    .all()
    .map(row => row.code);

/** The days of entries that change what a unit of a code is, and so may move its price. */
export function unitChanges(db: Database): Map<Code, LocalDate[]> {
  const rows = db
    .statement<{ code: Code; date: LocalDate }>(
      `SELECT code, on_date AS date FROM entries WHERE superseded_at IS NULL AND deleted = 0 AND code IS NOT NULL
         AND kind IN ('split', 'consolidation', 'bonus', 'demerger', 'return-of-capital')`,
    )
    .all();
  return new Map([...Map.groupBy(rows, row => row.code)].map(([code, list]) => [code, list.map(each => each.date)]));
}

/** Which source rows a portfolio already holds, so that importing a file again adds nothing. */
export const existingSourceKeys = (db: Database, portfolio: string): Set<string> =>
  new Set(
    db
      .statement<{ source_key: string }>(
        'SELECT source_key FROM entries WHERE portfolio_id = ? AND superseded_at IS NULL AND deleted = 0 AND source_key IS NOT NULL',
      )
      .all(portfolio)
      .map(row => row.source_key),
  );

/** The current entries that an import brought. */
export const entriesOfBatch = (db: Database, batch: string): Entry[] =>
  db
    .statement<EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE batch_id = ? AND superseded_at IS NULL AND deleted = 0 ORDER BY on_date, id`,
    )
    .all(batch)
    .map(readEntry);

/** Records new entries. */
export function insertEntries(db: Database, entries: Iterable<Entry>, now: Instant): void {
  db.assertTransaction();
  for (const entry of entries) insertVersion(db, entry, 1, now, false);
}

/** Records an edit: `entry` takes the place of the current entry with its id. */
export function replaceEntry(db: Database, entry: Entry, now: Instant): void {
  const current = currentVersion(db, entry.id);
  supersede(db, entry.id, now);
  insertVersion(db, entry, current.version + 1, now, false);
}

/** Deletes the current entry with this id; it stays known at earlier instants, and `restoreEntry` brings it back. */
export function deleteEntry(db: Database, id: string, now: Instant): void {
  const current = currentVersion(db, id);
  supersede(db, id, now);
  insertVersion(db, current.entry, current.version + 1, now, true);
}

/** Undoes the last edit or deletion of an entry and returns the entry as it is again. */
export function restoreEntry(db: Database, id: string, now: Instant): Entry {
  db.assertTransaction();
  const versions = entryVersions(db, id);
  const latest = versions.at(-1);
  if (latest === undefined) throw noEntry(id);
  const earlier = versions.findLast(version => version.version < latest.version && !version.deleted);
  if (earlier === undefined) throw new Failure('refused', `Entry ${id} has no earlier version to go back to`);
  const { entry } = earlier;
  if (!latest.deleted && isDeepStrictEqual(latest.entry, entry)) {
    throw new Failure('refused', `Entry ${id} is as it was: there is nothing more to take back`);
  }
  const twin = db
    .statement<{ id: string }>(
      'SELECT id FROM entries WHERE portfolio_id = ? AND source_key = ? AND id <> ? AND superseded_at IS NULL AND deleted = 0',
    )
    .get(entry.portfolio, entry.sourceKey ?? null, id);
  if (twin !== undefined) {
    throw new Failure('refused', `Entry ${id} cannot come back: its row has been imported again as ${twin.id}`, {
      hint: 'Delete that entry first.',
    });
  }
  supersede(db, id, now);
  insertVersion(db, entry, latest.version + 1, now, false);
  return entry;
}

const insertSql = `INSERT INTO entries (${versionColumns}) VALUES (${'?, '.repeat(14)}?, ?, NULL, ?)`;

function insertVersion(db: Database, entry: Entry, version: number, now: Instant, deleted: boolean): void {
  db.statement(insertSql).run(...entryValues(entry), version, now, deleted ? 1 : 0);
}

function supersede(db: Database, id: string, now: Instant): void {
  db.assertTransaction();
  db.statement('UPDATE entries SET superseded_at = ? WHERE id = ? AND superseded_at IS NULL').run(now, id);
}

const noEntry = (id: string): Failure =>
  new Failure('not-found', `There is no entry ${id}`, { hint: 'List them with "asxos entries list".' });

function latestVersion(db: Database, id: string): EntryVersion | undefined {
  const sql = `SELECT ${versionColumns} FROM entries WHERE id = ? AND superseded_at IS NULL`;
  const row = db.statement<VersionRow>(sql).get(id);
  return row && readVersion(row);
}

function currentVersion(db: Database, id: string): EntryVersion {
  const latest = latestVersion(db, id);
  if (latest === undefined || latest.deleted) throw noEntry(id);
  return latest;
}

/** When a version of an entry was last recorded, none of them after `now`; undefined where there is none. */
export const newestRecording = (db: Database, now: Instant): Instant | undefined =>
  known(
    db.statement<{ at: Instant | null }>('SELECT max(recorded_at) AS at FROM entries WHERE recorded_at <= ?').get(now)
      ?.at ?? null,
  );
