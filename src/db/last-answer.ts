/** Whether EODHD took the key when it last answered. */
import type { Instant } from '../domain/date.ts';
import type { Database } from './database.ts';

/** By the ledger of calls, which goes back a few days; undefined where nothing of it was an answer. */
export function lastAnswer(db: Database): { at: Instant; refused: boolean } | undefined {
  const row = db
    .statement<{ at: Instant; status: number }>(
      'SELECT at, status FROM eodhd_calls WHERE status IS NOT NULL ORDER BY id DESC LIMIT 1',
    )
    .get();
  return row && { at: row.at, refused: row.status === 401 };
}
