/**
 * Brings prices, histories, dividends, splits and the symbol list up to date.
 *
 * What is held, watched and stale decides what is asked for, and the universe that is asked for beside them; nothing
 * stale means no request. Two refreshes of the same data take turns, so the second finds nothing left to ask.
 */
import type { App } from '../app.ts';
import { freezeMarketValues } from '../db/market-values.ts';
import { quotaGone, quotaTooSmall } from '../eodhd/errors.ts';
import { providerJob, type RefreshPlan, type RefreshReport } from '../refresh/provider-job.ts';
import { affordableNeed, costOfNeed, refreshNeed, requestsOf, type Wanted } from '../refresh/refresh-quota.ts';
import { upToDate } from '../refresh/refresh-report.ts';
import { type RunOptions, runRefresh } from '../refresh/run-refresh.ts';

export type { RefreshPlan, RefreshReport } from '../refresh/provider-job.ts';

/** The requests that `refresh` would send now, and what they would cost; sends none. */
export function planRefresh(app: App, options: Wanted): RefreshPlan {
  const need = refreshNeed(app, options);
  const { universe = 'held' } = options;
  const more = need.tellsMore
    ? `Which securities are in the universe "${universe}" is told by these; their histories come on top.`
    : undefined;
  return { requests: requestsOf(need), totalCost: costOfNeed(need), quotaLeft: app.callsLeft(), more };
}

const patience = 60_000;

export function refresh(app: App, options: RunOptions): Promise<RefreshReport> {
  const done = reportOfNothing(app, options);
  return done === undefined ? refreshDue(app, options) : Promise.resolve(done);
}

/** The same for who has just planned that there is something to ask for: whether it is still so is told by its turn. */
export const refreshDue = (app: App, options: RunOptions): Promise<RefreshReport> =>
  app.lock('refresh', 'a refresh', async () => reportOfNothing(app, options) ?? refreshAlone(app, options), patience);

/** What a refresh reports that has nothing to ask for; undefined where it has. */
export function reportOfNothing(app: App, options: Wanted): RefreshReport | undefined {
  const need = refreshNeed(app, options);
  if (requestsOf(need).length > 0) return undefined;
  return { updated: [], unchanged: upToDate(app, need.followed), failed: [], calls: 0, quotaLeft: app.callsLeft() };
}

const refreshAlone = (app: App, options: RunOptions): Promise<RefreshReport> =>
  providerJob(app, `refresh ${options.target}`, options.signal, async client => {
    throwIfQuotaTooSmall(app, options);
    const report = await runRefresh(app, client, options);
    app.db.transaction(() => freezeMarketValues(app.db, app.now()));
    return report;
  });

function throwIfQuotaTooSmall(app: App, options: Wanted): void {
  const callsLeft = app.callsLeft();
  if (callsLeft === undefined || requestsOf(affordableNeed(app, options).need).length > 0) return;
  throw callsLeft === 0
    ? quotaGone(app.now())
    : quotaTooSmall('this refresh', costOfNeed(refreshNeed(app, options)), callsLeft, app.now());
}
