/** The inbox: notifications that have not expired, newest first. */
import type { App } from '../app.ts';
import { countNotifications, deleteNotification, listNotifications, markRead } from '../db/notifications.ts';
import type { Notification } from '../domain/alerts/notification.ts';
import { Failure } from '../failure.ts';

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

/** Marks these as read, or all; answers how many were unread. A number that is none is a Failure. */
export function readNotifications(app: App, ids?: readonly number[]): number {
  if (ids !== undefined) refuseUnknown(app, ids);
  return app.db.transaction(() => markRead(app.db, app.now(), ids));
}

function refuseUnknown(app: App, ids: readonly number[]): void {
  const known = new Set(listNotifications(app.db, app.now()).map(each => each.id));
  const unknown = ids.find(id => !known.has(id));
  if (unknown === undefined) return;
  throw new Failure('not-found', `There is no notification ${unknown}`, {
    hint: 'The numbers are listed by: asxos notifications list.',
  });
}

/** Answers how many were deleted. A number that is none is a Failure, and nothing is deleted. */
export function deleteNotifications(app: App, ids: readonly number[]): number {
  refuseUnknown(app, ids);
  return app.db.transaction(() => ids.filter(id => deleteNotification(app.db, id)).length);
}
