/**
 * What the user has changed on this device since it was last looked at, stamped as versions.
 *
 * Model: the console writes its tables and knows nothing of sync. What was seen of a row is kept beside its version; a row
 * that is there and was not seen is new, one that differs was changed, one that is gone was deleted. Of a row that is shown
 * otherwise than it is (a second portfolio of one name), only the fields that the user changed are taken.
 *
 * An entry's new versions are those beyond the number that was seen. One is made from the version that was current; a
 * deletion is made from all heads, for what is deleted is the trade and not one telling of it.
 */
import { nextClock } from '../account/clock.ts';
import { ownRowId } from '../account/seal.ts';
import type { Database } from '../db/database.ts';
import {
  dropVersion,
  editTimes,
  type StoredVersion,
  shownCounts,
  storeVersion,
  versionsOfKind,
  versionsOfRow,
} from '../db/sync-rows.ts';
import { entryKind, entryVersionCounts, versionsAfter } from '../db/synced-entries.ts';
import type { Content, LocalRow, SyncedKind } from '../db/synced-kind.ts';
import { syncedKinds } from '../db/synced-tables.ts';
import { historyOf, type SyncedHistory, stampEntry } from './entry-versions.ts';
import { rowIdOf, type Stamping } from './stamping.ts';

/** Stamps what is new, inside a transaction; answers the rows that may have to be shown anew. */
export function captureChanges(db: Database, stamping: Stamping): { id: string; kind: string }[] {
  db.assertTransaction();
  const rows = syncedKinds.flatMap(kind => captureKind(db, kind, stamping).map(id => ({ id, kind: kind.kind })));
  return [...rows, ...captureEntries(db, stamping).map(id => ({ id, kind: entryKind }))];
}

function captureKind(db: Database, kind: SyncedKind, stamping: Stamping): string[] {
  const known = new Map(versionsOfKind(db, kind.kind).map(version => [version.id, version]));
  const touched: string[] = [];
  const store = (
    id: string,
    last: StoredVersion | undefined,
    version: Omit<StoredVersion, 'id' | 'kind' | 'pushed'>,
  ) => {
    if (last !== undefined) dropVersion(db, id, last.clock);
    storeVersion(db, { ...version, id, kind: kind.kind, pushed: false });
    touched.push(id);
  };
  const clockAfter = (last: StoredVersion | undefined, editedAt: number | undefined) =>
    nextClock(editedAt ?? stamping.now, stamping.node, last === undefined ? [] : [last.clock]);
  const edits = editTimes(db, kind.tables);
  const seen = new Set<string>();
  for (const { content, editedAt } of kind.read(db)) {
    const id = rowIdOf(stamping.keys, kind, content);
    if (seen.has(id)) continue;
    seen.add(id);
    const last = known.get(id);
    const shown = JSON.stringify(content);
    if (last !== undefined && last.shown === shown && !last.deleted) {
      // What the row says may not have been readable when it came, or not have had its place.
      if (last.content !== shown) touched.push(id);
      continue;
    }
    const now = JSON.stringify(changed({ content }, last));
    store(id, last, {
      clock: clockAfter(last, editedAt ?? edits.get(kind.keyOf(content))),
      deleted: false,
      content: now,
      shown,
    });
  }
  for (const [id, last] of known) {
    if (seen.has(id) || last.deleted || last.shown === null) continue;
    const content: Content = JSON.parse(last.shown);
    if (kind.isDeletion?.(db, content) === false) continue;
    store(id, last, {
      clock: clockAfter(last, edits.get(kind.keyOf(content))),
      deleted: true,
      content: last.shown,
      shown: '',
    });
  }
  return touched;
}

/** The content that the user meant: what was changed from what was shown, over what the row says. */
function changed({ content }: LocalRow, last: StoredVersion | undefined): Content {
  if (last === undefined || last.deleted || last.shown === null || last.content === null) return content;
  const shown: Content = JSON.parse(last.shown);
  const own = Object.entries(content).filter(([name, value]) => !isSame(value, shown[name]));
  return { ...(JSON.parse(last.content) as Content), ...Object.fromEntries(own) };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function captureEntries(db: Database, stamping: Stamping): string[] {
  const seen = shownCounts(db, entryKind);
  const touched: string[] = [];
  for (const { id, count } of entryVersionCounts(db)) {
    const rowId = ownRowId(stamping.keys, entryKind, id);
    const shown = seen.get(rowId) ?? 0;
    if (count <= shown) continue;
    const history = shown === 0 ? undefined : shownHistory(db, rowId);
    let parents = history === undefined ? [] : [history.current.clock];
    let latest = Math.max(0, ...(history?.versions ?? []).map(version => version.content.recordedAt));
    let isShown = true;
    for (const { content, deleted, version } of versionsAfter(db, id, shown)) {
      const heads = deleted && history !== undefined ? history.heads.map(head => head.clock) : [];
      const made = { ...content, parents: [...new Set([...parents, ...heads])].sort() };
      // Where the clock was set back between two versions, they are shown anew: see `writeEntry`.
      isShown &&= content.recordedAt >= latest;
      latest = Math.max(latest, content.recordedAt);
      const place = isShown ? String(version) : '0';
      parents = [stampEntry(db, rowId, { content: made, deleted }, stamping, place).clock];
    }
    if (!isShown || (history !== undefined && history.heads.length > 1)) touched.push(rowId);
  }
  return touched;
}

/** The history that the console's tables hold: what waits is not known to who edits. */
const shownHistory = (db: Database, rowId: string): SyncedHistory | undefined =>
  historyOf(versionsOfRow(db, rowId).filter(version => version.shown !== null));
