/** The inbox: notifications that have not expired, newest first. */
import type { App } from '../app.ts';
import { countNotifications, deleteNotification, listNotifications, markRead } from '../db/notifications.ts';
import type { Notification } from '../domain/alerts/notification.ts';

export type Inbox = {
  readonly notifications: readonly Notification[];
  readonly totalCount: number;
  readonly unreadCount: number;
};

export function viewInbox(app: App, options: { unread?: boolean; limit?: number } = {}): Inbox {
  const now = app.now();
  const { total, unread } = countNotifications(app.db, now);
  const notifications = listNotifications(app.db, now, options);
  return { notifications, totalCount: options.unread ? unread : total, unreadCount: unread };
}

/** Marks these as read, or all; answers how many were unread. */
export const readNotifications = (app: App, ids?: readonly number[]): number =>
  app.db.transaction(() => markRead(app.db, app.now(), ids));

/** Answers how many there were to delete. */
export const deleteNotifications = (app: App, ids: readonly number[]): number =>
  app.db.transaction(() => ids.filter(id => deleteNotification(app.db, id)).length);
