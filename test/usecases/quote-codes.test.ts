import { describe, expect, it } from 'vitest';
import { costSince } from '../../src/db/calls.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { quotaDay } from '../../src/eodhd/costs.ts';
import { fetchQuotes } from '../../src/usecases/quote-codes.ts';
import { findSecurities } from '../../src/usecases/search-securities.ts';
import { openTestApp } from '../support/app.ts';
import { failureOf } from '../support/eodhd-client.ts';
import { at, storeCloses, storeListed } from './stored-market.ts';

const noon = at('2026-03-03T01:00Z');
const na = {
  open: 'NA',
  high: 'NA',
  low: 'NA',
  close: 'NA',
  volume: 'NA',
  previousClose: 'NA',
  timestamp: 'NA',
  gmtoffset: 0,
};
const quote = (code: string) => ({ ...na, code: `${code}.AU`, close: 5, timestamp: noon / 1000 });
const answers = (...rows: object[]) => [{ path: 'real-time', body: JSON.stringify(rows) }];
const [bhp, sus] = [parseCode('BHP'), parseCode('SUS')];

describe('fetchQuotes', () => {
  it('asks once a minute, also for what has no quote, and counts the calls', async () => {
    const { app, server, clock } = await openTestApp({
      now: noon,
      faults: answers(quote('BHP'), { ...na, code: 'SUS.AU' }),
    });
    expect(await fetchQuotes(app, [bhp, sus])).toEqual({
      fetched: ['BHP'],
      failed: [{ code: 'SUS', reason: 'EODHD has no quote for it' }],
    });
    expect(costSince(app.db, quotaDay(noon), 0)).toBe(2);
    // What is not asked for again is still missing.
    expect(await fetchQuotes(app, [bhp, sus])).toEqual({
      fetched: [],
      failed: [{ code: 'SUS', reason: 'EODHD has no quote for it' }],
    });
    expect(server.requests).toHaveLength(1);
    clock.now += 60_000;
    await fetchQuotes(app, [bhp, sus]);
    expect(server.requests).toHaveLength(2);
  });

  it('that fails shows what is stored, and throws only where nothing is', async () => {
    const { app } = await openTestApp({ now: noon, faults: [{ drop: true }] });
    expect((await failureOf(fetchQuotes(app, [bhp]))).code).toBe('offline');
    storeCloses(app, { BHP: { '2026-03-02': '50' } });
    expect(await fetchQuotes(app, [bhp])).toMatchObject({ fetched: [], failed: [{ code: 'BHP' }] });
  });
});

describe('findSecurities', () => {
  it('answers from the stored list without a request, and asks where there is none', async () => {
    const found = [
      {
        Code: 'BHP',
        Exchange: 'AU',
        Name: 'BHP Group',
        Type: 'Common Stock',
        Country: 'Australia',
        Currency: 'AUD',
        ISIN: null,
      },
    ];
    const { app, server } = await openTestApp({ now: noon, faults: [{ path: 'search', body: JSON.stringify(found) }] });
    expect(await findSecurities(app, 'bhp', 5)).toMatchObject({
      source: 'EODHD',
      securities: [{ code: 'BHP', name: 'BHP Group' }],
    });
    storeListed(app, ['CBA']);
    expect(await findSecurities(app, 'cba', 5)).toMatchObject({ source: 'stored', securities: [{ code: 'CBA' }] });
    expect(server.requests).toHaveLength(1);
  });
});
