/** Notifications of one account. One that has expired is read, and no longer listed. */
import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { NotificationType, Priority } from '../../account/messages.ts';
import { type Instant, isoInstant } from '../../domain/date.ts';
import { notifications } from './schema.ts';
import type { Database } from './store.ts';

export type Notification = typeof notifications.$inferSelect;

const listedNow = (now: Instant) => or(isNull(notifications.expiresAt), gt(notifications.expiresAt, now));

export type PageRequest = {
  readonly userId: number;
  readonly unreadOnly: boolean;
  readonly limit: number;
  readonly offset: number;
  readonly now: Instant;
};

/** Prepares the list: a page, newest first, and both counts, in one round trip. */
export function preparePage(db: Database) {
  const { placeholder } = sql;
  const mine = and(
    eq(notifications.userId, placeholder('userId')),
    or(isNull(notifications.expiresAt), gt(notifications.expiresAt, placeholder('now'))),
  );
  const isWanted = sql`(not ${placeholder('unreadOnly')}::boolean or not ${notifications.isRead})`;
  const counts = db
    .select({
      total: sql<number>`count(*) filter (where ${isWanted})`.mapWith(Number).as('total'),
      unread: sql<number>`count(*) filter (where not ${notifications.isRead})`.mapWith(Number).as('unread'),
    })
    .from(notifications)
    .where(mine)
    .as('counts');
  const page = db
    .select()
    .from(notifications)
    .where(and(mine, isWanted))
    .orderBy(desc(notifications.createdAt), desc(notifications.notificationId))
    .limit(placeholder('limit'))
    .offset(placeholder('offset'))
    .as('page');
  const query = db
    .select({
      total: counts.total,
      unread: counts.unread,
      notification: {
        notificationId: page.notificationId,
        notificationType: page.notificationType,
        title: page.title,
        message: page.message,
        data: page.data,
        isRead: page.isRead,
        priority: page.priority,
        createdAt: page.createdAt,
        readAt: page.readAt,
      },
    })
    .from(counts)
    .leftJoin(page, sql`true`)
    .orderBy(desc(page.createdAt), desc(page.notificationId))
    .prepare('page_of_notifications');
  return async (request: PageRequest) => {
    const rows = await query.execute({ ...request, now: isoInstant(request.now) });
    return {
      page: rows.flatMap(({ notification }) => (notification === null ? [] : [notification])),
      total: rows[0]?.total ?? 0,
      unread: rows[0]?.unread ?? 0,
    };
  };
}

export type NewNotification = {
  readonly userId: number;
  readonly syncId: string;
  readonly notificationType: NotificationType;
  readonly title: string;
  readonly message: string;
  readonly data: Record<string, unknown> | null;
  readonly priority: Priority;
  readonly isRead?: boolean;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant | null;
};

/** Stores what is not there yet, by the client's id of it; answers how many were new. */
export async function insertNotifications(
  db: Database,
  rows: readonly NewNotification[],
  now: Instant,
): Promise<number> {
  if (rows.length === 0) return 0;
  const stored = await db
    .insert(notifications)
    .values(rows.map(row => ({ ...row, readAt: row.isRead ? now : null, updatedAt: now })))
    .onConflictDoNothing()
    .returning({ notificationId: notifications.notificationId });
  return stored.length;
}

/** Marks one as read; undefined where the account has none of this id. */
export async function markRead(
  db: Database,
  userId: number,
  notificationId: number,
  now: Instant,
): Promise<'read' | 'already' | undefined> {
  const isIt = and(eq(notifications.userId, userId), eq(notifications.notificationId, notificationId), listedNow(now));
  const marked = await db
    .update(notifications)
    .set({ isRead: true, readAt: now, updatedAt: now })
    .where(and(isIt, eq(notifications.isRead, false)))
    .returning({ notificationId: notifications.notificationId });
  if (marked.length > 0) return 'read';
  const found = await db.select({ isRead: notifications.isRead }).from(notifications).where(isIt);
  return found.length > 0 ? 'already' : undefined;
}

/** Marks all as read and answers how many were not. */
export async function markAllRead(db: Database, userId: number, now: Instant): Promise<number> {
  const marked = await db
    .update(notifications)
    .set({ isRead: true, readAt: now, updatedAt: now })
    .where(and(eq(notifications.userId, userId), eq(notifications.isRead, false), listedNow(now)))
    .returning({ notificationId: notifications.notificationId });
  return marked.length;
}

/** Removes one; false where the account has none of this id. */
export async function removeNotification(db: Database, userId: number, notificationId: number): Promise<boolean> {
  const removed = await db
    .delete(notifications)
    .where(and(eq(notifications.userId, userId), eq(notifications.notificationId, notificationId)))
    .returning({ notificationId: notifications.notificationId });
  return removed.length > 0;
}

/** Marks those as read whose time is over. */
export async function markExpiredRead(db: Database, now: Instant): Promise<void> {
  await db
    .update(notifications)
    .set({ isRead: true, readAt: now, updatedAt: now })
    .where(and(eq(notifications.isRead, false), lte(notifications.expiresAt, now)));
}
