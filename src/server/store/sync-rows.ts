/** The sealed rows of one account, in the order in which they were stored. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { SyncRow } from '../../account/messages.ts';
import type { Instant } from '../../domain/date.ts';
import { syncRows, userPreferences } from './schema.ts';
import type { Database } from './store.ts';

export type SyncState = { readonly epoch: string; readonly sequence: number };

/** Where the account's sequence stands; with `lock` nobody else can store rows until the transaction ends. */
export async function findSyncState(db: Database, userId: number, options: { lock: boolean }): Promise<SyncState> {
  const query = db
    .select({ epoch: userPreferences.syncEpoch, sequence: userPreferences.syncSequence })
    .from(userPreferences)
    .where(eq(userPreferences.userId, userId));
  const [found] = await (options.lock ? query.for('update') : query);
  if (found === undefined) throw new Error(`Account ${userId} has no sync state`);
  return found;
}

/**
 * Stores the rows whose id and clock are new and answers them; the others are there already. Runs in a transaction that
 * holds the lock of `findSyncState`: a reader then never sees a row without those of a lower sequence.
 */
export async function insertSyncRows(
  db: Database,
  userId: number,
  rows: readonly SyncRow[],
  { after, now }: { after: number; now: Instant },
): Promise<SyncRow[]> {
  const stored = await db
    .insert(syncRows)
    .values(
      rows.map((row, index) => ({
        userId,
        rowId: row.id,
        clock: row.clock,
        kind: row.kind,
        blob: row.blob,
        isDeleted: row.deleted,
        sequence: after + index + 1,
        createdAt: now,
        updatedAt: now,
      })),
    )
    .onConflictDoNothing({ target: [syncRows.userId, syncRows.rowId, syncRows.clock] })
    .returning({ sequence: syncRows.sequence });
  const sequences = new Set(stored.map(({ sequence }) => sequence));
  if (sequences.size > 0) {
    await db
      .update(userPreferences)
      .set({ syncSequence: Math.max(...sequences), updatedAt: now })
      .where(eq(userPreferences.userId, userId));
  }
  return rows.filter((_, index) => sequences.has(after + index + 1));
}

export type PulledRow = SyncRow & { readonly sequence: number };

/** The rows stored after `after`, at most `limit`. */
export async function listSyncRows(
  db: Database,
  userId: number,
  { after, limit }: { after: number; limit: number },
): Promise<PulledRow[]> {
  return await db
    .select({
      id: syncRows.rowId,
      kind: syncRows.kind,
      clock: syncRows.clock,
      blob: syncRows.blob,
      deleted: syncRows.isDeleted,
      sequence: syncRows.sequence,
    })
    .from(syncRows)
    .where(and(eq(syncRows.userId, userId), gt(syncRows.sequence, after)))
    .orderBy(asc(syncRows.sequence))
    .limit(limit);
}

/** Whether any version of a row is stored. */
export async function hasSyncRow(db: Database, userId: number, rowId: string): Promise<boolean> {
  const [found] = await db
    .select({ one: sql<number>`1` })
    .from(syncRows)
    .where(and(eq(syncRows.userId, userId), eq(syncRows.rowId, rowId)))
    .limit(1);
  return found !== undefined;
}

/** Makes every cursor stale, so that each device pulls from the beginning and pushes what is missed. Answers accounts. */
export async function renewEpochs(db: Database): Promise<number> {
  const renewed = await db
    .update(userPreferences)
    .set({ syncEpoch: sql`gen_random_uuid()` })
    .returning({ userId: userPreferences.userId });
  return renewed.length;
}
