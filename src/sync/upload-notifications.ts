/**
 * Notifications in clear, for other programs that ask the account server: only where the account's setting
 * `sync.notifications` is true, and only what was told since it is. Everything else that syncs is sealed.
 *
 * The server is asked for the setting only where something was told since it was last asked. An event that several devices
 * tell has one id, and is kept once; what it was uploaded as stays, also where it is read later.
 */
import { type UploadedNotification, uploadSetting } from '../account/messages.ts';
import { type SealKeys, wordRowId } from '../account/seal.ts';
import type { InboxServer } from '../account/sync-server.ts';
import type { Database } from '../db/database.ts';
import { lastNotificationId, notificationsAfter } from '../db/notifications.ts';
import { readSyncFact, writeSyncFact } from '../db/sync-state.ts';
import { eventName } from '../db/synced-reads.ts';
import type { Notification } from '../domain/alerts/notification.ts';
import { isoInstant } from '../domain/date.ts';
import type { SyncDevice } from './device.ts';

/** In one request, which may have a mebibyte. */
const batch = 100;
const longest = { title: 200, message: 4000 } as const;

type Uploading = {
  readonly db: Database;
  readonly device: SyncDevice;
  readonly server: InboxServer;
  readonly signal?: AbortSignal | undefined;
};

/** Answers how many were sent. */
export async function uploadNotifications({ db, device, server, signal }: Uploading): Promise<number> {
  const newest = lastNotificationId(db);
  const last = Number(readSyncFact(db, 'told') ?? 0);
  if (newest <= last) return 0;
  const move = (to: number): void => db.transaction(() => writeSyncFact(db, 'told', String(to)));
  const { settings } = await server.settings({ signal });
  const { keys, now } = device.stamping();
  const told = settings[uploadSetting] === true ? notificationsAfter(db, now, last) : [];
  for (let from = 0; from < told.length; from += batch) {
    const some = told.slice(from, from + batch);
    const rows = some.map(each => inClear(each, keys, device.id));
    await server.uploadNotifications(rows, { signal });
    move(some.at(-1)?.id ?? last);
  }
  move(newest);
  return told.length;
}

const inClear = (notification: Notification, keys: SealKeys, device: string): UploadedNotification => {
  const { id, eventKey, type, title, message, data, priority, readAt, createdAt, expiresAt } = notification;
  return {
    id: wordRowId(keys, 'notification', eventKey === undefined ? `${device} ${id}` : eventName(eventKey)),
    notification_type: type,
    title: title.slice(0, longest.title),
    message: message.slice(0, longest.message),
    data,
    priority,
    is_read: readAt !== undefined,
    created_at: isoInstant(createdAt),
    expires_at: expiresAt === undefined ? null : isoInstant(expiresAt),
  };
};
