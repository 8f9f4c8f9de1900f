/**
 * Writes the versions of entries into the ledger's table, in the one order that all devices make of them.
 *
 * Where two entries came from one row of a file, one stays and the others are withdrawn, by a version of their own; what was
 * known of them stays known. An edit that another device does not know of is a conflict, and is told once.
 *
 * A history that the ledger cannot fold (more sold than held, since each device knew a part) is written all the same: the
 * ledger leaves out what cannot take effect and says so in every view.
 */
import { firstOf, withdrawal } from '../account/entry-history.ts';
import { ownRowId } from '../account/seal.ts';
import type { Database } from '../db/database.ts';
import { storeCodeChange } from '../db/securities.ts';
import { reopenSuggestion } from '../db/suggestions.ts';
import { markShown, type StoredVersion, versionsOfRow } from '../db/sync-rows.ts';
import { dropEntry, entriesOfSource, entryKind, isReadyEntry, writeEntry } from '../db/synced-entries.ts';
import { parseLocalDate } from '../domain/date.ts';
import { parseCode } from '../domain/market/security.ts';
import { historyOf, readHistory, type SyncedContent, type SyncedHistory, stampEntry } from './entry-versions.ts';
import type { Stamping } from './stamping.ts';

export type Withdrawn = { readonly entry: string; readonly duplicateOf: string };
export type ShownEntries = {
  readonly changed: number;
  readonly withdrawn: readonly Withdrawn[];
  /** The histories that are in conflict, of those that were shown. */
  readonly conflicts: readonly SyncedHistory[];
};

/** What the user changed has been stamped before: see `captureChanges`. */
export function showEntries(db: Database, rowIds: Iterable<string>, stamping: Stamping): ShownEntries {
  const due = new Map<string, SyncedHistory>();
  const take = (rowId: string, history: SyncedHistory): void => {
    if (due.has(rowId)) return;
    due.set(rowId, history);
    const shown = versionsOfRow(db, rowId).filter(version => version.shown !== null);
    dropEntry(db, history.current.content.id, shown.length);
  };
  for (const rowId of rowIds) {
    const stored = versionsOfRow(db, rowId);
    const history = historyOf(stored);
    if (history === undefined || isShown(history, stored)) continue;
    if (history.versions.every(({ content }) => isReadyEntry(db, content))) take(rowId, history);
  }
  const changed = due.size;
  const withdrawn = withdrawDuplicates(db, due, take, stamping);
  for (const [rowId, { versions, current }] of due) {
    writeEntry(db, versions);
    for (const [index, { clock }] of versions.entries()) markShown(db, { id: rowId, clock }, String(index + 1));
    if (current.deleted) reopenSuggestion(db, current.content.id);
    else if (current.content.kind === 'rename') noteRename(db, current.content);
  }
  return { changed, withdrawn, conflicts: [...due.values()].filter(history => history.isConflict) };
}

/** Whether the table has these versions, in this order. */
function isShown({ versions }: SyncedHistory, stored: readonly StoredVersion[]): boolean {
  const shown = new Map(stored.map(version => [version.clock, version.shown]));
  return versions.every(({ clock }, index) => shown.get(clock) === String(index + 1));
}

/** Leaves one current entry of each row of a file. */
function withdrawDuplicates(
  db: Database,
  due: Map<string, SyncedHistory>,
  take: (rowId: string, history: SyncedHistory) => void,
  stamping: Stamping,
): Withdrawn[] {
  const withdrawn: Withdrawn[] = [];
  const bySource = new Map<string, Set<string>>();
  for (const [rowId, { current }] of [...due]) {
    const { portfolio, sourceKey } = current.content;
    if (current.deleted || sourceKey === null) continue;
    const source = `${portfolio}\n${sourceKey}`;
    const same = bySource.get(source) ?? new Set<string>();
    bySource.set(source, same.add(rowId));
    for (const id of entriesOfSource(db, portfolio, sourceKey)) {
      const other = ownRowId(stamping.keys, entryKind, id);
      const history = due.get(other) ?? readHistory(db, other);
      if (history === undefined) continue;
      same.add(other);
      take(other, history);
    }
  }
  for (const same of bySource.values()) {
    const entries = [...same].flatMap(id => {
      const history = due.get(id);
      return history === undefined ? [] : [{ id, history }];
    });
    const first = firstOf(entries);
    if (first === undefined) continue;
    for (const { id, history } of entries) {
      if (id === first.id) continue;
      stampEntry(db, id, withdrawal(history, first), stamping, null);
      const after = readHistory(db, id);
      if (after !== undefined) due.set(id, after);
      withdrawn.push({ entry: history.current.content.id, duplicateOf: first.history.current.content.id });
    }
  }
  return withdrawn;
}

/** Prices of a security that changed its code are found by what the ledger says of it. */
function noteRename(db: Database, { code, on, details }: SyncedContent): void {
  const { newCode } = JSON.parse(details ?? '{}') as { newCode?: string };
  if (code === null || newCode === undefined) return;
  storeCodeChange(db, { oldCode: parseCode(code), newCode: parseCode(newCode), changedOn: parseLocalDate(on) });
}
