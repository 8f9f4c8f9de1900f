/** The inbox of this console, as the account server serves that of an account. */
import type { Notification } from '../../domain/alerts/notification.ts';
import { isoInstant } from '../../domain/date.ts';
import { Failure } from '../../failure.ts';
import { deleted, inboxRoutes, markedAllRead, markedRead, noNotification, notificationId } from '../../http/inbox.ts';
import { deleteNotifications, readNotifications, viewInbox } from '../../usecases/inbox.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { instantOf } from '../values.ts';

export function addNotifications(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(inboxRoutes.list, ({ query: { unread_only: unread, limit, offset } }) => {
    const { notifications, totalCount, unreadCount } = viewInbox(app, { unread, limit, offset });
    return {
      notifications: notifications.map(notificationRecord),
      total_count: totalCount,
      unread_count: unreadCount,
    };
  });

  endpoints.signedIn(inboxRoutes.markRead, ({ c }) => {
    const id = notificationId(c.req.param('id'));
    return markedRead(orMissing(() => readNotifications(app, [id])) > 0);
  });

  endpoints.signedIn(inboxRoutes.markAllRead, () => markedAllRead(readNotifications(app)));

  endpoints.signedIn(inboxRoutes.remove, ({ c }) => {
    const id = notificationId(c.req.param('id'));
    orMissing(() => deleteNotifications(app, [id]));
    return deleted;
  });
}

function orMissing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Failure && error.code === 'not-found' ? noNotification() : error;
  }
}

const notificationRecord = ({ id, type, readAt, createdAt, ...told }: Notification) => ({
  notification_id: id,
  notification_type: type,
  title: told.title,
  message: told.message,
  data: { ...told.data },
  is_read: readAt !== undefined,
  priority: told.priority,
  created_at: isoInstant(createdAt),
  read_at: instantOf(readAt),
});
