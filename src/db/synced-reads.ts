/**
 * Which events were read, on whatever device. Each device tells of events by itself, from its own market data; what syncs
 * is that its owner has seen one. The number of a rule is this device's own, and is left out of an event's name.
 */
import type { Database } from './database.ts';
import { areReadable, type Fields, pick, type SyncedKind } from './synced-kind.ts';

const fields: Fields = { event: 'text', read_at: 'integer' };

/** The event's name on every device. */
export const eventName = (key: string): string => key.replace(/^alert\|\d+\|/, 'alert|');

type Told = { id: number; event_key: string; read_at: number | null };

/** The notifications here that tell of the event. */
function toldOf(db: Database, event: unknown): Told[] {
  const select = 'SELECT id, event_key, read_at FROM notifications WHERE event_key';
  if (typeof event !== 'string') return [];
  if (!event.startsWith('alert|')) return db.statement<Told>(`${select} = ?`).all(event);
  const end = event.slice('alert'.length);
  return db
    .statement<Told>(`${select} GLOB 'alert|[0-9]*' AND substr(event_key, -length(?)) = ?`)
    .all(end, end)
    .filter(told => eventName(told.event_key) === event);
}

export const syncedReads: SyncedKind = {
  kind: 'read',
  tables: ['notifications'],
  hasOwnId: false,
  keyOf: content => String(content['event']),
  // What has expired counts as read by itself.
  read: (db: Database) =>
    db
      .statement<Told & { read_at: number }>(
        `SELECT id, event_key, read_at FROM notifications
         WHERE event_key IS NOT NULL AND read_at IS NOT NULL AND read_at IS NOT expires_at ORDER BY id`,
      )
      .all()
      .map(({ event_key, read_at }) => ({ content: { event: eventName(event_key), read_at }, editedAt: read_at })),
  picked: content => pick(fields, content),
  isReadable: content => areReadable(fields, content),
  isReady: () => true,
  write: (db, { event, read_at }) => {
    const told = toldOf(db, event);
    for (const { id } of told) db.statement('UPDATE notifications SET read_at = ? WHERE id = ?').run(read_at, id);
    return told.length > 0;
  },
  remove: (db, { event }) => {
    for (const { id } of toldOf(db, event))
      db.statement('UPDATE notifications SET read_at = NULL WHERE id = ?').run(id);
  },
  // One that was deleted here is none that was marked unread.
  isDeletion: (db, { event }) => toldOf(db, event).some(told => told.read_at === null),
};
