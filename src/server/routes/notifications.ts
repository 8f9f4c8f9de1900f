/** The inbox of the account. */
import {
  countedAnswer,
  messageAnswer,
  notificationsAnswer,
  type UploadedNotification,
  uploadRequest,
  uploadSetting,
} from '../../account/messages.ts';
import { jsonText } from '../../http/endpoint.ts';
import { deleted, markedAllRead, markedRead, noNotification, notificationId, pageQuery } from '../../http/inbox.ts';
import { refusal } from '../../http/refusal.ts';
import type { Endpoints } from '../identity.ts';
import type { Parts } from '../parts.ts';
import {
  insertNotifications,
  markAllRead,
  markRead,
  type NewNotification,
  preparePage,
  removeNotification,
} from '../store/notifications.ts';
import { findSettings } from '../store/settings.ts';

const uploadLimit = 1_048_576;

export function addNotifications(endpoints: Endpoints, { db, now }: Parts): void {
  const findPage = preparePage(db);

  endpoints.signedIn(
    {
      method: 'get',
      path: '/notifications',
      summary: 'Notifications, newest first',
      query: pageQuery,
      answer: notificationsAnswer,
    },
    async ({ account, query: { unread_only: unreadOnly, limit, offset } }) => {
      const { page, total, unread } = await findPage({ userId: account.userId, unreadOnly, limit, offset, now: now() });
      return jsonText(`{"notifications":${page},"total_count":${total},"unread_count":${unread}}`);
    },
  );

  endpoints.signedIn(
    {
      method: 'post',
      path: '/notifications',
      summary: `Upload notifications in clear, where the setting ${uploadSetting} is on`,
      body: uploadRequest,
      bodyLimit: uploadLimit,
      answer: countedAnswer,
    },
    async ({ account, body }) => {
      const { settings } = await findSettings(db, account.userId);
      if (settings[uploadSetting] !== true) {
        throw refusal(403, `Notifications are taken in clear only where the setting ${uploadSetting} is true`);
      }
      const rows = body.notifications.map(each => uploaded(account.userId, each));
      const count = await insertNotifications(db, rows, now());
      return { message: `Stored ${count} notifications`, count };
    },
  );

  endpoints.signedIn(
    { method: 'put', path: '/notifications/{id}/read', summary: 'Mark one as read', answer: messageAnswer },
    async ({ c, account }) => {
      const marked = await markRead(db, account.userId, notificationId(c.req.param('id')), now());
      if (marked === undefined) throw noNotification();
      return markedRead(marked === 'read');
    },
  );

  endpoints.signedIn(
    { method: 'post', path: '/notifications/mark-all-read', summary: 'Mark all as read', answer: countedAnswer },
    async ({ account }) => markedAllRead(await markAllRead(db, account.userId, now())),
  );

  endpoints.signedIn(
    { method: 'delete', path: '/notifications/{id}', summary: 'Remove one', answer: messageAnswer },
    async ({ c, account }) => {
      const isRemoved = await removeNotification(db, account.userId, notificationId(c.req.param('id')));
      if (!isRemoved) throw noNotification();
      return deleted;
    },
  );
}

const uploaded = (userId: number, each: UploadedNotification): NewNotification => ({
  userId,
  syncId: each.id,
  notificationType: each.notification_type,
  title: each.title,
  message: each.message,
  data: each.data ?? null,
  priority: each.priority,
  isRead: each.is_read,
  createdAt: Date.parse(each.created_at),
  expiresAt: each.expires_at == null ? null : Date.parse(each.expires_at),
});
