/** Puts versions that came from elsewhere beside those that are known, by the one merge, and shows what that changes. */
import { isGrowing, merge, type RowVersion } from '../account/merge.ts';
import type { Database } from '../db/database.ts';
import { dropVersion, type StoredVersion, storeVersion, versionsOfRow, waitingRows } from '../db/sync-rows.ts';
import { entryKind } from '../db/synced-entries.ts';
import { syncedKinds } from '../db/synced-tables.ts';
import { type ShownEntries, showEntries } from './show-entries.ts';
import { showRows } from './show-rows.ts';
import type { Stamping } from './stamping.ts';

/** Kinds that the console's tables hold nothing of. */
const unshown = new Set(['device', 'key']);

/** Stores a version that the server has; false where it changes nothing. Its row has no version of another kind. */
export function storeReceived(db: Database, version: RowVersion): boolean {
  const known = versionsOfRow(db, version.id);
  const merged = merge(known, [version]);
  const same = known.find(each => each.clock === version.clock);
  if (merged.get(version.clock) !== version) {
    // It is known, or a later one is.
    if (same !== undefined && !same.pushed) storeVersion(db, { ...same, pushed: true });
    return false;
  }
  const last = isGrowing(version.kind) ? same : known.at(-1);
  for (const each of known) if (!merged.has(each.clock)) dropVersion(db, each.id, each.clock);
  storeVersion(db, { ...version, shown: shownBefore(version, last), pushed: true });
  return true;
}

/** What the tables hold of the row until it is shown. */
function shownBefore({ kind, deleted }: RowVersion, last: StoredVersion | undefined): string | null {
  if (unshown.has(kind)) return '';
  if (last === undefined || (last.shown === '' && !deleted)) return null;
  return last.shown;
}

/** Shows these rows and all that waited; answers how many rows changed of each kind. */
export function showAll(
  db: Database,
  touched: Iterable<{ readonly id: string; readonly kind: string }>,
  stamping: Stamping,
): ShownEntries & { readonly byKind: ReadonlyMap<string, number> } {
  const ids = new Map<string, Set<string>>();
  for (const { id, kind } of [...touched, ...waitingRows(db)]) ids.set(kind, (ids.get(kind) ?? new Set()).add(id));
  const byKind = new Map<string, number>();
  const count = (kind: string, changed: number): void => {
    if (changed > 0) byKind.set(kind, changed);
  };
  for (const kind of syncedKinds) {
    const own = ids.get(kind.kind);
    if (own !== undefined) count(kind.kind, showRows(db, kind, own));
  }
  const shown = showEntries(db, ids.get(entryKind) ?? [], stamping);
  count(entryKind, shown.changed);
  return { ...shown, byKind };
}
