/**
 * What a backup says of itself: when it was taken, and how many versions of entries there were then. It is written into
 * the copy alone, as one of its settings, so that a drill can tell an entry that was lost from one that came later.
 */
import type { Instant } from '../domain/date.ts';
import type { Connection } from './connection.ts';

export type BackupStamp = { readonly at: Instant; readonly entries: number };

type Readable = Pick<Connection, 'prepare'>;

const key = 'backup.taken';

const hasTable = (raw: Readable, table: string): boolean =>
  raw.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined;

/** The versions of entries in the snapshot that is copied; undefined where there is no such table. */
export const countEntries = (source: Readable): number | undefined =>
  hasTable(source, 'entries') ? Number(source.prepare('SELECT count(*) FROM entries').pluck().get()) : undefined;

export function stamp(copy: Connection, taken: BackupStamp): void {
  if (!hasTable(copy, 'settings')) return;
  copy.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)').run(key, JSON.stringify(taken));
}

/** What takes the place of the database is no backup any more. */
export function removeStamp(copy: Connection): void {
  if (hasTable(copy, 'settings')) copy.prepare('DELETE FROM settings WHERE key = ?').run(key);
}

/** Undefined for one of an asxos that did not say it yet. */
export function readStamp(copy: Readable): BackupStamp | undefined {
  const text = copy.prepare('SELECT value FROM settings WHERE key = ?').pluck().get(key);
  const found: unknown = text === undefined ? undefined : JSON.parse(String(text));
  if (typeof found !== 'object' || found === null) return undefined;
  const { at, entries } = found as { at?: unknown; entries?: unknown };
  return typeof at === 'number' && typeof entries === 'number' ? { at, entries } : undefined;
}
