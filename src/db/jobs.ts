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

/** When a job was last started, and when last one that ended well was; runs of later than `now` are not looked at. */
export function lastTried(
  db: Database,
  job: string,
  now: Instant,
): { doneAt: Instant | undefined; triedAt: Instant | undefined } {
  const row = db
    .statement<{ done: Instant | null; tried: Instant | null }>(
      `SELECT max(CASE WHEN outcome = 'done' THEN started_at END) AS done, max(started_at) AS tried
       FROM job_runs WHERE job = ? AND started_at <= ?`,
    )
    .get(job, now);
  return { doneAt: known(row?.done ?? null), triedAt: known(row?.tried ?? null) };
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

export type JobSummary = {
  readonly job: string;
  readonly runs: number;
  /** Those that ended well. */
  readonly done: number;
  /** Milliseconds of the runs that ended; undefined where none did. */
  readonly median: number | undefined;
  readonly slowest: number | undefined;
  /** Requests to EODHD. */
  readonly calls: number;
  readonly lastDoneAt: Instant | undefined;
  /** What the last run that did not end well said. */
  readonly lastTrouble: string | undefined;
};

/** What all stored runs of each job come to, by name. */
export function summariseJobs(db: Database): JobSummary[] {
  const runs = listJobRuns(db, -1);
  return [...Map.groupBy(runs, run => run.job)]
    .map(([job, own]): JobSummary => {
      const lasted = own
        .flatMap(run => (run.finishedAt === undefined ? [] : [run.finishedAt - run.startedAt]))
        .sort((a, b) => a - b);
      const done = own.filter(run => run.outcome === 'done');
      return {
        job,
        runs: own.length,
        done: done.length,
        median: lasted[Math.floor((lasted.length - 1) / 2)],
        slowest: lasted.at(-1),
        calls: own.reduce((sum, run) => sum + run.calls, 0),
        lastDoneAt: done[0]?.startedAt,
        lastTrouble: own.find(run => run.outcome === 'failed' || run.outcome === 'partly')?.message,
      };
    })
    .sort((a, b) => (a.job < b.job ? -1 : 1));
}
