/**
 * Notifications on their way out, and the log of those that went. A row is claimed by moving the moment it is due ahead,
 * so that of two processes at once one sends it; the number of the try is what a claim is known by afterwards.
 */
import { and, count, desc, eq, inArray, isNotNull, isNull, lt, type SQL } from 'drizzle-orm';
import { type Channel, furthestDue, tryLasts } from '../domain/alerts/delivery.ts';
import type { Notification } from '../domain/alerts/notification.ts';
import type { Instant } from '../domain/date.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { readNotification } from './notifications.ts';
import { notifications } from './schema.ts';
import { deliveries } from './schema-alerts.ts';

/** `sent`, given up, or no longer to be sent. */
export type DeliveryOutcome = 'sent' | 'failed' | 'dropped';

export type Claim = {
  readonly id: number;
  readonly channel: Channel;
  /** Tries begun, this one among them. */
  readonly attempts: number;
  readonly notification: Notification;
};

export type LoggedDelivery = {
  readonly id: number;
  readonly notificationId: number;
  readonly title: string;
  readonly channel: Channel;
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly endedAt: Instant | undefined;
  /** Undefined while it waits. */
  readonly outcome: DeliveryOutcome | undefined;
  readonly error: string | undefined;
};

export function enqueueDelivery(db: Database, row: { id: number; channel: Channel; dueAt: Instant }): void {
  db.assertTransaction();
  db.statement('INSERT INTO deliveries (notification_id, channel, due_at) VALUES (?, ?, ?)').run(
    row.id,
    row.channel,
    row.dueAt,
  );
}

/** Due, or so far ahead that the clock must have been set back since. */
const isDue = 'outcome IS NULL AND (due_at <= ? OR due_at > ?)';

/** Whether anything is due: one look into an index. */
export const isDeliveryDue = (db: Database, now: Instant): boolean =>
  db.statement(`SELECT 1 FROM deliveries WHERE ${isDue} LIMIT 1`).get(now, now + furthestDue) !== undefined;

/** Takes all that is due; nobody else is given it until `tryLasts` has gone by. Oldest first. */
export function claimDue(db: Database, now: Instant): Claim[] {
  db.assertTransaction();
  const taken = db
    .statement<{ id: number }>(`UPDATE deliveries SET due_at = ?, attempts = attempts + 1 WHERE ${isDue} RETURNING id`)
    .all(now + tryLasts, now, now + furthestDue);
  return inParts(taken.map(each => each.id)).flatMap(ids =>
    db.orm
      .select()
      .from(deliveries)
      .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
      .where(inArray(deliveries.id, ids))
      .orderBy(deliveries.id)
      .all()
      .map(row => ({
        id: row.deliveries.id,
        channel: row.deliveries.channel,
        attempts: row.deliveries.attempts,
        notification: readNotification(row.notifications),
      })),
  );
}

/** SQLite takes some tens of thousands of values at once. */
const inParts = (ids: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(ids.length / 1000) }, (_, part) => ids.slice(part * 1000, (part + 1) * 1000));

/** Still the claim of this try: another process may have taken it over since. */
const isMine = ({ id, attempts }: Pick<Claim, 'id' | 'attempts'>): SQL | undefined =>
  and(eq(deliveries.id, id), eq(deliveries.attempts, attempts), isNull(deliveries.outcome));

export function endDelivery(
  db: Database,
  claim: Claim,
  end: { at: Instant; outcome: DeliveryOutcome; error?: string | undefined },
): void {
  db.assertTransaction();
  const { at, outcome, error = null } = end;
  db.orm.update(deliveries).set({ endedAt: at, outcome, error }).where(isMine(claim)).run();
}

/** To be tried again. */
export function postponeDelivery(db: Database, claim: Claim, dueAt: Instant, error: string): void {
  db.assertTransaction();
  db.orm.update(deliveries).set({ dueAt, error }).where(isMine(claim)).run();
}

/** Given back without a try. */
export function releaseDelivery(db: Database, claim: Claim, dueAt: Instant): void {
  db.assertTransaction();
  db.orm
    .update(deliveries)
    .set({ dueAt, attempts: claim.attempts - 1 })
    .where(isMine(claim))
    .run();
}

type LogOptions = { readonly limit: number; readonly offset: number; readonly failed: boolean };

/** Newest first; with `failed` only those that were not sent, or not yet for a reason. */
export const listDeliveries = (db: Database, { limit, offset, failed }: LogOptions): LoggedDelivery[] =>
  db.orm
    .select({
      id: deliveries.id,
      notificationId: deliveries.notificationId,
      title: notifications.title,
      channel: deliveries.channel,
      dueAt: deliveries.dueAt,
      attempts: deliveries.attempts,
      endedAt: deliveries.endedAt,
      outcome: deliveries.outcome,
      error: deliveries.error,
    })
    .from(deliveries)
    .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
    .where(failed ? isNotNull(deliveries.error) : undefined)
    .orderBy(desc(deliveries.id))
    .limit(limit)
    .offset(offset)
    .all()
    .map(row => ({
      ...row,
      endedAt: known(row.endedAt),
      outcome: known(row.outcome),
      error: known(row.error),
    }));

export const countDeliveries = (db: Database, { failed }: Pick<LogOptions, 'failed'>): number =>
  db.orm
    .select({ count: count() })
    .from(deliveries)
    .where(failed ? isNotNull(deliveries.error) : undefined)
    .get()?.count ?? 0;

/** The log goes back so far. */
export function forgetDeliveries(db: Database, endedBefore: Instant): void {
  db.assertTransaction();
  db.orm.delete(deliveries).where(lt(deliveries.endedAt, endedBefore)).run();
}
