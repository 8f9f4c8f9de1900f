/**
 * Brings the fundamentals of many securities up to date, ten calls each.
 *
 * What is held and watched, unless another universe is asked for; the members of the S&P/ASX 200 come first where they
 * are wanted. Each answer is stored as it comes, so what is broken off goes on where it was; what was fetched in the last
 * days is spared. Where a company reports in another currency the rate of the Australian dollar to it comes too. A
 * trouble of one security is its row; one of the key, the plan, the quota or the network stops what is left.
 */
import type { App } from '../app.ts';
import { currenciesOf } from '../db/companies.ts';
import {
  fundamentalsFetchedAt,
  noteFetched,
  readFundamentals,
  storeFundamentals,
  storeIndexMembers,
} from '../db/fundamentals.ts';
import { priceHistories, storeBars } from '../db/prices.ts';
import { findSecurity } from '../db/securities.ts';
import { asx200, universeCodes } from '../db/universe.ts';
import { addDays, addMonths, day, type Instant } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { type Code, isSecurityCode, rateCode } from '../domain/market/security.ts';
import type { Universe } from '../domain/market/universe.ts';
import { symbolOf } from '../eodhd/address.ts';
import type { Eodhd } from '../eodhd/client.ts';
import { costOf, plannedRequests } from '../eodhd/costs.ts';
import { quotaTooSmall } from '../eodhd/errors.ts';
import { eachOf, type Progress, stopping } from '../eodhd/fetch-market.ts';
import { Failure } from '../failure.ts';
import { providerJob, type RefreshPlan, type RefreshReport } from '../refresh/provider-job.ts';

export type FundamentalsRefresh = {
  readonly universe?: Universe | undefined;
  /** These alone, whatever their age. */
  readonly codes?: readonly Code[] | undefined;
  /** Spare what was fetched in the last seven days; without it, in the last day. */
  readonly ifDue?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: Progress | undefined;
};

type Need = {
  readonly members: boolean;
  /** In order of importance. */
  readonly codes: readonly Code[];
  readonly fresh: readonly Code[];
  readonly rates: readonly Code[];
};

const patience = 60_000;
const ageIfDue = 7 * day;
const rateMonths = 60;

const ageOf = ({ ifDue = false }: FundamentalsRefresh): number => (ifDue ? ageIfDue : day);

// What a clock noted that has been set back since says nothing.
const isDue = (at: Instant | undefined, now: Instant, age: number): boolean =>
  at === undefined || at > now || now - at >= age;

function needOf(app: App, options: FundamentalsRefresh): Need {
  const { db } = app;
  const now = app.now();
  const universe = options.universe ?? 'held';
  const wanted = options.codes ?? universeCodes(db, universe, { asOf: app.today(), benchmark: app.config.benchmark });
  const fetched = fundamentalsFetchedAt(db, [...wanted, asx200]);
  const age = options.codes === undefined ? ageOf(options) : 0;
  const codes = wanted.filter(code => isSecurityCode(code) && isDue(fetched.get(code), now, age));
  const due = new Set(codes);
  return {
    members: universe === 'asx200' && options.codes === undefined && isDue(fetched.get(asx200), now, ageIfDue),
    codes,
    fresh: wanted.filter(code => !due.has(code)),
    rates: ratesDue(app, wanted),
  };
}

/** The rates that the stored statements of the codes need and that have no close of the last session. */
function ratesDue(app: App, codes: readonly Code[]): Code[] {
  const { db } = app;
  const asOf = app.today();
  const stored = codes.flatMap(code => readFundamentals(db, code, { asOf }) ?? []);
  const rates = currenciesOf(stored).flatMap(currency => rateCode(currency) ?? []);
  const histories = priceHistories(db, rates);
  const due = addDays(latestCloseDue(app.now()), -1);
  return rates.filter(code => (histories.get(code)?.lastDate ?? '') < due);
}

/** The requests that a refresh would send now; rates of companies that are not stored yet are not among them. */
export function planFundamentals(app: App, options: FundamentalsRefresh): RefreshPlan {
  const { members, codes, rates } = needOf(app, options);
  const requests = [
    plannedRequests('fundamentals', codes.length + (members ? 1 : 0)),
    plannedRequests('eod', rates.length),
  ].filter(each => each.count > 0);
  return {
    requests,
    totalCost: requests.reduce((total, each) => total + each.cost, 0),
    quotaLeft: app.callsLeft(),
  };
}

