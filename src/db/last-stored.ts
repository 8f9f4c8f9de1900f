/** When something was last stored: by which a clock that was set back is seen. */
import type { Instant } from '../domain/date.ts';
import type { Database } from './database.ts';

export const lastStored = (db: Database): Instant | undefined =>
  db
    .statement<{ at: Instant | null }>(
      `SELECT max(at) AS at FROM (
         SELECT max(recorded_at) AS at FROM entries UNION ALL SELECT max(started_at) FROM job_runs
         UNION ALL SELECT max(fetched_at) FROM quotes UNION ALL SELECT max(fetched_at) FROM price_histories)`,
    )
    .get()?.at ?? undefined;
