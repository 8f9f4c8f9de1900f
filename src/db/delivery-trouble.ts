/** Which channels have had trouble, and of what kind, since each last worked: every kind is news once. */
import type { Channel, TroubleKind } from '../domain/alerts/delivery.ts';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

const keyOf = (channel: Channel): string => `notify.troubles.${channel}`;

const troublesOf = (db: Database, channel: Channel): readonly unknown[] => {
  const stored = readSetting(db, keyOf(channel));
  return Array.isArray(stored) ? stored : [];
};

/** Notes a trouble; true where it is the first of its kind since the channel worked. */
export function noteDeliveryTrouble(db: Database, channel: Channel, kind: TroubleKind): boolean {
  const before = troublesOf(db, channel);
  if (before.includes(kind)) return false;
  writeSetting(db, keyOf(channel), [...before, kind]);
  return true;
}

/** The channel worked: its next failure is news again. */
export function forgetDeliveryTroubles(db: Database, channel: Channel): void {
  if (troublesOf(db, channel).length > 0) writeSetting(db, keyOf(channel), undefined);
}