export function refreshFundamentals(app: App, options: FundamentalsRefresh): Promise<RefreshReport> {
  if (planFundamentals(app, options).requests.length === 0) {
    return Promise.resolve({ ...untouched(needOf(app, options)), calls: 0, quotaLeft: app.callsLeft() });
  }
  return app.lock(
    'refresh',
    'a refresh',
    () => providerJob(app, 'refresh fundamentals', options.signal, client => fetchAll(app, client, options)),
    patience,
  );
}

const untouched = ({ fresh }: Need): Pick<RefreshReport, 'updated' | 'unchanged' | 'failed'> => ({
  updated: [],
  unchanged: fresh.map(code => ({ code, reason: 'up to date' })),
  failed: [],
});

async function fetchAll(app: App, client: Eodhd, options: FundamentalsRefresh): Promise<RefreshReport> {
  const { db } = app;
  const { signal } = options;
  const failed: { code: Code | undefined; reason: string }[] = [];
  let first: Failure | undefined;
  let stopped: Failure | undefined;
  const attempt = async (code: Code | undefined, what: string, work: () => Promise<void>): Promise<void> => {
    try {
      if (stopped) throw stopped;
      await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      first ??= error;
      // A plan that has no fundamentals has none of any security.
      if (stopping.has(error.code) || error.code === 'not-in-plan') stopped ??= error;
      failed.push({ code, reason: `${what}: ${error.message}` });
    }
  };
  if (needOf(app, options).members) {
    await attempt(asx200, 'its members', async () => {
      const members = await client.indexMembers(asx200, { signal });
      db.transaction(() => storeIndexMembers(db, asx200, members, app.now()));
    });
  }
  const need = needOf(app, options);
  const allowed = withinQuota(app, need.codes);
  const updated = new Set<Code>();
  const unchanged: { code: Code; reason: string }[] = [...untouched(need).unchanged];
  let done = 0;
  await eachOf(allowed, async code => {
    await attempt(code, 'its fundamentals', async () => {
      const told = await answerOf(client, code, signal);
      const isNew = db.transaction(() => {
        if (told !== undefined) return storeFundamentals(db, told, app.now());
        noteFetched(db, code, app.now());
        return false;
      });
      if (told === undefined) unchanged.push({ code, reason: 'EODHD has no fundamentals of it' });
      else if (isNew) updated.add(code);
      else unchanged.push({ code, reason: 'up to date' });
    });
    options.onProgress?.(++done, allowed.length);
  });
  const wanted = [...allowed, ...need.fresh];
  for (const rate of ratesDue(app, wanted)) {
    await attempt(rate, 'its rates', () => fetchRate(app, client, rate, signal));
  }
  const waiting = need.codes.filter(code => !allowed.includes(code));
  for (const code of waiting) {
    failed.push({ code, reason: `not asked: ${app.callsLeft() ?? 0} calls left of today's quota` });
  }
  if (first && updated.size + unchanged.length === 0) throw first;
  return { updated: [...updated].sort(), unchanged, failed, waiting: waiting.length, calls: 0, quotaLeft: undefined };
}

/** Undefined where the provider does not have the security at all. */
async function answerOf(client: Eodhd, code: Code, signal: AbortSignal | undefined) {
  try {
    return await client.fundamentals(code, { signal });
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined;
    throw error;
  }
}

function withinQuota(app: App, codes: readonly Code[]): readonly Code[] {
  const left = app.callsLeft();
  const cost = costOf('fundamentals');
  if (left === undefined || codes.length * cost <= left) return codes;
  const count = Math.floor(left / cost);
  if (count === 0) throw quotaTooSmall('this refresh', codes.length * cost, left, app.now());
  return codes.slice(0, count);
}

async function fetchRate(app: App, client: Eodhd, rate: Code, signal: AbortSignal | undefined): Promise<void> {
  const last = priceHistories(app.db, [rate]).get(rate)?.lastDate;
  const today = app.today();
  const from = last === undefined ? addMonths(today, -rateMonths) : addDays(last, 1);
  const { bars } = await client.bars(symbolOf(rate), { from, to: today, signal });
  app.db.transaction(() => storeBars(app.db, rate, bars, { at: app.now(), source: 'eodhd' }));
}

/** Fetches the fundamentals of one security that has none stored; false where they are there already. */
export async function fetchMissingFundamentals(app: App, code: Code, signal?: AbortSignal): Promise<boolean> {
  if (readFundamentals(app.db, code, { asOf: app.today() }) !== undefined) return false;
  if (findSecurity(app.db, code)?.kind === 'index') return false;
  await refreshFundamentals(app, { codes: [code], signal });
  return true;
}
