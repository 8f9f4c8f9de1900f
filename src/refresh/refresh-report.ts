/** What a refresh says of itself: what has news, what has none and why, what failed and what has to wait. */
import type { App } from '../app.ts';
import { priceHistories } from '../db/prices.ts';
import { quotesOf } from '../db/quotes.ts';
import type { RefreshNeed } from '../db/refresh-need.ts';
import { readOverrides } from '../db/trading-days.ts';
import { sydneyDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import type { Code } from '../domain/market/security.ts';
import type { FailedRequest } from '../eodhd/fetch-market.ts';
import type { RefreshReport } from './provider-job.ts';

/** What came of a run, without the prices themselves. */
export type Outcome = {
  readonly updated: Set<Code>;
  readonly reasons: Map<Code, string>;
  readonly failed: FailedRequest[];
  /** Something came that is no news of a followed security: a list, a day, dividends. */
  other: boolean;
};

/** Where nothing came at all, the first trouble is the whole refresh's, and is thrown. */
export function reportOf(app: App, need: RefreshNeed, outcome: Outcome, waiting: ReadonlySet<Code>): RefreshReport {
  const { followed, own } = need;
  const known = new Set(followed);
  const isOwn = new Set(own);
  // Of thousands on a list there are always some that the provider has nothing of: that is no trouble of the user's.
  const isAbsent = ({ code, failure }: FailedRequest): boolean =>
    failure.code === 'not-found' && code !== undefined && !isOwn.has(code);
  const absent = new Map(outcome.failed.filter(isAbsent).map(each => [each.code, each.failure.message]));
  const failed = outcome.failed.filter(each => !isAbsent(each));
  const failures = failed.map(each => ({ code: each.code, reason: `${each.what}: ${each.failure.message}` }));
  const [first] = failed;
  const updated = [...outcome.updated].filter(code => known.has(code)).sort();
  const isNothing = updated.length + outcome.reasons.size + absent.size === 0 && !outcome.other;
  if (first && isNothing && failed.every(each => each.failure.code === first.failure.code)) {
    if (first.failure.code !== 'not-found') throw first.failure;
  }
  const left = app.callsLeft() ?? 0;
  const waits = followed
    .filter(code => waiting.has(code))
    .map(code => ({ code, reason: `not asked: ${left} calls left of today's quota` }));
  const told = new Set<Code | undefined>([...outcome.updated, ...waiting, ...failures.map(each => each.code)]);
  const unchanged = upToDate(
    app,
    followed.filter(code => !told.has(code)),
  ).map(({ code, reason }) => ({ code, reason: outcome.reasons.get(code) ?? absent.get(code) ?? reason }));
  return { updated, unchanged, failed: [...failures, ...waits], waiting: waits.length, calls: 0, quotaLeft: undefined };
}

/** Codes for which nothing newer came, and why: one that does not trade is not up to date. */
export function upToDate({ db, now }: App, codes: readonly Code[]): RefreshReport['unchanged'] {
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
