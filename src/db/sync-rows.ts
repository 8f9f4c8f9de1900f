/** The versions of the account's rows that this device knows, and the rows that it did not take. */
import type { Instant } from '../domain/date.ts';
import type { Database } from './database.ts';

export type StoredVersion = {
  readonly id: string;
  readonly kind: string;
  readonly clock: string;
  readonly deleted: boolean;
  readonly content: string | null;
  /** What the console's tables hold of it: see `syncRows` of the schema. */
  readonly shown: string | null;
  readonly pushed: boolean;
};

type Row = Omit<StoredVersion, 'deleted' | 'pushed'> & { deleted: number; pushed: number };
const read = (row: Row): StoredVersion => ({ ...row, deleted: row.deleted === 1, pushed: row.pushed === 1 });
const columns = 'id, clock, kind, deleted, content, shown, pushed';

export const versionsOfRow = (db: Database, id: string): StoredVersion[] =>
  db.statement<Row>(`SELECT ${columns} FROM sync_rows WHERE id = ? ORDER BY clock`).all(id).map(read);

export const versionsOfKind = (db: Database, kind: string): StoredVersion[] =>
  db.statement<Row>(`SELECT ${columns} FROM sync_rows WHERE kind = ? ORDER BY id, clock`).all(kind).map(read);

/** The ids of rows of which a version waits to be shown. */
export const waitingRows = (db: Database): { id: string; kind: string }[] =>
  db.statement<{ id: string; kind: string }>('SELECT DISTINCT id, kind FROM sync_rows WHERE shown IS NULL').all();

/** How many versions of each row of the kind are shown. */
export const shownCounts = (db: Database, kind: string): Map<string, number> =>
  new Map(
    db
      .statement<{ id: string; count: number }>(
        'SELECT id, count(*) AS count FROM sync_rows WHERE kind = ? AND shown IS NOT NULL GROUP BY id',
      )
      .all(kind)
      .map(({ id, count }) => [id, count]),
  );

/** All versions of the rows of the kind that have more than one. */
export const forkedVersions = (db: Database, kind: string): StoredVersion[] =>
  db
    .statement<Row>(
      `SELECT ${columns} FROM sync_rows WHERE kind = ? AND id IN
         (SELECT id FROM sync_rows WHERE kind = ? GROUP BY id HAVING count(*) > 1) ORDER BY id, clock`,
    )
    .all(kind, kind)
    .map(read);

/** The version at that clock, where it is known. */
export const findVersion = (db: Database, id: string, clock: string): StoredVersion | undefined => {
  const row = db.statement<Row>(`SELECT ${columns} FROM sync_rows WHERE id = ? AND clock = ?`).get(id, clock);
  return row && read(row);
};

/** Stores a version in the place of what is there at its clock. */
export function storeVersion(db: Database, version: StoredVersion): void {
  db.assertTransaction();
  const { id, clock, kind, deleted, content, shown, pushed } = version;
  db.statement(`INSERT OR REPLACE INTO sync_rows (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`).run(
    ...[id, clock, kind, deleted ? 1 : 0, content, shown, pushed ? 1 : 0],
  );
}

export function dropVersion(db: Database, id: string, clock: string): void {
  db.assertTransaction();
  db.statement('DELETE FROM sync_rows WHERE id = ? AND clock = ?').run(id, clock);
}

export function markShown(db: Database, { id, clock }: { id: string; clock: string }, shown: string | null): void {
  db.assertTransaction();
  db.statement('UPDATE sync_rows SET shown = ? WHERE id = ? AND clock = ?').run(shown, id, clock);
}

/** Versions of the kind that the server does not have, the oldest first. */
export const unpushedVersions = (db: Database, kind: string, limit: number): StoredVersion[] =>
  db
    .statement<Row>(`SELECT ${columns} FROM sync_rows WHERE kind = ? AND pushed = 0 ORDER BY clock, id LIMIT ?`)
    .all(kind, limit)
    .map(read);

export const unpushedKinds = (db: Database): string[] =>
  db
    .statement<{ kind: string }>('SELECT DISTINCT kind FROM sync_rows WHERE pushed = 0')
    .all()
    .map(({ kind }) => kind);

export const countUnpushed = (db: Database): number =>
  db.statement<{ count: number }>('SELECT count(*) AS count FROM sync_rows WHERE pushed = 0').get()?.count ?? 0;

export function markPushed(db: Database, versions: readonly { readonly id: string; readonly clock: string }[]): void {
  db.assertTransaction();
  const mark = db.statement('UPDATE sync_rows SET pushed = 1 WHERE id = ? AND clock = ?');
  for (const { id, clock } of versions) mark.run(id, clock);
}

/** What the server has is no longer known; it is pushed again unless a pull shows it. */
export function markAllUnpushed(db: Database): void {
  db.assertTransaction();
  db.statement('UPDATE sync_rows SET pushed = 0').run();
}

/** How many rows there are of each kind, tombstones left out. */
export const countByKind = (db: Database): { kind: string; count: number }[] =>
  db
    .statement<{ kind: string; count: number }>(
      'SELECT kind, count(DISTINCT id) AS count FROM sync_rows WHERE deleted = 0 GROUP BY kind ORDER BY kind',
    )
    .all();

/** When rows of these tables were last changed, by their keys. */
export const editTimes = (db: Database, tables: readonly string[]): Map<string, Instant> =>
  new Map(
    db
      .statement<{ key: string; at: Instant }>(
        `SELECT row_key AS key, max(edited_at) AS at FROM row_edits
         WHERE table_name IN (SELECT value FROM json_each(?)) GROUP BY row_key`,
      )
      .all(JSON.stringify(tables))
      .map(({ key, at }) => [key, at]),
  );

export type RefusedRow = {
  readonly id: string;
  readonly clock: string;
  readonly kind: string;
  readonly reason: string;
  readonly at: Instant;
};

export const listRefused = (db: Database): RefusedRow[] =>
  db.statement<RefusedRow>('SELECT id, clock, kind, reason, at FROM sync_refused ORDER BY kind, id, clock').all();

export function storeRefused(db: Database, { id, clock, kind, reason, at }: RefusedRow): void {
  db.assertTransaction();
  db.statement('INSERT OR REPLACE INTO sync_refused (id, clock, kind, reason, at) VALUES (?, ?, ?, ?, ?)').run(
    ...[id, clock, kind, reason, at],
  );
}

/** Takes a row off the list: it came again, and was as it should be. */
export function forgetRefused(db: Database, { id, clock }: { readonly id: string; readonly clock: string }): void {
  db.assertTransaction();
  db.statement('DELETE FROM sync_refused WHERE id = ? AND clock = ?').run(id, clock);
}
