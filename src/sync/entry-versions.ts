/** An entry's versions as this device knows them, and its history. */
import { nextClock } from '../account/clock.ts';
import { type EntryContent, type EntryHistory, entryHistory, type Version } from '../account/entry-history.ts';
import { contentNode } from '../account/seal.ts';
import type { Database } from '../db/database.ts';
import { type StoredVersion, storeVersion, versionsOfRow } from '../db/sync-rows.ts';
import { entryKind, isReadableEntry, type SyncedEntry } from '../db/synced-entries.ts';
import type { Stamping } from './stamping.ts';

export type SyncedContent = SyncedEntry & EntryContent;
export type SyncedHistory = EntryHistory<SyncedContent>;

/** The version in a row; undefined where this program cannot read it. */
function readVersion({ clock, deleted, content }: StoredVersion): Version<SyncedContent> | undefined {
  const found: unknown = JSON.parse(content ?? 'null');
  if (typeof found !== 'object' || found === null) return undefined;
  const { parents } = found as { parents?: unknown };
  const isWhole = Array.isArray(parents) && parents.every(each => typeof each === 'string');
  if (!isWhole || !isReadableEntry(found as Record<string, unknown>)) return undefined;
  return { clock, deleted, content: found as SyncedContent };
}

export function historyOf(stored: readonly StoredVersion[]): SyncedHistory | undefined {
  const versions = stored.map(readVersion).filter(version => version !== undefined);
  return versions.length === 0 ? undefined : entryHistory(versions);
}

export const readHistory = (db: Database, rowId: string): SyncedHistory | undefined =>
  historyOf(versionsOfRow(db, rowId));

/** Stores a new version of an entry. Its clock follows from its content, so that every device gives it the same. */
export function stampEntry(
  db: Database,
  rowId: string,
  { content, deleted }: Omit<Version<SyncedContent>, 'clock'>,
  { keys }: Pick<Stamping, 'keys'>,
  shown: string | null,
): Version<SyncedContent> {
  const text = JSON.stringify(content);
  const clock = nextClock(content.recordedAt, contentNode(keys, `${deleted ? 1 : 0}${text}`), content.parents);
  storeVersion(db, { id: rowId, clock, kind: entryKind, deleted, content: text, shown, pushed: false });
  return { clock, deleted, content };
}
