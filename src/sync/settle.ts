/** Ends the conflict of an entry by keeping one of its versions, as a new version that is made from all heads. */
import { settlement } from '../account/entry-history.ts';
import { ownRowId } from '../account/seal.ts';
import type { Database } from '../db/database.ts';
import { versionsOfRow } from '../db/sync-rows.ts';
import { entryKind } from '../db/synced-entries.ts';
import { captureChanges } from './capture.ts';
import { historyOf, readHistory, type SyncedHistory, stampEntry } from './entry-versions.ts';
import { showEntries } from './show-entries.ts';
import type { Stamping } from './stamping.ts';
import { showAll } from './store-versions.ts';

/** `version` is the number of one of the heads, as the entry's versions are told. */
export function settleEntry(db: Database, id: string, version: number, stamping: Stamping): SyncedHistory | undefined {
  db.assertTransaction();
  showAll(db, captureChanges(db, stamping), stamping);
  const rowId = ownRowId(stamping.keys, entryKind, id);
  const history = historyOf(versionsOfRow(db, rowId).filter(each => each.shown !== null));
  const kept = history?.versions[version - 1];
  if (history === undefined || kept === undefined || !history.heads.includes(kept)) return undefined;
  stampEntry(db, rowId, settlement(history, kept, stamping.now), stamping, null);
  showEntries(db, [rowId], stamping);
  return readHistory(db, rowId);
}
