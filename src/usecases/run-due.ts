/**
 * Does by itself what is due: the line that cron runs every quarter of an hour.
 *
 * Sync comes first, so that what another device added is fetched too. Quotes in a session and the end of day come by
 * what is stored and stale (see `refresh-prices`); fundamentals once a week; the signals of a closed day, with the drift
 * of their inputs, once its bars are there; then alerts, whatever is to be delivered, and the backup of the day. It knows
 * Sydney's hours, holidays and daylight saving through the calendar, and needs none of the machine's. Each job stands
 * alone: one that fails is told and does not stop the others, and waits before it is tried again. Two at once take turns,
 * and the second finds nothing left to do; where nothing is due, nothing is asked and nothing is written.
 */
import type { App } from '../app.ts';
import { isAlertCheckDue } from '../db/alert-check.ts';
import { isDeliveryDue } from '../db/deliveries.ts';
import { followedCodes } from '../db/followed.ts';
import { lastTried } from '../db/jobs.ts';
import { priceHistories } from '../db/prices.ts';
import { listRuns } from '../db/signal-runs.ts';
import { readOverrides } from '../db/trading-days.ts';
import { day, hour, type LocalDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { type Universe, universes } from '../domain/market/universe.ts';
import { areSignalsDue, isJobDue } from '../domain/schedule/due.ts';
import { Failure } from '../failure.ts';
import type { RefreshPlan, RefreshReport } from '../refresh/provider-job.ts';
import { isBackupDue } from './back-up.ts';
import type { WatchedJob } from './job-news.ts';
import { planRefresh, refreshDue, reportOfNothing } from './refresh-prices.ts';
import { isOwnSyncDue, runSyncJob } from './run-due/sync-job.ts';
import { tellOf } from './run-due/tell-of.ts';

export type DueJob = 'sync' | 'refresh' | 'fundamentals' | 'signals' | 'alerts' | 'backup';

export type DueOptions = {
  readonly universe?: Universe | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

export type DuePlan = RefreshPlan & { readonly jobs: readonly DueJob[] };
export type DueReport = RefreshReport & { readonly jobs: readonly DueJob[] };

const weekly = { every: 7 * day, pause: day };
/** After a run of the signals that failed. */
const signalsPause = 3 * hour;
const patience = 60_000;

const refreshOf = ({ universe }: DueOptions) => ({ target: 'all', universe, ifDue: true }) as const;

async function jobsBeside(app: App, isRefreshDue: boolean): Promise<DueJob[]> {
  const due: DueJob[] = isRefreshDue ? ['refresh'] : [];
  if (await areFundamentalsDue(app)) due.push('fundamentals');
  if (hasSignalsDue(app)) due.push('signals');
  if (due.length > 0 || isAlertCheckDue(app.db, app.today()) || isDeliveryDue(app.db, app.now())) due.push('alerts');
  if (isOwnSyncDue(app)) due.unshift('sync');
  if (isBackupDue(app)) due.push('backup');
  return due;
}

/** What it would do now, and the requests that it would send. */
export async function planDue(app: App, options: DueOptions): Promise<DuePlan> {
  const requests = planRefresh(app, refreshOf(options));
  const plan = { ...requests, jobs: await jobsBeside(app, requests.requests.length > 0) };
  if (!plan.jobs.includes('fundamentals')) return plan;
  const { planFundamentals } = await import('./refresh-fundamentals.ts');
  const more = planFundamentals(app, { ifDue: true });
  return {
    ...plan,
    requests: [...plan.requests, ...more.requests],
    totalCost: plan.totalCost + more.totalCost,
  };
}

async function areFundamentalsDue(app: App): Promise<boolean> {
  if (app.config['schedule.fundamentals'] === 'no') return false;
  if (!isJobDue(app.now(), lastTried(app.db, 'refresh fundamentals', app.now()), weekly)) return false;
  const { planFundamentals } = await import('./refresh-fundamentals.ts');
  return planFundamentals(app, { ifDue: true }).requests.length > 0;
}

function hasSignalsDue(app: App): boolean {
  if (app.config['schedule.signals'] === 'no') return false;
  const said = listRuns(app.db, 1)[0]?.asOf;
  return areSignalsDue(
    app.now(),
    { newestBar: newestDay(app), said },
    lastTried(app.db, 'signals', app.now()),
    signalsPause,
  );
}

/** The last closed day of which a security that is held or watched has a bar. */
function newestDay({ db, config, now }: App): LocalDate | undefined {
  const closed = latestCloseDue(now(), readOverrides(db));
  const { current } = followedCodes(db, config.benchmark);
  return [...priceHistories(db, current).values()].reduce<LocalDate | undefined>((newest, { lastDate }) => {
    const last = lastDate > closed ? closed : lastDate;
    return newest === undefined || last > newest ? last : newest;
  }, undefined);
}

/**
 * The report of what was refreshed. Throws what stopped the refresh, or a bug in any job, after the jobs that could still
 * be done; trouble of another job is among the failed. Whoever waits a minute for another's turn is refused as `locked`.
 */
export async function runDue(app: App, options: DueOptions = {}): Promise<DueReport> {
  const idle = reportOfNothing(app, refreshOf(options));
  if (idle !== undefined && (await jobsBeside(app, false)).length === 0) return { ...idle, jobs: [] };
  return await app.lock('due', 'what is due', () => runLocked(app, options), patience);
}

async function runLocked(app: App, options: DueOptions): Promise<DueReport> {
  const { signal, onProgress } = options;
  const failed: RefreshReport['failed'][number][] = [];
  /** What ends the line, once the other jobs are done. */
  const stopped: unknown[] = [];
  const attempt = async (
    job: WatchedJob,
    work: () => Promise<void>,
    onFailure: (failure: Failure) => void,
  ): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (signal?.aborted) throw error;
      if (!(error instanceof Failure)) {
        stopped.push(error);
        return;
      }
      tellOf(app, job, error);
      onFailure(error);
    }
  };
  const beside = (job: 'fundamentals' | 'signals', work: () => Promise<void>): Promise<void> =>
    attempt(job, work, ({ message }) => {
      const off = `asxos config set schedule.${job} no`;
      failed.push({ code: undefined, reason: `${job}: ${message}; to leave them out: ${off}` });
    });
  const isSyncing = isOwnSyncDue(app);
  if (isSyncing) {
    await attempt(
      'sync',
      async () => {
        failed.push(...(await runSyncJob(app, { signal })));
      },
      failure => stopped.push(failure),
    );
  }
  const idle = reportOfNothing(app, refreshOf(options));
  const jobs = new Set(await jobsBeside(app, idle === undefined));
  if (isSyncing) jobs.add('sync');
  let report = idle;
  // What refused the refresh (no key, no quota, no network) refuses every question to the provider; a bug in it does not.
  let isProviderAsked = true;
  if (jobs.has('refresh')) {
    await attempt(
      'refresh',
      async () => {
        report = await refreshDue(app, { ...refreshOf(options), signal, onProgress });
        tellOf(app, 'refresh', report);
      },
      failure => {
        isProviderAsked = false;
        stopped.push(failure);
      },
    );
  }
  if (jobs.has('fundamentals') && isProviderAsked) {
    await beside('fundamentals', async () => {
      const { refreshFundamentals } = await import('./refresh-fundamentals.ts');
      const found = await refreshFundamentals(app, { ifDue: true, signal });
      tellOf(app, 'fundamentals', found);
      failed.push(...found.failed);
      report = report && { ...report, calls: report.calls + found.calls, quotaLeft: found.quotaLeft };
    });
  }
  // With the bars that have just come.
  if (hasSignalsDue(app)) {
    jobs.add('signals');
    await beside('signals', async () => {
      const { runSignalsJob } = await import('./run-due/signals-job.ts');
      await runSignalsJob(app, { universe: universeOf(app), offline: true, signal });
      tellOf(app, 'signals', { failed: [] });
    });
  }
  try {
    const { afterRefresh } = await import('./run-due/after-refresh.ts');
    failed.push(...(await afterRefresh(app, report?.updated ?? [], signal)));
  } catch (error) {
    stopped.push(error);
  }
  if (stopped.length > 0) throw stopped[0];
  if (report === undefined) throw new Error('There is no report');
  return { ...report, failed: [...report.failed, ...failed], jobs: [...jobs] };
}

/** That of the last run; what is held and watched, or all of the demo's, where there was none. */
export function universeOf(app: App): Universe {
  const last = listRuns(app.db, 1)[0]?.universe;
  return universes.find(each => each === last) ?? (app.simulated ? 'all' : 'held');
}
