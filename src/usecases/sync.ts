/** Pushes what changed here, pulls what changed elsewhere, and says what came of it. */
import { clockTime } from '../account/clock.ts';
import type { App } from '../app.ts';
import { finishJob, startJob } from '../db/jobs.ts';
import { readLedger } from '../db/ledger.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { countUnpushed, listRefused, type RefusedRow, waitingRows } from '../db/sync-rows.ts';
import { writeSyncFact } from '../db/sync-state.ts';
import type { Instant } from '../domain/date.ts';
import type { LedgerProblem } from '../domain/ledger/fold.ts';
import { describe } from '../failure.ts';
import { type Conflict, listConflicts } from '../sync/conflicts.ts';
import { openSyncDevice } from '../sync/device.ts';
import { type Exchange, exchange } from '../sync/exchange.ts';
import { uploadNotifications } from '../sync/upload-notifications.ts';

export type SyncReport = {
  readonly pulled: number;
  readonly pushed: number;
  readonly requests: number;
  /** Rows that changed here, by kind. */
  readonly changed: ReadonlyMap<string, number>;
  /** Entries of a file that was imported on two devices: the one that was withdrawn, and the one that stays. */
  readonly withdrawn: Exchange['withdrawn'];
  readonly conflicts: readonly Conflict[];
  /** Rows that were not taken, or not sent. */
  readonly refused: readonly RefusedRow[];
  /** Rows that wait for what they refer to, or for a newer asxos. */
  readonly waiting: number;
  /** Changes here that the server does not have. */
  readonly unpushed: number;
  /** When another device says it is, where that is far ahead. */
  readonly aheadAt: Instant | undefined;
  /** What the ledger leaves out, since it cannot have happened. */
  readonly problems: readonly LedgerProblem[];
  readonly restarted: boolean;
};

export type SyncOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

export async function syncNow(app: App, { signal, onProgress }: SyncOptions = {}): Promise<SyncReport> {
  const { db } = app;
  const device = await openSyncDevice(app);
  const { stamping } = device;
  const server = await app.syncServer();
  return app.lock('sync', 'sync', async () => {
    const job = db.transaction(() => startJob(db, 'sync', app.now()));
    const finish = (outcome: 'done' | 'partly' | 'failed', message?: string): void =>
      db.transaction(() => finishJob(db, job, { finishedAt: app.now(), outcome, calls: 0, message }));
    try {
      const done = await exchange({ db, server, stamping, signal, onProgress });
      db.transaction(() => writeSyncFact(db, 'syncedAt', String(app.now())));
      await uploadNotifications({ db, device, server, signal });
      const report = reportOf(app, done);
      finish(report.refused.length > 0 ? 'partly' : 'done', `${done.pulled} received, ${done.pushed} sent`);
      return report;
    } catch (error) {
      finish('failed', describe(error).message);
      throw error;
    }
  });
}

function reportOf({ db }: App, done: Exchange): SyncReport {
  const { pulled, pushed, requests, changed, withdrawn, ahead, restarted } = done;
  const isLedgerChanged = changed.has('entry') || changed.has('portfolio');
  return {
    ...{ pulled, pushed, requests, changed, withdrawn, restarted },
    conflicts: listConflicts(db),
    refused: listRefused(db),
    waiting: waitingRows(db).length,
    unpushed: countUnpushed(db),
    aheadAt: ahead === undefined ? undefined : clockTime(ahead),
    problems: isLedgerChanged ? readLedger(db, listPortfolios(db, { archived: true })).ledger.problems : [],
  };
}
