/**
 * Brings prices, histories, dividends, splits and the symbol list up to date.
 *
 * What is held, watched and stale decides what is asked for; nothing stale means no request. The network comes first,
 * then one transaction. Two refreshes of the same data take turns, so the second finds nothing left to ask.
 */
import type { App } from '../app.ts';
import { freezeMarketValues } from '../db/market-values.ts';
import { priceHistories } from '../db/prices.ts';
import { quotesOf } from '../db/quotes.ts';
import {
  noteAsked,
  noteBulkDay,
  noteHistories,
  type RefreshNeed,
  type RefreshTarget,
  readRefreshNeed,
} from '../db/refresh-need.ts';
import { rewrittenFrom, storeMarket } from '../db/store-market.ts';
import { readOverrides } from '../db/trading-days.ts';
import { sydneyDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import type { Code } from '../domain/market/security.ts';
import type { Eodhd } from '../eodhd/client.ts';
import { costOf, type PlannedRequests, plannedRequests } from '../eodhd/costs.ts';
import { quotaGone, quotaTooSmall } from '../eodhd/errors.ts';
import { fetchMarket, type MarketAnswer, type Progress } from '../eodhd/fetch-market.ts';
import { providerJob, type RefreshPlan, type RefreshReport } from '../provider-job.ts';

export type { RefreshPlan, RefreshReport } from '../provider-job.ts';

export type RefreshOptions = {
  readonly target: RefreshTarget;
  /** Spare a quote that is younger than 15 minutes, as a cron line wants. */
  readonly ifDue?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: Progress;
};

function planned(need: RefreshNeed): PlannedRequests[] {
  const { symbols, calendar, quotes, bulkDay, actions, bars } = need;
  return [
    plannedRequests('exchange-symbol-list', symbols ? 1 : 0),
    plannedRequests('exchange-details', calendar ? 1 : 0),
    plannedRequests('real-time', quotes.length),
    plannedRequests('eod-bulk-last-day', bulkDay ? 3 : 0),
    plannedRequests('div', actions.length),
    plannedRequests('splits', actions.length),
    plannedRequests('eod', bars.length),
  ].filter(each => each.count > 0);
}

const costOfAll = (requests: readonly PlannedRequests[]): number =>
  requests.reduce((total, each) => total + each.cost, 0);

const needOf = (app: App, { target, ifDue = false }: RefreshOptions): RefreshNeed =>
  readRefreshNeed(app.db, target, app.now(), { ifDue, benchmark: app.config.benchmark });

/** The requests that `refresh` would send now, and what they would cost; sends none. */
export function planRefresh(app: App, options: RefreshOptions): RefreshPlan {
  const requests = planned(needOf(app, options));
  return { requests, totalCost: costOfAll(requests), quotaLeft: app.callsLeft() };
}

const patience = 60_000;
const nothing: RefreshReport = { updated: [], unchanged: [], failed: [], calls: 0, quotaLeft: undefined };

export function refresh(app: App, options: RefreshOptions): Promise<RefreshReport> {
  const need = needOf(app, options);
  if (planned(need).length === 0)
    return Promise.resolve({ ...nothing, unchanged: upToDate(app, need.followed), quotaLeft: app.callsLeft() });
  return app.lock('refresh', 'a refresh', () => refreshAlone(app, options), patience);
}

/** Codes for which nothing newer came, and why: one that does not trade is not up to date. */
function upToDate({ db, now }: App, codes: readonly Code[]): RefreshReport['unchanged'] {
  const due = latestCloseDue(now(), readOverrides(db));
  const histories = priceHistories(db, codes);
  const quotes = quotesOf(db, codes);
  return codes.map(code => {
    const tradedAt = quotes.get(code)?.at;
    const days = [histories.get(code)?.lastDate, tradedAt && sydneyDate(tradedAt)].filter(day => day !== undefined);
    const last = days.sort().at(-1);
    if (last === undefined) return { code, reason: 'no price of it is stored' };
    return { code, reason: last < due ? `no price since ${last}: suspended, or not traded` : 'up to date' };
  });
}

async function refreshAlone(app: App, options: RefreshOptions): Promise<RefreshReport> {
  const whole = needOf(app, options);
  if (planned(whole).length === 0)
    return { ...nothing, unchanged: upToDate(app, whole.followed), quotaLeft: app.callsLeft() };
  return providerJob(app, `refresh ${options.target}`, options.signal, async client => {
    const callsLeft = app.callsLeft();
    const { need, left } = withinQuota(whole, callsLeft);
    if (callsLeft !== undefined && planned(need).length === 0) {
      throw callsLeft === 0
        ? quotaGone(app.now())
        : quotaTooSmall('this refresh', costOfAll(planned(whole)), callsLeft, app.now());
    }
    const answer = await ask(app, client, need, options);
    const report = store(app, whole, need, answer, left);
    throwIfAllFailed(answer, report);
    return report;
  });
}

const calendarCost = costOf('exchange-details');

/**
 * Cuts the need to what the quota allows: quotes first, then histories with their dividends and splits, each with the
 * holdings first. `left` are the codes that have to wait for some of it.
 */
function withinQuota(need: RefreshNeed, callsLeft: number | undefined): { need: RefreshNeed; left: Code[] } {
  if (callsLeft === undefined || costOfAll(planned(need)) <= callsLeft) return { need, left: [] };
  let budget = callsLeft;
  const take = (cost: number): boolean => {
    if (cost > budget) return false;
    budget -= cost;
    return true;
  };
  const quotes = need.quotes.filter(() => take(1));
  const symbols = need.symbols && take(1);
  const bulkDay = need.bulkDay !== undefined && take(300) ? need.bulkDay : undefined;
  const [bars, actions] = [new Set(need.bars.map(each => each.code)), new Set(need.actions)];
  const histories = need.followed.filter(code => bars.has(code) || actions.has(code));
  const allowed = new Set(histories.filter(code => take((bars.has(code) ? 1 : 0) + (actions.has(code) ? 2 : 0))));
  const waiting = new Set([...need.quotes.slice(quotes.length), ...histories.filter(code => !allowed.has(code))]);
  return {
    need: {
      ...need,
      quotes,
      symbols,
      // The built-in calendar serves until the quota is plenty.
      calendar: need.calendar && budget > calendarCost * 10,
      bulkDay,
      bars: need.bars.filter(each => allowed.has(each.code)),
      actions: need.actions.filter(code => allowed.has(code)),
    },
    left: need.followed.filter(code => waiting.has(code)),
  };
}

function ask(app: App, client: Eodhd, need: RefreshNeed, options: RefreshOptions): Promise<MarketAnswer> {
  const due = latestCloseDue(app.now(), readOverrides(app.db));
  const question = {
    ...need,
    today: app.today(),
    isRewritten: (code: Code, ...news: [Parameters<typeof rewrittenFrom>[2], Parameters<typeof rewrittenFrom>[3]]) =>
      rewrittenFrom(app.db, code, ...news, due),
  };
  const progress: Progress = (done, total) => options.onProgress?.(done, total);
  return fetchMarket(client, question, options.signal ?? new AbortController().signal, progress);
}

function store(
  app: App,
  whole: RefreshNeed,
  asked: RefreshNeed,
  answer: MarketAnswer,
  left: readonly Code[],
): RefreshReport {
  const now = app.now();
  const failed = new Set(answer.failed.map(each => each.code));
  app.db.transaction(() => {
    storeMarket(app.db, answer, now);
    noteAnswers(app, asked, answer);
    freezeMarketValues(app.db, now);
  });
  const updated = new Set<Code>([...answer.quotes.map(each => each.code), ...answer.histories.map(each => each.code)]);
  const followed = new Set(whole.followed);
  for (const [code] of answer.bulk.bars) if (followed.has(code)) updated.add(code);
  const reasons = new Map(answer.unchanged.map(each => [each.code, each.reason]));
  const failures = answer.failed.map(each => ({ code: each.code, reason: `${each.what}: ${each.failure.message}` }));
  const waiting = left.map(code => ({
    code,
    reason: `not asked: ${app.callsLeft() ?? 0} calls left of today's quota`,
  }));
  const rest = whole.followed.filter(code => !updated.has(code) && !failed.has(code) && !left.includes(code));
  const unchanged = upToDate(app, rest).map(({ code, reason }) => ({ code, reason: reasons.get(code) ?? reason }));
  return { updated: [...updated].sort(), unchanged, failed: [...failures, ...waiting], calls: 0, quotaLeft: undefined };
}

/** Notes what was asked and answered, also where the answer was that there is nothing. */
function noteAnswers(app: App, asked: RefreshNeed, answer: MarketAnswer): void {
  const { db } = app;
  const now = app.now();
  // What EODHD does not have is not asked for again until the next end of day.
  const open = new Set(answer.failed.filter(each => each.failure.code !== 'not-found').map(each => each.code));
  const closed = (codes: readonly Code[]): Code[] => codes.filter(code => !open.has(code));
  const quoted = new Set(asked.quotes);
  const unquoted = answer.unchanged.map(each => each.code).filter(code => quoted.has(code));
  noteAsked(db, 'quotes', unquoted, now);
  noteAsked(db, 'history', closed(asked.bars.map(each => each.code)), now);
  noteAsked(db, 'actions', closed(asked.actions), now);
  noteHistories(
    db,
    asked.bars.filter(each => each.whole && !open.has(each.code)),
  );
  if (asked.bulkDay === undefined || answer.bulk.bars.length === 0) return;
  const histories = priceHistories(db, asked.followed);
  const whole = asked.followed.filter(code => histories.get(code)?.fullFetchedAt !== undefined);
  noteAsked(db, 'history', whole, now);
  if (answer.failed.every(each => each.code !== undefined)) {
    noteBulkDay(db, asked.bulkDay);
    if (asked.bulkActions) noteAsked(db, 'actions', whole, now);
  }
}

/** Where nothing came at all, the first trouble is the whole command's. */
function throwIfAllFailed(answer: MarketAnswer, report: RefreshReport): void {
  const [first] = answer.failed;
  const something =
    report.updated.length + answer.unchanged.length + answer.dividends.length > 0 || answer.symbols !== undefined;
  if (first && !something && answer.failed.every(each => each.failure.code === first.failure.code)) {
    if (first.failure.code !== 'not-found') throw first.failure;
  }
}
