/** Sign-ins: which are open, and which refresh token of each is good. */
import { and, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm';
import type { Instant } from '../../domain/date.ts';
import { sessions, userAccounts } from './schema.ts';
import type { Database } from './store.ts';

export type Session = typeof sessions.$inferSelect;

/** Prepares the question that every request with a token asks: the account, and the session while both are open. */
export function prepareFindOpenSession(db: Database) {
  const query = db
    .select({ account: userAccounts, session: sessions })
    .from(sessions)
    .innerJoin(userAccounts, eq(userAccounts.userId, sessions.userId))
    .where(
      and(
        eq(sessions.userId, sql.placeholder('userId')),
        eq(sessions.sessionId, sql.placeholder('sessionId')),
        isNull(sessions.endedAt),
        eq(userAccounts.isActive, true),
        eq(userAccounts.sessionVersion, sql.placeholder('version')),
      ),
    )
    .prepare('find_open_session');
  return async (asked: { userId: number; sessionId: string; version: number }) => (await query.execute(asked))[0];
}

export type NewSession = Pick<Session, 'userId' | 'sessionId' | 'familyId' | 'device' | 'refreshId'> & {
  readonly refreshExpiresAt: Instant;
};

export async function insertSession(db: Database, session: NewSession, now: Instant): Promise<void> {
  await db.insert(sessions).values({ ...session, createdAt: now, updatedAt: now });
}

/** Whether an account has been used before, and from this device. */
export async function findDevice(db: Database, userId: number, device: string): Promise<'known' | 'new' | 'first'> {
  const [found] = await db
    .select({
      any: sql<boolean>`exists (select 1 from ${sessions} where ${sessions.userId} = ${userId})`,
      same: sql<boolean>`exists (select 1 from ${sessions} where ${sessions.userId} = ${userId} and ${sessions.device} = ${device})`,
    })
    .from(userAccounts)
    .where(eq(userAccounts.userId, userId));
  if (found?.same) return 'known';
  return found?.any ? 'new' : 'first';
}

/** Whether a session of another device is open. */
export async function hasOtherDevice(db: Database, userId: number, device: string, now: Instant): Promise<boolean> {
  const found = await db
    .select({ device: sessions.device })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        ne(sessions.device, device),
        isNull(sessions.endedAt),
        gt(sessions.refreshExpiresAt, now),
      ),
    )
    .limit(1);
  return found.length > 0;
}

type Rotation = { userId: number; sessionId: string; version: number; refreshId: string };
type Rotated = { next: string; refreshExpiresAt: Instant; now: Instant };

/** Puts the next refresh token in the place of the one presented, if that is the good one; of two at once one wins. */
export async function rotateSession(db: Database, asked: Rotation, to: Rotated): Promise<Session | undefined> {
  const [rotated] = await db
    .update(sessions)
    .set({ refreshId: to.next, refreshExpiresAt: to.refreshExpiresAt, updatedAt: to.now })
    .where(
      and(
        eq(sessions.userId, asked.userId),
        eq(sessions.sessionId, asked.sessionId),
        eq(sessions.refreshId, asked.refreshId),
        isNull(sessions.endedAt),
        gt(sessions.refreshExpiresAt, to.now),
        sql`exists (select 1 from ${userAccounts} where ${userAccounts.userId} = ${asked.userId}
          and ${userAccounts.isActive} and ${userAccounts.sessionVersion} = ${asked.version})`,
      ),
    )
    .returning();
  return rotated;
}

/** Ends one session. */
export async function endSession(db: Database, userId: number, sessionId: string, now: Instant): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: now, updatedAt: now })
    .where(and(eq(sessions.userId, userId), eq(sessions.sessionId, sessionId), isNull(sessions.endedAt)));
}

/** Ends all sessions of an account. */
export async function endSessions(db: Database, userId: number, now: Instant): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: now, updatedAt: now })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)));
}

/** Ends what came from the same sign-in as a session; answers how many were open. */
export async function endFamily(db: Database, userId: number, sessionId: string, now: Instant): Promise<number> {
  const family = db
    .select({ familyId: sessions.familyId })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.sessionId, sessionId)));
  const ended = await db
    .update(sessions)
    .set({ endedAt: now, updatedAt: now })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), eq(sessions.familyId, sql`(${family})`)))
    .returning({ sessionId: sessions.sessionId });
  return ended.length;
}

/** Forgets sessions whose refresh token is long past. */
export async function removeExpiredSessions(db: Database, before: Instant): Promise<void> {
  await db.delete(sessions).where(lt(sessions.refreshExpiresAt, before));
}
