/** Tells of entries that were changed on two devices: once each, on whatever device it is read. */
import type { Database } from '../db/database.ts';
import { tell } from '../db/tell.ts';
import type { Instant } from '../domain/date.ts';
import type { SyncedHistory } from './entry-versions.ts';

/** Entries named in one notification; more of them are told together. */
const mostAlone = 5;

export function tellConflicts(db: Database, conflicts: readonly SyncedHistory[], now: Instant): void {
  if (conflicts.length > mostAlone) {
    tell(db, {
      ...common(now),
      title: `${conflicts.length} entries were changed on two devices`,
      message: 'All versions are kept, and the latest edits count. See asxos sync status.',
      data: { event: 'sync-conflict', entries: conflicts.map(({ current }) => current.content.id) },
      eventKey: `sync|conflicts|${conflicts.map(eventOf).sort().join(',')}`.slice(0, 500),
    });
    return;
  }
  for (const conflict of conflicts) {
    const { code, kind, on, id } = conflict.current.content;
    const trade = [kind, code, 'on', on].filter(word => word !== null).join(' ');
    const isGone = conflict.heads.some(head => head.deleted);
    const what = isGone ? 'deleted on one device and edited on another' : 'edited on two devices';
    tell(db, {
      ...common(now),
      title: `An entry was ${what}: ${trade}`,
      message: `All versions are kept, and the latest edit counts. See asxos sync status.`,
      data: { event: 'sync-conflict', entries: [id] },
      eventKey: `sync|conflict|${eventOf(conflict)}`,
    });
  }
}

const common = (now: Instant) => ({ type: 'system', priority: 'normal', createdAt: now }) as const;

const eventOf = ({ current, heads }: SyncedHistory): string =>
  `${current.content.id} ${heads.map(head => head.clock).join(' ')}`;
