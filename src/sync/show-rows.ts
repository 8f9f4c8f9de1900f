/**
 * Writes what is known of rows into the console's tables, so that the console shows it.
 *
 * Model: a row waits while it refers to one that has not come yet, while the event that it speaks of has not been told
 * here, and while it is of a newer asxos. Names are had once: see `distinctNames`. All in one synchronous transaction.
 */
import { distinctNames } from '../account/distinct-names.ts';
import type { Database } from '../db/database.ts';
import { markShown, type StoredVersion, versionsOfKind, versionsOfRow } from '../db/sync-rows.ts';
import { attempt, type Content, type SyncedKind } from '../db/synced-kind.ts';

const parsed = (content: string | null): Content | undefined => {
  const found: unknown = JSON.parse(content ?? 'null');
  return typeof found === 'object' && found !== null ? (found as Content) : undefined;
};

/** Shows the latest version of each of these rows; answers how many changed here. */
export function showRows(db: Database, kind: SyncedKind, ids: Iterable<string>): number {
  if (named.has(kind.kind)) return showNamed(db, kind);
  let changed = 0;
  for (const id of ids) {
    const latest = versionsOfRow(db, id).at(-1);
    const content = latest && parsed(latest.content);
    if (latest === undefined || content === undefined || !kind.isReadable(content)) continue;
    if (latest.deleted) changed += hide(db, kind, latest, content);
    else changed += show(db, kind, latest, kind.picked(content));
  }
  return changed;
}

function hide(db: Database, kind: SyncedKind, latest: StoredVersion, content: Content): number {
  if (latest.shown === '') return 0;
  kind.remove(db, content);
  markShown(db, latest, '');
  return 1;
}

function show(db: Database, kind: SyncedKind, latest: StoredVersion, content: Content): number {
  const text = JSON.stringify(content);
  if (latest.shown === text || !kind.isReady(db, content)) return 0;
  if (!attempt(db, () => kind.write(db, content))) return 0;
  markShown(db, latest, text);
  return 1;
}

/** Kinds whose names the console has once, with the table that they lie in. */
const named: ReadonlyMap<string, string> = new Map([
  ['owner', 'owners'],
  ['portfolio', 'portfolios'],
]);

const ageOf = (content: Content): number => Number(content['created_at'] ?? 0);

function showNamed(db: Database, kind: SyncedKind): number {
  const rows = versionsOfKind(db, kind.kind).flatMap(latest => {
    const content = parsed(latest.content);
    const isShowable = content !== undefined && kind.isReadable(content) && kind.isReady(db, content);
    return latest.deleted || !isShowable ? [] : [{ latest, content: kind.picked(content) }];
  });
  rows.sort((a, b) => ageOf(a.content) - ageOf(b.content) || (a.latest.id < b.latest.id ? -1 : 1));
  const names = distinctNames(rows.map(({ latest, content }) => ({ id: latest.id, name: String(content['name']) })));
  const due = rows
    .map(({ latest, content }) => ({ latest, content: { ...content, name: names.get(latest.id) } }))
    .filter(({ latest, content }) => JSON.stringify(content) !== latest.shown);
  // Two may change places: none has a name while they do.
  const free = db.statement(`UPDATE ${named.get(kind.kind)} SET name = id WHERE id = ?`);
  for (const { content } of due) free.run((content as Content)['id']);
  return due.reduce((changed, { latest, content }) => changed + show(db, kind, latest, content), 0);
}
