/** The inbox of the account. */
import { countedAnswer, type UploadedNotification, uploadRequest, uploadSetting } from '../../account/messages.ts';
import { jsonText } from '../../http/endpoint.ts';
import { deleted, inboxRoutes, markedAllRead, markedRead, noNotification, notificationId } from '../../http/inbox.ts';
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

  endpoints.signedIn(inboxRoutes.list, async ({ account, query: { unread_only: unreadOnly, limit, offset } }) => {
    const { page, total, unread } = await findPage({ userId: account.userId, unreadOnly, limit, offset, now: now() });
    return jsonText(`{"notifications":${page},"total_count":${total},"unread_count":${unread}}`);
  });

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

  endpoints.signedIn(inboxRoutes.markRead, async ({ c, account }) => {
    const marked = await markRead(db, account.userId, notificationId(c.req.param('id')), now());
    if (marked === undefined) throw noNotification();
    return markedRead(marked === 'read');
  });

  endpoints.signedIn(inboxRoutes.markAllRead, async ({ account }) =>
    markedAllRead(await markAllRead(db, account.userId, now())),
  );

  endpoints.signedIn(inboxRoutes.remove, async ({ c, account }) => {
    const isRemoved = await removeNotification(db, account.userId, notificationId(c.req.param('id')));
    if (!isRemoved) throw noNotification();
    return deleted;
  });
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
