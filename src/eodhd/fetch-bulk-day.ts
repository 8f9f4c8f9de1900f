/** Asks EODHD for a day of the whole exchange: prices, dividends and splits, 100 calls each. */
import type { LocalDate } from '../domain/date.ts';
import type { Bar, DeclaredDividend, SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';
import type { Eodhd } from './client.ts';
import { type FailedRequest, stopping } from './fetch-market.ts';

export type FetchedBulkDay = {
  readonly date: LocalDate;
  /** Undefined is what did not come. */
  readonly bars: readonly (readonly [Code, Bar])[] | undefined;
  readonly dividends: readonly DeclaredDividend[] | undefined;
  readonly splits: readonly SplitEvent[] | undefined;
  readonly failed: readonly FailedRequest[];
};

/** Without prices of the day its dividends and splits are not asked for: it is not there yet, or was no session. */
export async function fetchBulkDay(client: Eodhd, date: LocalDate, signal: AbortSignal): Promise<FetchedBulkDay> {
  const failed: FailedRequest[] = [];
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    if (failed.some(each => stopping.has(each.failure.code))) return undefined;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failed.push({ code: undefined, what, failure: error });
      return undefined;
    }
  };
  const bars = await attempt(`the prices of ${date}`, async () => {
    const { rows } = await client.bulkBars({ date, signal });
    if (rows.length === 0) throw new Failure('not-found', `EODHD has no prices of ${date} yet`);
    return rows.map(({ code, bar }) => [code, bar] as const);
  });
  if (bars === undefined) return { date, bars, dividends: undefined, splits: undefined, failed };
  const dividends = await attempt(`the dividends of ${date}`, async () => {
    return (await client.bulkDividends({ date, signal })).dividends;
  });
  const splits = await attempt(`the splits of ${date}`, async () => (await client.bulkSplits({ date, signal })).splits);
  return { date, bars, dividends, splits, failed };
}
