/** Puts a notification into the inbox, once per event: the one way that anything in the console tells its owner. */
import type { App } from '../app.ts';
import { insertNotification } from '../db/notifications.ts';
import type { NotificationDraft } from '../domain/alerts/notification.ts';

/** The new notification's id; undefined when its event was told of before. */
export const notify = (app: App, draft: NotificationDraft): number | undefined =>
  app.db.transaction(() => insertNotification(app.db, draft));
