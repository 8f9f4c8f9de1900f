/** Which kinds of failure a job has had since it worked: each is news once. */
import type { FailureCode } from '../failure.ts';
import type { Database } from './database.ts';
import { forgetTroubles, noteTrouble } from './troubles.ts';

export type WatchedJob = 'refresh' | 'fundamentals' | 'signals' | 'sync' | 'backup';
/** `partly` is a run that brought something and not all. */
export type JobTrouble = FailureCode | 'partly';

const keyOf = (job: WatchedJob): string => `${job}.troubles`;

/** Notes a trouble; true where it is the first of its kind since the job worked. */
export const noteJobTrouble = (db: Database, job: WatchedJob, kind: JobTrouble): boolean =>
  // What came at least in part has reached the provider.
  noteTrouble(db, keyOf(job), kind, kind === 'partly' ? earlier => earlier === kind : undefined);

/** The job worked: its next failure is news again. */
export const forgetJobTroubles = (db: Database, job: WatchedJob): void => forgetTroubles(db, keyOf(job));
