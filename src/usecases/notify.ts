/**
 * Puts a notification into the inbox, once per event: the one way that anything in the console tells its owner. What
 * the owner has switched off is not written; a notification of the system itself cannot be.
 */
import type { App } from '../app.ts';
import { insertNotification } from '../db/notifications.ts';
import { listPreferences } from '../db/preferences.ts';
import type { NotificationDraft, NotificationType } from '../domain/alerts/notification.ts';

/** The new notification's id; undefined when its event was told of before, or its type is switched off. */
export const notify = (app: App, draft: NotificationDraft): number | undefined =>
  app.db.transaction(() => (isWanted(app, draft.type) ? insertNotification(app.db, draft) : undefined));

// A type without a preference was never switched off.
const isWanted = (app: App, type: NotificationType): boolean =>
  type === 'system' || listPreferences(app.db).every(preference => preference.type !== type || preference.enabled);
