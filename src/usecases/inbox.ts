/** The inbox: notifications that have not expired, newest first. Whoever looks marks those that have as read. */
import type { App } from '../app.ts';
import {
  countNewer,
  countNotifications,
  countUnread,
  deleteNotification,
  findNotification,
  hasExpiredUnread,
  type InboxFilter,
  lastNotificationId,
  listNotifications,
  markExpired,
  markRead,
  markUnread,
  notificationsAfter,
  restoreNotification,
} from '../db/notifications.ts';
import { preferenceOf } from '../db/preferences.ts';
import { isAtLeast, type Notification } from '../domain/alerts/notification.ts';
import { alertTypeOf, readPreference } from '../domain/alerts/preferences.ts';
import { Failure } from '../failure.ts';

export type { InboxFilter } from '../db/notifications.ts';

export type Inbox = {
  readonly notifications: readonly Notification[];
  /** Of those that match the filter. */
  readonly totalCount: number;
  /** Of the whole inbox, whatever the filter. */
  readonly unreadCount: number;
};

export type InboxPage = InboxFilter & { readonly limit?: number; readonly offset?: number };

export const viewInbox = (app: App, page: InboxPage = {}): Inbox => ({
  ...countInbox(app, page),
  notifications: pageOfInbox(app, page),
});

/** The counts of an inbox without its notifications. */
export function countInbox(app: App, filter: InboxFilter): Pick<Inbox, 'totalCount' | 'unreadCount'> {
  settle(app);
  return { totalCount: countNotifications(app.db, app.now(), filter), unreadCount: countUnread(app.db) };
}

export const pageOfInbox = (app: App, page: InboxPage): Notification[] => listNotifications(app.db, app.now(), page);

/** How many are unread. */
export function unreadCount(app: App): number {
  settle(app);
  return countUnread(app.db);
}

/** What has expired counts as read from then on. */
function settle(app: App): void {
  const now = app.now();
  if (hasExpiredUnread(app.db, now)) app.db.transaction(() => markExpired(app.db, now));
}

/** The place of a notification among those that match, 0 the newest; undefined where it is not there any more. */
export function placeInInbox(app: App, id: number, filter: InboxFilter): number | undefined {
  const now = app.now();
  const found = findNotification(app.db, now, id);
  return found && countNewer(app.db, now, found, filter);
}

/** Marks these as read, or all; answers how many were unread. A number that is none is a Failure. */
export function readNotifications(app: App, ids?: readonly number[]): number {
  settle(app);
  return app.db.transaction(() => {
    if (ids !== undefined) refuseUnknown(app, ids);
    return markRead(app.db, app.now(), ids);
  });
}

export function unreadNotification(app: App, id: number): void {
  app.db.transaction(() => {
    refuseUnknown(app, [id]);
    markUnread(app.db, id);
  });
}

function refuseUnknown(app: App, ids: readonly number[]): void {
  const unknown = ids.find(id => findNotification(app.db, app.now(), id) === undefined);
  if (unknown === undefined) return;
  throw new Failure('not-found', `There is no notification ${unknown}`, {
    hint: 'The numbers are listed by: asxos notifications list.',
  });
}

/** Answers how many were deleted. A number that is none is a Failure, and nothing is deleted. */
export const deleteNotifications = (app: App, ids: readonly number[]): number =>
  app.db.transaction(() => {
    refuseUnknown(app, ids);
    return ids.filter(id => deleteNotification(app.db, id)).length;
  });

/** Brings a deleted one back. */
export const undeleteNotification = (app: App, notification: Notification): void =>
  app.db.transaction(() => restoreNotification(app.db, notification));

/** What was told after the notification `last`, and is to be called out at once; with the newest one there is. */
export function arrivals(app: App, last: number): { readonly last: number; readonly told: readonly Notification[] } {
  const newest = lastNotificationId(app.db);
  if (newest <= last) return { last, told: [] };
  const told = notificationsAfter(app.db, app.now(), last).filter(notification => {
    const type = alertTypeOf(notification);
    const isNow = type === undefined || readPreference(preferenceOf(app.db, type)).frequency === 'immediate';
    return (
      isNow && notification.readAt === undefined && isAtLeast(notification.priority, app.config['notify.minPriority'])
    );
  });
  return { last: newest, told };
}

/** The newest notification there is, which `arrivals` go on from. */
export const lastTold = (app: App): number => lastNotificationId(app.db);
