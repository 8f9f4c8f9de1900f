import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../src/domain/date.ts';
import { fetchBulkDay } from '../../src/eodhd/fetch-bulk-day.ts';
import { connectEodhd } from '../support/eodhd-client.ts';
import type { Fault } from '../support/eodhd-server.ts';

const date = parseLocalDate('2026-03-02');
const row = { code: 'AAA', date, open: 5, high: 5, low: 5, close: 5, adjusted_close: 5, volume: 1 };
const bulk = (body: unknown): Fault => ({ path: 'eod-bulk-last-day', body: JSON.stringify(body), times: 1 });
const ask = async (...faults: Fault[]) => {
  const { eodhd, server } = await connectEodhd({ faults });
  const day = await fetchBulkDay(eodhd, date, new AbortController().signal);
  return { day, types: server.requests.map(request => request.query.type ?? 'prices') };
};

describe('a day of the exchange', () => {
  it('is three requests', async () => {
    const { day, types } = await ask(bulk([row]), bulk([{ code: 'AAA', date, dividend: '0.10' }]), bulk([]));
    expect(types).toEqual(['prices', 'dividends', 'splits']);
    expect([day.bars?.length, day.dividends?.length, day.splits?.length, day.failed]).toEqual([1, 1, 0, []]);
  });

  it('of which there are no prices yet costs no more than to find out', async () => {
    const { day, types } = await ask(bulk([]));
    expect([types, day.bars, day.dividends]).toEqual([['prices'], undefined, undefined]);
    expect(day.failed.map(each => `${each.what}: ${each.failure.message}`)).toEqual([
      'the prices of 2026-03-02: EODHD has no prices of 2026-03-02 yet',
    ]);
  });

  it('goes on without the dividends where they fail, and stops where the quota is gone', async () => {
    const refused = (status: number): Fault => ({ path: 'eod-bulk-last-day', status, body: 'no', times: 1 });
    const without = await ask(bulk([row]), refused(422), bulk([]));
    expect([without.types.length, without.day.dividends, without.day.splits]).toEqual([3, undefined, []]);
    const stopped = await ask(bulk([row]), refused(402), bulk([]));
    expect([stopped.types.length, stopped.day.bars?.length, stopped.day.splits]).toEqual([2, 1, undefined]);
  });
});
