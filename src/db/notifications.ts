/** The inbox. One event makes one notification, however often it is told; an expired one is no longer shown. */
import { and, count, desc, eq, gt, inArray, isNull, or, type SQL } from 'drizzle-orm';
import type { Notification, NotificationDraft } from '../domain/alerts/notification.ts';
import type { Instant } from '../domain/date.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { notifications } from './schema.ts';

const read = (row: typeof notifications.$inferSelect): Notification => ({
  ...row,
  readAt: known(row.readAt),
  expiresAt: known(row.expiresAt),
  eventKey: known(row.eventKey),
});

const live = (now: Instant): SQL | undefined => or(isNull(notifications.expiresAt), gt(notifications.expiresAt, now));
const unread = isNull(notifications.readAt);

/** Those that have not expired, newest first. */
export const listNotifications = (
  db: Database,
  now: Instant,
  options: { unread?: boolean; limit?: number } = {},
): Notification[] =>
  db.orm
    .select()
    .from(notifications)
    .where(options.unread ? and(live(now), unread) : live(now))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(options.limit ?? -1)
    .all()
    .map(read);

/** How many have not expired, and how many of them are unread. */
export function countNotifications(db: Database, now: Instant): { total: number; unread: number } {
  const select = db.orm.select({ count: count() }).from(notifications);
  const total = select.where(live(now)).get()?.count ?? 0;
  const open =
    db.orm
      .select({ count: count() })
      .from(notifications)
      .where(and(live(now), unread))
      .get()?.count ?? 0;
  return { total, unread: open };
}

/** Adds a notification and returns its id; undefined when its event has been told of before. */
export function insertNotification(db: Database, notification: NotificationDraft): number | undefined {
  db.assertTransaction();
  const { type, priority, title, message, data, createdAt, expiresAt = null, eventKey = null } = notification;
  // A kept statement: on a day on which much happens there are hundreds.
  const done = db
    .statement(
      `INSERT INTO notifications (type, priority, title, message, data, created_at, expires_at, event_key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_key) DO NOTHING`,
    )
    .run(type, priority, title, message, JSON.stringify(data), createdAt, expiresAt, eventKey);
  return done.changes === 0 ? undefined : Number(done.lastInsertRowid);
}

/** Marks these as read (all, when none are named) and returns how many were unread. */
export function markRead(db: Database, now: Instant, ids?: readonly number[]): number {
  db.assertTransaction();
  const which = ids === undefined ? unread : and(unread, inArray(notifications.id, [...ids]));
  return db.orm.update(notifications).set({ readAt: now }).where(which).run().changes;
}

/** False when there is none with this id. A deleted event is told of again if it happens again. */
export function deleteNotification(db: Database, id: number): boolean {
  db.assertTransaction();
  return db.orm.delete(notifications).where(eq(notifications.id, id)).run().changes > 0;
}
