/** What the account server and the local API say alike of notifications and of alert preferences. */
import { z } from 'zod';
import {
  type AlertType,
  alertType,
  countedAnswer,
  messageAnswer,
  notificationsAnswer,
  preferenceAnswer,
  preferenceRequest,
  preferencesAnswer,
  preferencesRequest,
} from '../account/messages.ts';
import type { Route } from './endpoint.ts';
import { problemsOf } from './problems.ts';
import { count, flag } from './query.ts';
import { refusal } from './refusal.ts';

/** Which part of the inbox. */
const pageQuery = z.object({
  unread_only: flag(false),
  limit: count({ least: 1, most: 200, otherwise: 50 }),
  offset: count({ least: 0, most: 1_000_000, otherwise: 0 }),
});

type AnyRoute = Route<z.ZodType, z.ZodObject, z.ZodType>;

export const inboxRoutes = {
  list: {
    method: 'get',
    path: '/notifications',
    summary: 'Notifications, newest first',
    query: pageQuery,
    answer: notificationsAnswer,
  },
  markRead: { method: 'put', path: '/notifications/{id}/read', summary: 'Mark one as read', answer: messageAnswer },
  markAllRead: {
    method: 'post',
    path: '/notifications/mark-all-read',
    summary: 'Mark all as read',
    answer: countedAnswer,
  },
  remove: { method: 'delete', path: '/notifications/{id}', summary: 'Remove one', answer: messageAnswer },
} as const satisfies Record<string, AnyRoute>;

export const preferenceRoutes = {
  list: {
    method: 'get',
    path: '/alerts/preferences',
    summary: 'Preferences of all alerts',
    answer: preferencesAnswer,
  },
  set: {
    method: 'put',
    path: '/alerts/preferences',
    summary: 'Set the preferences listed',
    body: preferencesRequest,
    answer: preferencesAnswer,
  },
  change: {
    method: 'patch',
    path: '/alerts/preferences/{type}',
    summary: 'Change the preference of one alert',
    body: preferenceRequest,
    answer: preferenceAnswer,
  },
} as const satisfies Record<string, AnyRoute>;

export const noNotification = () => refusal(404, 'Notification not found');

/** An id of another shape is the id of nothing. */
export function notificationId(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw noNotification();
  return Number(text);
}

export const markedRead = (isFirst: boolean) => ({
  message: isFirst ? 'Notification marked as read' : 'Notification already marked as read',
});
export const markedAllRead = (count: number) => ({ message: `Marked ${count} notifications as read`, count });
export const deleted = { message: 'Notification deleted' };

/** The type of alert that a path names. */
export function alertTypeIn(text: string | undefined): AlertType {
  const sent = { alert_type: text };
  const read = alertType.safeParse(text);
  if (read.success) return read.data;
  const issues = read.error.issues.map(issue => ({ ...issue, path: ['alert_type'] }));
  throw refusal(422, problemsOf(issues, sent, 'path'));
}
