/** The inbox. One event makes one notification, however often it is told; an expired one counts as read and is not shown. */
import { and, count, desc, eq, gt, inArray, isNull, like, or, type SQL, sql } from 'drizzle-orm';
import type { Notification, NotificationDraft, NotificationType, Priority } from '../domain/alerts/notification.ts';
import type { Instant } from '../domain/date.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { notifications } from './schema.ts';

export const readNotification = (row: typeof notifications.$inferSelect): Notification => ({
  ...row,
  readAt: known(row.readAt),
  expiresAt: known(row.expiresAt),
  eventKey: known(row.eventKey),
});

/** Which of the inbox; all that has not expired, where nothing is said. */
export type InboxFilter = {
  readonly unread?: boolean | undefined;
  readonly types?: readonly NotificationType[] | undefined;
  readonly priorities?: readonly Priority[] | undefined;
  /** Words that the title or the message contains. */
  readonly text?: string | undefined;
};

const live = (now: Instant): SQL | undefined => or(isNull(notifications.expiresAt), gt(notifications.expiresAt, now));

/** `%` and `_` stand for themselves. */
const containing = (word: string): SQL | undefined => {
  const pattern = `%${word.replace(/[\\%_]/g, found => `\\${found}`)}%`;
  return or(
    sql`${like(notifications.title, pattern)} ESCAPE '\\'`,
    sql`${like(notifications.message, pattern)} ESCAPE '\\'`,
  );
};

function matching(now: Instant, { unread, types, priorities, text = '' }: InboxFilter): SQL | undefined {
  return and(
    live(now),
    // The plus keeps SQLite to the index that has everything: that of the unread ones would read each of them whole.
    unread === true ? sql`+${notifications.readAt} IS NULL` : undefined,
    types && inArray(notifications.type, [...types]),
    priorities && inArray(notifications.priority, [...priorities]),
    ...text.split(' ').filter(Boolean).map(containing),
  );
}

const newestFirst = [desc(notifications.createdAt), desc(notifications.id)] as const;

/** A page of those that match, newest first. The ids are found in the index alone, and only the page's rows are read. */
export function listNotifications(
  db: Database,
  now: Instant,
  options: InboxFilter & { readonly limit?: number; readonly offset?: number } = {},
): Notification[] {
  const ids = db.orm
    .select({ id: notifications.id })
    .from(notifications)
    .where(matching(now, options))
    .orderBy(...newestFirst)
    .limit(options.limit ?? -1)
    .offset(options.offset ?? 0);
  const rows = db.orm.select().from(notifications).where(inArray(notifications.id, ids));
  return rows
    .orderBy(...newestFirst)
    .all()
    .map(readNotification);
}

/** How many match. */
export function countNotifications(db: Database, now: Instant, filter: InboxFilter = {}): number {
  const { unread = false, types, priorities, text = '' } = filter;
  if (!unread && types === undefined && priorities === undefined && text.trim() === '') return countLive(db, now);
  return db.orm.select({ count: count() }).from(notifications).where(matching(now, filter)).get()?.count ?? 0;
}

/** All but those that have expired: two counts that an index answers, where one would look at every row of it. */
const countLive = (db: Database, now: Instant): number =>
  db
    .statement<{ count: number }>(
      `SELECT (SELECT COUNT(*) FROM notifications) -
        (SELECT COUNT(*) FROM notifications WHERE expires_at IS NOT NULL AND expires_at <= ?) AS count`,
    )
    .get(now)?.count ?? 0;

/** How many are unread; those that have expired count until they are marked. */
export const countUnread = (db: Database): number =>
  db.statement<{ count: number }>('SELECT COUNT(*) AS count FROM notifications WHERE read_at IS NULL').get()?.count ??
  0;

/** How many of those that match are newer than this one. */
export const countNewer = (
  db: Database,
  now: Instant,
  { id, createdAt }: Pick<Notification, 'id' | 'createdAt'>,
  filter: InboxFilter,
): number =>
  db.orm
    .select({ count: count() })
    .from(notifications)
    .where(and(sql`(${notifications.createdAt}, ${notifications.id}) > (${createdAt}, ${id})`, matching(now, filter)))
    .get()?.count ?? 0;

/** The one with this id, where it has not expired. */
export function findNotification(db: Database, now: Instant, id: number): Notification | undefined {
  const row = db.orm
    .select()
    .from(notifications)
    .where(and(eq(notifications.id, id), live(now)))
    .get();
  return row && readNotification(row);
}

/** Those told after the one with this id, oldest first. */
export const notificationsAfter = (db: Database, now: Instant, id: number): Notification[] =>
  db.orm
    .select()
    .from(notifications)
    .where(and(gt(notifications.id, id), live(now)))
    .orderBy(notifications.id)
    .all()
    .map(readNotification);

/** The highest id there is, 0 where there is none. */
export const lastNotificationId = (db: Database): number =>
  db.statement<{ id: number | null }>('SELECT MAX(id) AS id FROM notifications').get()?.id ?? 0;

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

/** Puts a deleted one back as it was; not where its event has been told of again. */
export function restoreNotification(db: Database, notification: Notification): void {
  db.assertTransaction();
  const { readAt = null, expiresAt = null, eventKey = null } = notification;
  db.orm
    .insert(notifications)
    .values({ ...notification, readAt, expiresAt, eventKey })
    .onConflictDoNothing()
    .run();
}

/** Whether any has expired unread. */
export const hasExpiredUnread = (db: Database, now: Instant): boolean =>
  db
    .statement(
      'SELECT 1 FROM notifications WHERE expires_at IS NOT NULL AND expires_at <= ? AND read_at IS NULL LIMIT 1',
    )
    .get(now) !== undefined;

/** Marks those that have expired as read, at the moment at which they did. */
export function markExpired(db: Database, now: Instant): void {
  db.assertTransaction();
  db.statement(
    'UPDATE notifications SET read_at = expires_at WHERE expires_at IS NOT NULL AND expires_at <= ? AND read_at IS NULL',
  ).run(now);
}

/** Marks these as read (all, when none are named) and returns how many were unread. */
export function markRead(db: Database, now: Instant, ids?: readonly number[]): number {
  db.assertTransaction();
  const unread = isNull(notifications.readAt);
  const which = ids === undefined ? unread : and(unread, inArray(notifications.id, [...ids]));
  return db.orm.update(notifications).set({ readAt: now }).where(which).run().changes;
}

export function markUnread(db: Database, id: number): void {
  db.assertTransaction();
  db.orm.update(notifications).set({ readAt: null }).where(eq(notifications.id, id)).run();
}

/** False when there is none with this id. A deleted event is told of again if it happens again. */
export function deleteNotification(db: Database, id: number): boolean {
  db.assertTransaction();
  return db.orm.delete(notifications).where(eq(notifications.id, id)).run().changes > 0;
}
