/**
 * The work of a refresh, stored as it comes: the lists and quotes, then days of the whole exchange, then one security
 * after the other, twenty at a time. What each step tells decides what the next asks for. Broken off anywhere, what was
 * stored stays and the next refresh goes on there; memory holds twenty histories, however many there are.
 */
import type { App } from '../app.ts';
import { noteAsked, noteHistories } from '../db/asked.ts';
import { storeIndexMembers } from '../db/fundamentals.ts';
import { actionsAlone } from '../db/history-need.ts';
import { storeBulkDay } from '../db/store-bulk-day.ts';
import { rewrittenFrom, storeMarket } from '../db/store-market.ts';
import { readOverrides } from '../db/trading-days.ts';
import { asx200 } from '../db/universe.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import type { Code } from '../domain/market/security.ts';
import type { Eodhd } from '../eodhd/client.ts';
import { fetchBulkDay } from '../eodhd/fetch-bulk-day.ts';
import { fetchMarket, type MarketAnswer, type MarketQuestion, type Progress, stopping } from '../eodhd/fetch-market.ts';
import type { Failure } from '../failure.ts';
import type { RefreshReport } from './provider-job.ts';
import { affordableHistories, affordableNeed, type Wanted } from './refresh-quota.ts';
import { type Outcome, reportOf } from './refresh-report.ts';

const together = 20;

export type RunOptions = Wanted & {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: Progress | undefined;
};

export async function runRefresh(app: App, client: Eodhd, options: RunOptions): Promise<RefreshReport> {
  const { db } = app;
  const signal = options.signal ?? new AbortController().signal;
  const outcome: Outcome = { updated: new Set(), reasons: new Map(), failed: [], other: false };
  const due = latestCloseDue(app.now(), readOverrides(db));
  const isStopped = (): Failure | undefined => outcome.failed.find(each => stopping.has(each.failure.code))?.failure;
  const ask = (question: Partial<MarketQuestion>, progress: Progress): Promise<MarketAnswer> => {
    const isRewritten: MarketQuestion['isRewritten'] = (code, ...news) => rewrittenFrom(db, code, ...news, due);
    return fetchMarket(client, { ...nothing, ...question, today: app.today(), isRewritten }, signal, progress);
  };
  const show = (before: number, total: number): Progress => {
    return (done, of) => options.onProgress?.(before + done, Math.max(total, before + of));
  };

  const { need: first, waiting } = affordableNeed(app, options);
  const quoted = first.quotes.length;
  await askLists();
  const hasDays = await askDays();
  const { need, waiting: later } = affordableHistories(app, options, hasDays);
  await askSecurities();
  return reportOf(app, need, outcome, new Set([...waiting.quotes, ...later.histories]));

  async function askLists(): Promise<void> {
    const { symbols, members, calendar, quotes } = first;
    if (!symbols && !members && !calendar && quotes.length === 0) return;
    const question = { symbols, members: members ? asx200 : undefined, calendar, quotes, followed: quotes };
    store(question, await ask(question, show(0, quoted)));
  }

  /** False where the plan has no days of the whole exchange, so that each security has to be asked for by itself. */
  async function askDays(): Promise<boolean> {
    for (const date of isStopped() ? [] : affordableHistories(app, options).need.bulkDays) {
      const { failed, ...day } = await fetchBulkDay(client, date, signal);
      if (day.bars === undefined && failed.some(each => each.failure.code === 'not-in-plan')) {
        if (options.target === 'universe' || options.universe === 'liquid') outcome.failed.push(...failed);
        return false;
      }
      // A day before the latest that is not there was no session.
      const isClosed = date < due && failed.every(each => each.failure.code === 'not-found') && day.bars === undefined;
      if (!isClosed) outcome.failed.push(...failed);
      const came = isClosed ? { date, bars: [], dividends: [], splits: [] } : day;
      db.transaction(() => storeBulkDay(db, came, { now: app.now(), actionsAlone: actionsAlone(first.own) }));
      for (const [code] of came.bars ?? []) outcome.updated.add(code);
      outcome.other ||= came.bars !== undefined;
      // A later day would leave a gap behind it.
      if (!isClosed && failed.length > 0) break;
    }
    return true;
  }

  async function askSecurities(): Promise<void> {
    const bars = new Map(need.bars.map(each => [each.code, each]));
    const actions = new Set(need.actions);
    const codes = need.followed.filter(code => bars.has(code) || actions.has(code));
    let done = quoted;
    const total = quoted + need.bars.length + need.actions.length;
    for (let at = 0; at < codes.length; at += together) {
      const some = codes.slice(at, at + together);
      const stopped = isStopped();
      if (stopped) {
        const what = (code: Code): string => (bars.has(code) ? 'its prices' : 'its dividends and splits');
        outcome.failed.push(...codes.slice(at).map(code => ({ code, what: what(code), failure: stopped })));
        return;
      }
      signal.throwIfAborted();
      const question = {
        followed: some,
        bars: some.flatMap(code => bars.get(code) ?? []),
        actions: some.filter(code => actions.has(code)),
      };
      let asked = 0;
      const answer = await ask(question, (count, of) => {
        asked = of;
        show(done, total)(count, of);
      });
      done += asked;
      store(question, answer);
    }
  }

  function store(asked: Partial<MarketQuestion>, answer: MarketAnswer): void {
    const now = app.now();
    db.transaction(() => {
      storeMarket(db, answer, now);
      if (answer.members) storeIndexMembers(db, asx200, answer.members, now);
      noteAnswers(app, { ...nothing, ...asked }, answer);
    });
    for (const { code } of [...answer.quotes, ...answer.histories]) outcome.updated.add(code);
    for (const { code, reason } of answer.unchanged) outcome.reasons.set(code, reason);
    outcome.failed.push(...answer.failed);
    outcome.other ||= answer.dividends.length > 0 || answer.symbols !== undefined || answer.members !== undefined;
  }
}

/** A question for nothing, to which what is wanted is added. */
const nothing: Omit<MarketQuestion, 'today' | 'isRewritten'> = {
  quotes: [],
  bars: [],
  actions: [],
  symbols: false,
  members: undefined,
  calendar: false,
  followed: [],
};

/** Notes what was asked and answered, also where the answer was that there is nothing. */
function noteAnswers(
  { db, now }: App,
  asked: Pick<MarketQuestion, 'quotes' | 'bars' | 'actions'>,
  answer: MarketAnswer,
): void {
  const at = now();
  // What EODHD does not have is not asked for again at once.
  const open = new Set(answer.failed.filter(each => each.failure.code !== 'not-found').map(each => each.code));
  const closed = (codes: readonly Code[]): Code[] => codes.filter(code => !open.has(code));
  const quoted = new Set(asked.quotes);
  const unquoted = answer.unchanged.map(each => each.code).filter(code => quoted.has(code));
  noteAsked(db, 'quotes', unquoted, at);
  noteAsked(db, 'history', closed(asked.bars.map(each => each.code)), at);
  noteAsked(db, 'actions', closed(asked.actions), at);
  noteHistories(
    db,
    asked.bars.filter(each => each.whole && !open.has(each.code)),
  );
}
