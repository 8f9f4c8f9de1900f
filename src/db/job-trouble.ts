/** Which kinds of failure a job has had since it worked: each is news once. */
import type { FailureCode } from '../failure.ts';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

export type WatchedJob = 'refresh' | 'fundamentals' | 'signals';
/** `partly` is a run that brought something and not all. */
export type JobTrouble = FailureCode | 'partly';

const keyOf = (job: WatchedJob): string => `${job}.troubles`;

const readTroubles = (db: Database, job: WatchedJob): readonly unknown[] => {
  const stored = readSetting(db, keyOf(job));
  return Array.isArray(stored) ? stored : [];
};

/** Notes a trouble; true where it is the first of its kind since the job worked. */
export function noteJobTrouble(db: Database, job: WatchedJob, kind: JobTrouble): boolean {
  const known = readTroubles(db, job);
  // What came at least in part has reached the provider.
  const before = kind === 'partly' ? known.filter(each => each === kind) : known;
  writeSetting(db, keyOf(job), [...new Set([...before, kind])]);
  return !known.includes(kind);
}

/** The job worked: its next failure is news again. */
export function forgetJobTroubles(db: Database, job: WatchedJob): void {
  if (readTroubles(db, job).length > 0) writeSetting(db, keyOf(job), undefined);
}
