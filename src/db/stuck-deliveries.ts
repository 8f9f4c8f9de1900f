/** Notifications that did not go out. */
import type { Instant } from '../domain/date.ts';
import type { Database } from './database.ts';

/** Those given up since an instant, those that wait after a try that failed, and what the last of them said. */
export function stuckDeliveries(
  db: Database,
  since: Instant,
): { failed: number; waiting: number; error: string | undefined } {
  const rows = db
    .statement<{ outcome: string | null; error: string | null }>(
      `SELECT outcome, error FROM deliveries
       WHERE (outcome = 'failed' AND ended_at >= ?) OR (outcome IS NULL AND error IS NOT NULL) ORDER BY id DESC`,
    )
    .all(since);
  return {
    failed: rows.filter(row => row.outcome === 'failed').length,
    waiting: rows.filter(row => row.outcome === null).length,
    error: rows[0]?.error ?? undefined,
  };
}
