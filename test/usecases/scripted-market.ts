/** EODHD's answers written out, for tests of what a refresh makes of them. */
import type { App } from '../../src/app.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import type { RefreshReport } from '../../src/usecases/refresh-prices.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import type { EodhdServer, Fault } from '../support/eodhd-server.ts';
import { at } from './stored-market.ts';

/** Monday 2 March 2026, 21:00 in Sydney: the end of that day is due. */
export const evening = at('2026-03-02T10:00Z');
export const record = (app: App, ...lines: string[]): void => {
  for (const line of lines) recordEntry(app, line);
};
export const json = (path: string, value: unknown, more: Partial<Fault> = {}): Fault => ({
  path,
  body: JSON.stringify(value),
  ...more,
});
export const barRow = (date: string, close: number) => ({
  date,
  open: close,
  high: close,
  low: close,
  close,
  adjusted_close: close,
  volume: 1000,
});
export const week = ['2026-02-26', '2026-02-27', '2026-03-02'];
export const user = (used: number, limit: number, date = '2026-03-02') =>
  json('user', { apiRequests: used, apiRequestsDate: date, dailyRateLimit: limit, extraLimit: 0 });
export const quoteRow = (code: string, close: number, seconds: number) => ({
  code: `${code}.AU`,
  timestamp: seconds,
  gmtoffset: 0,
  open: close,
  high: close,
  low: close,
  close,
  volume: 100,
  previousClose: close,
});
/** A security with a week of bars, and neither dividends nor splits. */
export const listed = (code: string, close = 50): Fault[] => [
  json(
    `eod/${code}.AU`,
    week.map(date => barRow(date, close)),
  ),
  json(`div/${code}.AU`, []),
  json(`splits/${code}.AU`, []),
];
export const seen = (server: EodhdServer): string[] =>
  server.requests.map(request => request.path).filter(path => path !== 'user');
export const reasons = (report: RefreshReport) =>
  [...report.failed, ...report.unchanged].map(each => `${each.code}: ${each.reason}`);

export async function openWith(faults: readonly Fault[], ...lines: string[]): Promise<TestApp> {
  const opened = await openTestApp({ now: evening, faults });
  record(opened.app, ...lines);
  return opened;
}
