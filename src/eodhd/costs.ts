/**
 * What EODHD charges: calls a request, and the day they are counted in.
 *
 * Paid plans have 100,000 calls a day, counted from 00:00 UTC (10:00 or 11:00 in Sydney). A request costs by its
 * endpoint; real-time costs one call a symbol. Requests that fail cost nothing. Source: EODHD's API limits page; where
 * two of its pages disagree, the dearer figure is used.
 */
import { day, type Instant, isLocalDate, isoInstant, type LocalDate } from '../domain/date.ts';

const callsPerRequest = {
  eod: 1,
  div: 1,
  splits: 1,
  search: 1,
  'exchange-symbol-list': 1,
  'exchange-details': 5,
  'eod-bulk-last-day': 100,
  fundamentals: 10,
  user: 0,
} as const;

export type Endpoint = keyof typeof callsPerRequest | 'real-time';

/** The most symbols of one real-time request; EODHD recommends 15 to 20. */
export const quoteBatchSize = 15;

/** Calls that one request costs; `symbols` counts for real-time alone. */
export const costOf = (endpoint: Endpoint, symbols = 1): number =>
  endpoint === 'real-time' ? symbols : callsPerRequest[endpoint];

export type PlannedRequests = { readonly endpoint: Endpoint; readonly count: number; readonly cost: number };

/**
 * What a refresh would send to one endpoint: `asked` is securities, or days and lists where one request brings them all.
 * Real-time goes in batches of 15.
 */
export function plannedRequests(endpoint: Endpoint, asked: number): PlannedRequests {
  if (endpoint === 'real-time') return { endpoint, count: Math.ceil(asked / quoteBatchSize), cost: asked };
  return { endpoint, count: asked, cost: asked * costOf(endpoint) };
}

/** The day, in UTC, that a call made `now` is counted in. */
export function quotaDay(now: Instant): LocalDate {
  const date = isoInstant(now).slice(0, 10);
  if (!isLocalDate(date)) throw new RangeError(`no quota day for the instant ${now}`);
  return date;
}

/** The next 00:00 UTC, when the daily quota starts afresh. */
export const nextReset = (now: Instant): Instant => (Math.floor(now / day) + 1) * day;

export type QuotaUse = {
  readonly requestsToday: number;
  readonly requestsDate: LocalDate | undefined;
  readonly dailyLimit: number;
  readonly extraLimit: number | undefined;
};

/**
 * Calls left of the day, the bonus calls included. EODHD's counter shows the last active day until the first call after
 * midnight, so a counter of another day counts as none used.
 */
export function callsLeftOf(use: QuotaUse, now: Instant): number {
  const used = use.requestsDate === quotaDay(now) ? use.requestsToday : 0;
  return Math.max(0, use.dailyLimit - used) + (use.extraLimit ?? 0);
}
