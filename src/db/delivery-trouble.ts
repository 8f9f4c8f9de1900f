/** Which channels have had trouble, and of what kind, since each last worked: every kind is news once. */
import type { Channel, TroubleKind } from '../domain/alerts/delivery.ts';
import type { Database } from './database.ts';
import { forgetTroubles, noteTrouble } from './troubles.ts';

const keyOf = (channel: Channel): string => `notify.troubles.${channel}`;

/** Notes a trouble; true where it is the first of its kind since the channel worked. */
export const noteDeliveryTrouble = (db: Database, channel: Channel, kind: TroubleKind): boolean =>
  noteTrouble(db, keyOf(channel), kind);

/** The channel worked: its next failure is news again. */
export const forgetDeliveryTroubles = (db: Database, channel: Channel): void => forgetTroubles(db, keyOf(channel));
