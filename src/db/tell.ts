/**
 * Writes a notification into the inbox, once per event: the one way that anything in the console tells its owner. What
 * the owner does not want is not written. What is written waits from then on to go out by the channels there are.
 */
import { type Channel, deliveryDue } from '../domain/alerts/delivery.ts';
import { isAtLeast, type NotificationDraft } from '../domain/alerts/notification.ts';
import { alertTypeOf, type Frequency, isWanted, readPreference } from '../domain/alerts/preferences.ts';
import type { Database } from './database.ts';
import { enqueueDelivery } from './deliveries.ts';
import { insertNotification } from './notifications.ts';
import { preferenceOf } from './preferences.ts';

/**
 * The new notification's id; undefined when its event was told of before, or it is not wanted. `except` is a channel that
 * it does not go out by.
 */
export function tell(
  db: Database,
  draft: NotificationDraft,
  { except }: { except?: Channel } = {},
): number | undefined {
  db.assertTransaction();
  const type = alertTypeOf(draft);
  const preference = type && readPreference(preferenceOf(db, type));
  if (preference !== undefined && !isWanted(draft, preference)) return undefined;
  const id = insertNotification(db, draft);
  if (id !== undefined) enqueue(db, id, draft, preference?.frequency ?? 'immediate', except);
  return id;
}

function enqueue(
  db: Database,
  id: number,
  { priority, createdAt }: NotificationDraft,
  frequency: Frequency,
  except: Channel | undefined,
): void {
  const { channels, minPriority } = db.outbox();
  if (!isAtLeast(priority, minPriority)) return;
  for (const channel of channels) {
    if (channel !== except) enqueueDelivery(db, { id, channel, dueAt: deliveryDue(frequency, createdAt) });
  }
}
