/**
 * Writes a notification into the inbox, once per event: the one way that anything in the console tells its owner. What
 * the owner has switched off is not written; a notification of the system itself cannot be.
 */
import type { NotificationDraft, NotificationType } from '../domain/alerts/notification.ts';
import type { Database } from './database.ts';
import { insertNotification } from './notifications.ts';
import { listPreferences } from './preferences.ts';

/** The new notification's id; undefined when its event was told of before, or its type is switched off. */
export function tell(db: Database, draft: NotificationDraft): number | undefined {
  db.assertTransaction();
  return isWanted(db, draft.type) ? insertNotification(db, draft) : undefined;
}

// A type without a preference was never switched off.
const isWanted = (db: Database, type: NotificationType): boolean =>
  type === 'system' || listPreferences(db).every(preference => preference.type !== type || preference.enabled);
