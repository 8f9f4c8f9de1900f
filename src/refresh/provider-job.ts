/**
 * A job that asks the provider: noted from its start to its end with what it cost, and told apart from one that failed.
 * What refreshes of prices and of fundamentals share.
 */
import type { App } from '../app.ts';
import { forgetCalls } from '../db/calls.ts';
import { finishJob, type JobOutcome, startJob } from '../db/jobs.ts';
import { readQuota, writeQuota } from '../db/quota.ts';
import { addDays } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import type { Eodhd } from '../eodhd/client.ts';
import { type PlannedRequests, quotaDay } from '../eodhd/costs.ts';
import { Failure } from '../failure.ts';

export type RefreshPlan = {
  readonly requests: readonly PlannedRequests[];
  readonly totalCost: number;
  /** Undefined while EODHD was never asked for the key's quota. */
  readonly quotaLeft: number | undefined;
  /** What cannot be counted before some of it has come, in words. */
  readonly more?: string | undefined;
};

export type RefreshReport = {
  readonly updated: readonly Code[];
  readonly unchanged: readonly { readonly code: Code; readonly reason: string }[];
  readonly failed: readonly { readonly code: Code | undefined; readonly reason: string }[];
  /** How many of the failed were not asked for, as the quota of the day is too small. */
  readonly waiting?: number | undefined;
  /** What it cost, in EODHD's API calls. */
  readonly calls: number;
  readonly quotaLeft: number | undefined;
};

/** How long the record of requests is kept. */
const daysOfCalls = 90;

/** Runs `work` as a job of this name, with the quota of the day known where it can be. */
export async function providerJob(
  app: App,
  name: string,
  signal: AbortSignal | undefined,
  work: (client: Eodhd) => Promise<RefreshReport>,
): Promise<RefreshReport> {
  const job = app.db.transaction(() => startJob(app.db, name, app.now()));
  const finish = (outcome: JobOutcome, message?: string): number => {
    const { count, cost } = app.flushCalls();
    app.db.transaction(() => {
      finishJob(app.db, job, { finishedAt: app.now(), outcome, calls: count, message });
      forgetCalls(app.db, addDays(quotaDay(app.now()), -daysOfCalls));
    });
    return cost;
  };
  try {
    const client = await app.eodhd();
    await learnQuota(app, client, signal);
    const report = await work(client);
    const calls = finish(report.failed.length > 0 ? 'partly' : 'done', firstReason(report));
    return { ...report, calls, quotaLeft: app.callsLeft() };
  } catch (error) {
    finish('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

const firstReason = (report: RefreshReport): string | undefined => {
  const [first] = report.failed;
  if (!first) return undefined;
  const more = report.failed.length > 1 ? `, and ${report.failed.length - 1} more` : '';
  return `${first.code === undefined ? '' : `${first.code}: `}${first.reason}${more}`;
};

/** Once each quota day, EODHD's own count of calls; costs nothing, and a job goes on where it is not to be had. */
async function learnQuota(app: App, client: Eodhd, signal: AbortSignal | undefined): Promise<void> {
  const known = readQuota(app.db);
  if (known !== undefined && quotaDay(known.askedAt) === quotaDay(app.now())) return;
  try {
    const { dailyLimit, extraLimit, requestsToday, requestsDate } = await client.user({ signal });
    const quota = { dailyLimit, extraLimit, requestsToday, requestsDate, askedAt: app.now() };
    app.db.transaction(() => writeQuota(app.db, quota));
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'unauthorised') throw error;
  }
}
