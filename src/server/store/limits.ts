/** Tries that are counted in the store, so that a restart or another instance does not forget them. */
import { and, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Instant } from '../../domain/date.ts';
import { loginLimits } from './schema.ts';
import type { Database } from './store.ts';

export type Counted = { readonly subject: string; readonly tries: number; readonly startedAt: Instant };

/**
 * Counts one more try of each subject and answers where they stand with it. A subject's window begins with its first
 * try; one after its end begins a new one.
 */
export async function countTries(
  db: Database,
  subjects: readonly { readonly subject: string; readonly window: number }[],
  now: Instant,
): Promise<Counted[]> {
  // In one order everywhere, so that two instances never wait for each other.
  const sorted = [...subjects].sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const isOver = sql`${loginLimits.expiresAt} <= excluded.started_at`;
  return await db
    .insert(loginLimits)
    .values(
      sorted.map(({ subject, window }) => ({
        subject,
        tries: 1,
        startedAt: now,
        expiresAt: now + window,
        updatedAt: now,
      })),
    )
    .onConflictDoUpdate({
      target: loginLimits.subject,
      set: {
        tries: sql`case when ${isOver} then 1 else ${loginLimits.tries} + 1 end`,
        startedAt: sql`case when ${isOver} then excluded.started_at else ${loginLimits.startedAt} end`,
        expiresAt: sql`case when ${isOver} then excluded.expires_at else ${loginLimits.expiresAt} end`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
    .returning({ subject: loginLimits.subject, tries: loginLimits.tries, startedAt: loginLimits.startedAt });
}

/** Takes back one try of each subject: it did not fail. */
export async function uncountTries(db: Database, subjects: readonly string[], now: Instant): Promise<void> {
  // In the order in which tries are counted: an update by itself takes its rows as it finds them.
  const inOrder = db
    .select({ subject: loginLimits.subject })
    .from(loginLimits)
    .where(inArray(loginLimits.subject, [...subjects]))
    .orderBy(sql`${loginLimits.subject} collate "C"`)
    .for('update');
  await db
    .update(loginLimits)
    .set({ tries: sql`${loginLimits.tries} - 1`, updatedAt: now })
    .where(and(inArray(loginLimits.subject, inOrder), gt(loginLimits.tries, 0)));
}

export async function removeExpiredLimits(db: Database, now: Instant): Promise<void> {
  await db.delete(loginLimits).where(lte(loginLimits.expiresAt, now));
}
