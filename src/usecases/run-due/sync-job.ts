/**
 * Sync of its own accord, where this device takes part: every quarter of an hour, or when an entry was recorded since.
 * Whether it is due is read from what is stored: no keychain is opened and nothing is asked. Trouble is told once until a
 * sync works; a server that cannot be reached now is no failure of the line that cron runs, since the next one goes on.
 */
import type { App } from '../../app.ts';
import { newestRecording } from '../../db/entries.ts';
import { finishJob, lastTried, startJob } from '../../db/jobs.ts';
import { readSyncFact } from '../../db/sync-state.ts';
import { isSyncDue } from '../../domain/schedule/due.ts';
import { Failure, type FailureCode } from '../../failure.ts';
import type { RefreshReport } from '../../refresh/provider-job.ts';
import type { SyncOptions, SyncReport } from '../sync.ts';
import { tellOf } from './tell-of.ts';

export function isOwnSyncDue(app: App): boolean {
  const { config, db, simulated } = app;
  if (simulated || config['schedule.sync'] === 'no') return false;
  // One that is refused is tried, so that the inbox tells of it.
  const isSet = config.accountUrl !== undefined || config.accountUrlTrouble !== undefined;
  if (!isSet || readSyncFact(db, 'device') === undefined) return false;
  const now = app.now();
  return isSyncDue(now, lastTried(db, 'sync', now), newestRecording(db, now));
}

const passing: readonly FailureCode[] = ['offline', 'unavailable', 'rate-limited', 'locked'];

/** What came of a sync: what it did, or what ended it; and whether the inbox was told, since it is news. */
export type SyncAttempt = {
  readonly report?: SyncReport;
  readonly trouble?: Failure;
  readonly isNews: boolean;
};

/** Syncs, and tells the inbox what is news of it. Throws what is no Failure, and what ended it when it was left. */
export async function tryToSync(app: App, { signal, onProgress }: SyncOptions): Promise<SyncAttempt> {
  const { db } = app;
  const before = lastTried(db, 'sync', app.now()).triedAt;
  try {
    const { syncNow } = await import('../sync.ts');
    const report = await syncNow(app, { signal, onProgress });
    return { report, isNews: tellOf(app, 'sync', { failed: failedRows(report) }) };
  } catch (error) {
    if (signal?.aborted || !(error instanceof Failure)) throw error;
    if (error.code !== 'locked' && lastTried(db, 'sync', app.now()).triedAt === before) noteFailed(app, error);
    return { trouble: error, isNews: tellOf(app, 'sync', error) };
  }
}

/** The same for the line that cron runs: what of it failed, in words, where that is news. */
export async function runSyncJob(app: App, options: SyncOptions): Promise<RefreshReport['failed']> {
  const { report, trouble, isNews } = await tryToSync(app, options);
  if (!isNews) return [];
  if (report !== undefined) return failedRows(report);
  if (trouble === undefined || passing.includes(trouble.code)) return [];
  return [{ code: undefined, reason: `sync: ${trouble.message}; to leave it out: asxos config set schedule.sync no` }];
}

const failedRows = ({ refused }: SyncReport): RefreshReport['failed'] =>
  refused.map(({ kind, reason }) => ({ code: undefined, reason: `sync: ${kind} not taken, ${reason}` }));

/** What failed before it began, like a key that cannot be read, waits for the next attempt like what failed later. */
function noteFailed({ db, now }: App, { message }: Failure): void {
  db.transaction(() =>
    finishJob(db, startJob(db, 'sync', now()), { finishedAt: now(), outcome: 'failed', calls: 0, message }),
  );
}
