/** Facts about this device in sync, by name. */
import type { Database } from './database.ts';

/**
 * The device's id, the name of the account's key that its rows are named by, where the last pull ended, and the newest
 * notification when the server was last asked whether it takes them.
 */
export type SyncFact = 'device' | 'keyId' | 'cursor' | 'syncedAt' | 'told';

export const readSyncFact = (db: Database, name: SyncFact): string | undefined =>
  db.statement<{ value: string }>('SELECT value FROM sync_state WHERE name = ?').get(name)?.value;

export function writeSyncFact(db: Database, name: SyncFact, value: string): void {
  db.assertTransaction();
  db.statement(
    'INSERT INTO sync_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}

/** Forgets all that sync knows; the portfolios and everything else stay as they are. */
export function forgetSync(db: Database): void {
  db.assertTransaction();
  for (const table of ['sync_rows', 'sync_refused', 'sync_state']) db.statement(`DELETE FROM ${table}`).run();
}
