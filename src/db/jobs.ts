/** Runs of jobs (refreshes and the like). A run without an end was cut off, or is still going on. */
import { desc, eq } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { jobRuns } from './schema.ts';

export type JobOutcome = 'done' | 'partly' | 'failed';

export type JobRun = {
  readonly id: number;
  readonly job: string;
  readonly startedAt: Instant;
  readonly finishedAt?: Instant | undefined;
  readonly outcome?: JobOutcome | undefined;
  /** Requests to EODHD. */
  readonly calls: number;
  readonly message?: string | undefined;
};

const read = (row: typeof jobRuns.$inferSelect): JobRun => ({
  ...row,
  finishedAt: known(row.finishedAt),
  outcome: known(row.outcome),
  message: known(row.message),
});

/** Records that a job starts; returns the run's number for `finishJob`. */
export function startJob(db: Database, job: string, startedAt: Instant): number {
  db.assertTransaction();
  return Number(db.orm.insert(jobRuns).values({ job, startedAt }).run().lastInsertRowid);
}

export function finishJob(
  db: Database,
  id: number,
  end: { finishedAt: Instant; outcome: JobOutcome; calls: number; message?: string | undefined },
): void {
  db.assertTransaction();
  const { finishedAt, outcome, calls, message = null } = end;
  db.orm.update(jobRuns).set({ finishedAt, outcome, calls, message }).where(eq(jobRuns.id, id)).run();
}

/** The last `limit` runs, newest first; of one job when named. */
export const listJobRuns = (db: Database, limit: number, job?: string): JobRun[] =>
  db.orm
    .select()
    .from(jobRuns)
    .where(job === undefined ? undefined : eq(jobRuns.job, job))
    .orderBy(desc(jobRuns.startedAt), desc(jobRuns.id))
    .limit(limit)
    .all()
    .map(read);
