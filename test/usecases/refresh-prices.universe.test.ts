import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { barsOf, priceHistories } from '../../src/db/prices.ts';
import { replaceSymbolList } from '../../src/db/securities.ts';
import { universeCodes } from '../../src/db/universe.ts';
import { type Instant, minute } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import { type Code, parseCode } from '../../src/domain/market/security.ts';
import { watchCodes } from '../../src/usecases/manage-watchlist.ts';
import { planRefresh, refresh } from '../../src/usecases/refresh-prices.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { failureOf } from '../support/eodhd-client.ts';
import type { EodhdServer, Fault } from '../support/eodhd-server.ts';
import { barRow, evening, json, openWith, reasons, seen, user, week } from './scripted-market.ts';
import { at, storeListed } from './stored-market.ts';

const nextEvening = at('2026-03-03T10:00Z');
const codesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `C${String(index).padStart(3, '0')}`);
const all = { target: 'history', universe: 'all' } as const;
/** A plan's own pace would make hundreds of requests wait. */
const fast = { headers: { 'x-ratelimit-limit': '100000', 'x-ratelimit-remaining': '99999' } };
/** Every security has these bars, and neither dividends nor splits. */
const histories = (days = week, close = 50): Fault[] => [
  user(0, 100_000),
  json(
    'eod/',
    days.map(date => barRow(date, close)),
    fast,
  ),
  json('div/', [], fast),
  json('splits/', [], fast),
];
const bulk = (body: unknown): Fault => ({ path: 'eod-bulk-last-day', body: JSON.stringify(body), times: 1 });
const bulkRows = (codes: readonly string[], date: string, close = 51) =>
  codes.map(code => ({ code, exchange_short_name: 'AU', ...barRow(date, close) }));
const script = (server: EodhdServer, ...faults: Fault[]): void => {
  server.clearFaults();
  for (const fault of faults) server.setFault(fault);
};
const endpoints = (server: EodhdServer, from = 0): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { path } of server.requests.slice(from)) {
    const endpoint = path.split('/')[0] ?? '';
    if (endpoint !== 'user') counts[endpoint] = (counts[endpoint] ?? 0) + 1;
  }
  return counts;
};
const planned = (app: App, options: Parameters<typeof planRefresh>[1] = all) => {
  const { requests, totalCost } = planRefresh(app, options);
  return { counts: Object.fromEntries(requests.map(each => [each.endpoint, each.count])), totalCost };
};
const wholeOf = (app: App, codes: readonly string[]): string[] =>
  [...priceHistories(app.db, codes.map(parseCode))]
    .filter(([, each]) => each.fullFetchedAt !== undefined)
    .map(([code]) => code);

/** Everything of `count` listed securities is stored up to Monday. */
async function openFilled(count: number, ...lines: string[]) {
  const opened = await openWith(histories(), ...lines);
  const codes = codesOf(count);
  storeListed(opened.app, codes);
  await refresh(opened.app, all);
  opened.clock.now = nextEvening;
  return { ...opened, codes, before: opened.server.requests.length };
}

describe('the first time', () => {
  it('each history is one request, with one for its dividends and one for its splits; then nothing is due', async () => {
    const { app, server } = await openWith(histories());
    const codes = codesOf(125);
    storeListed(app, codes);
    const plan = planned(app);
    expect(plan).toEqual({ counts: { div: 125, splits: 125, eod: 125 }, totalCost: 375 });
    const progress: [number, number][] = [];
    const report = await refresh(app, { ...all, onProgress: (done, total) => progress.push([done, total]) });
    expect([report.updated, report.failed, report.calls]).toEqual([codes, [], plan.totalCost]);
    expect(endpoints(server)).toEqual(plan.counts);
    expect(server.requests.find(each => each.path === 'eod/C007.AU')?.query).toMatchObject({ from: '2021-03-02' });
    expect(progress.at(-1)).toEqual([250, 250]);
    expect(progress.every(([done, total], index) => total === 250 && done >= (progress[index - 1]?.[0] ?? 0))).toBe(
      true,
    );
    expect(planned(app)).toEqual({ counts: {}, totalCost: 0 });
    expect(await refresh(app, all)).toMatchObject({ updated: [], calls: 0 });
  });

  it('without a symbol list that comes first, and what is no share, ETF or fund is left out', async () => {
    const row = (Code: string, Type: string) => ({
      Code,
      Name: Code,
      Exchange: 'AU',
      Currency: 'AUD',
      Type,
      Isin: null,
    });
    const { app, server } = await openWith([
      json('exchange-symbol-list', [row('AAA', 'Common Stock'), row('BBB', 'ETF'), row('CCCPA', 'Preferred Stock')]),
      ...histories(),
    ]);
    const plan = planRefresh(app, all);
    expect([plan.totalCost, plan.more]).toEqual([
      1,
      'Which securities are in the universe "all" is told by these; their histories come on top.',
    ]);
    expect((await refresh(app, all)).updated).toEqual(['AAA', 'BBB']);
    expect(endpoints(server)).toEqual({ 'exchange-symbol-list': 1, eod: 2, div: 2, splits: 2 });
    expect(planRefresh(app, all).more).toBeUndefined();
  });

  it('what the provider does not have is no failure, and is asked for again a month later or when it trades', async () => {
    const gone: Fault[] = ['eod', 'div', 'splits'].map(path => ({
      path: `${path}/C001`,
      status: 404,
      body: 'Ticker Not Found.',
      ...fast,
    }));
    const { app, clock } = await openWith([...gone, ...histories()]);
    storeListed(app, codesOf(3));
    const report = await refresh(app, all);
    expect([report.updated, report.failed]).toEqual([['C000', 'C002'], []]);
    expect(reasons(report)).toEqual([expect.stringMatching(/^C001: EODHD does not have the prices of C001.AU/)]);
    clock.now = nextEvening;
    expect(planned(app).counts).toEqual({ eod: 2, div: 2, splits: 2 });
    clock.now = at('2026-04-02T10:00Z');
    expect(planned(app).counts).toMatchObject({ eod: 3 });
  });

  it('of the ASX 200: its members, then theirs', async () => {
    const Components = { '0': { Code: 'BHP' }, '1': { Code: 'CBA' } };
    const { app, server } = await openWith([
      json('fundamentals/AXJO.INDX', { General: {}, Components }),
      ...histories(),
    ]);
    const members = { target: 'history', universe: 'asx200' } as const;
    expect(planned(app, members)).toEqual({ counts: { fundamentals: 1 }, totalCost: 10 });
    expect(await refresh(app, members)).toMatchObject({ updated: ['BHP', 'CBA'], calls: 16 });
    expect(seen(server)[0]).toBe('fundamentals/AXJO.INDX');
    expect(planned(app, members).totalCost).toBe(0);
  });

  it('of what trades enough: a day of the exchange tells of which', async () => {
    const day = [
      ...bulkRows(['BIG'], '2026-03-02', 10_000),
      ...bulkRows(['MID'], '2026-03-02', 3000),
      ...bulkRows(['SML'], '2026-03-02', 2000),
    ];
    const { app, server } = await openWith([bulk(day), bulk([]), bulk([]), ...histories(week, 10_000)]);
    const liquid = { target: 'history', universe: 'liquid' } as const;
    expect(planRefresh(app, liquid)).toMatchObject({ totalCost: 300, more: expect.stringContaining('"liquid"') });
    // Of three million on one day it cannot be said yet that it is below five on most.
    expect(await refresh(app, liquid)).toMatchObject({ updated: ['BIG', 'MID'], calls: 306 });
    expect(endpoints(server)).toMatchObject({ 'eod-bulk-last-day': 3, eod: 2 });
    expect(planRefresh(app, liquid)).toMatchObject({ totalCost: 0, more: undefined });
  });
});

describe('the next day', () => {
  it('of the whole exchange is three requests', async () => {
    const { app, server, codes, before } = await openFilled(150);
    script(server, bulk(bulkRows(codes, '2026-03-03')), bulk([]), bulk([]));
    expect(planned(app)).toEqual({ counts: { 'eod-bulk-last-day': 3 }, totalCost: 300 });
    expect(await refresh(app, all)).toMatchObject({ updated: codes, failed: [], calls: 300 });
    expect(endpoints(server, before)).toEqual({ 'eod-bulk-last-day': 3 });
    expect(barsOf(app.db, parseCode('C149')).map(bar => bar.date)).toEqual([...week, '2026-03-03']);
    expect(planned(app).totalCost).toBe(0);
  });

  it('of a few is their own requests', async () => {
    const { app, server, before } = await openFilled(20);
    script(server, ...histories(['2026-03-03']));
    await refresh(app, all);
    expect(endpoints(server, before)).toEqual({ eod: 20, div: 20, splits: 20 });
    expect(server.requests.at(-1)?.query).toMatchObject({ from: '2026-03-03' });
  });

  it('re-reads the histories of a dividend and of a split, and only those', async () => {
    const { app, server, codes, before } = await openFilled(120);
    const dividend = { code: 'C007', date: '2026-03-03', dividend: '0.10', unadjustedValue: '0.10', currency: 'AUD' };
    const split = { code: 'C011', date: '2026-03-03', split: '2.000000/1.000000' };
    const days = [...week, '2026-03-03'];
    script(
      server,
      bulk(bulkRows(codes, '2026-03-03')),
      bulk([dividend]),
      bulk([split]),
      json(
        'eod/',
        days.map(date => ({ ...barRow(date, 50), adjusted_close: 25 })),
      ),
    );
    const report = await refresh(app, all);
    expect([report.failed, report.calls]).toEqual([[], 302]);
    const asked = server.requests.slice(before).filter(each => each.path.startsWith('eod/'));
    expect(asked.map(each => each.path).sort()).toEqual(['eod/C007.AU', 'eod/C011.AU']);
    // Nothing of before five years ago is thrown away.
    expect(asked.every(each => each.query.from === '2021-03-03')).toBe(true);
    const adjusted = (code: string): string[] => barsOf(app.db, parseCode(code)).map(bar => plain(bar.adjustedClose));
    expect([adjusted('C007'), adjusted('C011'), adjusted('C012')]).toEqual([
      ['25', '25', '25', '25'],
      ['25', '25', '25', '25'],
      ['50', '50', '50', '51'],
    ]);
    expect(planned(app).totalCost).toBe(0);
  });

  it('asks for the dividends of holdings by themselves, as only those tell the franking', async () => {
    const { app, server, codes, before } = await openFilled(120, 'buy 1 C003 @ 4 on 2026-02-02');
    script(server, bulk(bulkRows(codes, '2026-03-03')), bulk([]), bulk([]), ...histories());
    const plan = planned(app);
    expect(plan).toEqual({ counts: { 'eod-bulk-last-day': 3, div: 1, splits: 1 }, totalCost: 302 });
    expect((await refresh(app, all)).calls).toBe(plan.totalCost);
    expect(endpoints(server, before)).toEqual(plan.counts);
  });

  it('after a pause brings each missing day, and a day that was no session holds up nothing', async () => {
    const { app, server, clock, codes, before } = await openFilled(320);
    clock.now = at('2026-03-05T10:00Z');
    const wednesday: Fault = { path: 'eod-bulk-last-day', status: 404, body: 'No data found', times: 1 };
    script(
      server,
      user(0, 100_000, '2026-03-05'),
      ...[bulk(bulkRows(codes, '2026-03-03')), bulk([]), bulk([])],
      wednesday,
      ...[bulk(bulkRows(codes, '2026-03-05')), bulk([]), bulk([])],
    );
    expect(planned(app)).toEqual({ counts: { 'eod-bulk-last-day': 9 }, totalCost: 900 });
    expect(await refresh(app, all)).toMatchObject({ updated: codes, failed: [] });
    expect(server.requests.slice(before).flatMap(each => each.query.date ?? [])).toEqual([
      ...Array(3).fill('2026-03-03'),
      '2026-03-04',
      ...Array(3).fill('2026-03-05'),
    ]);
    expect(barsOf(app.db, parseCode('C000')).map(bar => bar.date)).toEqual([...week, '2026-03-03', '2026-03-05']);
    expect([planned(app).totalCost, wholeOf(app, codes).length]).toEqual([0, 320]);
  });

  it('is asked of each security where the plan has no days of the exchange', async () => {
    const { app, server, codes, before } = await openFilled(110);
    script(server, { path: 'eod-bulk-last-day', status: 403, body: 'no' }, ...histories(['2026-03-03']));
    expect(await refresh(app, all)).toMatchObject({ updated: codes, failed: [] });
    expect(endpoints(server, before)).toEqual({ 'eod-bulk-last-day': 1, eod: 110, div: 110, splits: 110 });
  });
});

describe('what is delisted', () => {
  it('stays with its prices, and is asked for no more a month later', async () => {
    const { app, clock } = await openFilled(4);
    const list = (codes: readonly string[]): void =>
      app.db.transaction(() =>
        replaceSymbolList(
          app.db,
          codes.map(code => ({ code: parseCode(code), name: code, kind: 'share' })),
          clock.now,
        ),
      );
    list(['C000', 'C001', 'C002']);
    expect(planned(app).counts).toMatchObject({ eod: 4 });
    for (const month of ['2026-04-06T10:00Z', '2026-04-07T10:00Z']) {
      clock.now = at(month);
      list(['C000', 'C001', 'C002']);
      await refresh(app, all);
    }
    clock.now = at('2026-04-08T10:00Z');
    expect(planned(app).counts).toEqual({ eod: 3, div: 3, splits: 3 });
    expect(universeCodes(app.db, 'all', { asOf: app.today() })).toContain('C003');
    expect(barsOf(app.db, parseCode('C003')).length).toBeGreaterThan(0);
  });
});

describe('a quota that is too small', () => {
  const codes = codesOf(30);
  const open = async (used: number) => {
    const opened = await openWith([user(used, 1000), ...histories().slice(1)]);
    storeListed(opened.app, codes);
    watchCodes(opened.app, [parseCode('C029')]);
    return opened;
  };

  it('does what fits, what is watched first, and says what is left', async () => {
    const { app, server } = await open(970);
    const report = await refresh(app, all);
    expect(report.updated).toEqual([...codes.slice(0, 9), 'C029']);
    expect(report.failed).toHaveLength(20);
    expect(report.failed[0]).toEqual({ code: 'C009', reason: "not asked: 0 calls left of today's quota" });
    expect(seen(server).slice(0, 4)).toContain('div/C029.AU');
    expect(report.calls).toBe(30);
    expect((await failureOf(refresh(app, all))).code).toBe('quota');
  });

  it('for anything says so and sends nothing', async () => {
    const { app, server } = await open(998);
    const failure = await failureOf(refresh(app, all));
    expect([failure.code, failure.message]).toEqual([
      'quota',
      'EODHD: this refresh costs 90 calls, and 2 are left today',
    ]);
    expect(seen(server)).toEqual([]);
  });

  it('for a day of the exchange brings as many securities as fit', async () => {
    const { app, server, before } = await openFilled(120);
    script(server, user(910, 1000, '2026-03-03'), ...histories(['2026-03-03']).slice(1));
    const report = await refresh(app, all);
    expect([report.updated.length, report.failed.length]).toEqual([30, 90]);
    expect(endpoints(server, before)).toEqual({ eod: 30, div: 30, splits: 30 });
  });
});

describe('broken off', () => {
  it('in the middle of the histories it keeps what came, and goes on there', async () => {
    const dataDir = temporaryFolder();
    const codes = codesOf(60);
    const first = await openTestApp({ now: evening, dataDir, faults: histories() });
    storeListed(first.app, codes);
    const abort = new AbortController();
    const onProgress = (done: number): void => {
      if (done >= 90) abort.abort(new Error('stopped'));
    };
    await expect(refresh(first.app, { ...all, signal: abort.signal, onProgress })).rejects.toThrow('stopped');
    const kept = wholeOf(first.app, codes).length;
    expect(kept).toBe(40);
    await first.app.close();
    const second = await openTestApp({ now: evening + minute, dataDir, server: first.server });
    const before = first.server.requests.length;
    expect(planned(second.app).counts).toMatchObject({ eod: 20 });
    expect(await refresh(second.app, all)).toMatchObject({ updated: codes.slice(kept), calls: 60 });
    expect(endpoints(first.server, before)).toEqual({ eod: 20, div: 20, splits: 20 });
    expect(wholeOf(second.app, codes)).toHaveLength(60);
  });

  it('between a day of the exchange and the histories that it changed, those are still re-read', async () => {
    const { app, server, codes } = await openFilled(120);
    const dividend = { code: 'C007', date: '2026-03-03', dividend: '0.10', currency: 'AUD' };
    const day = [bulk(bulkRows(codes, '2026-03-03')), bulk([dividend]), bulk([])];
    script(server, ...day, { path: 'eod/C007', status: 402, body: 'You exceeded your daily API requests limit.' });
    const report = await refresh(app, all);
    expect(report.failed.map(each => each.code)).toEqual(['C007']);
    expect(planned(app)).toEqual({ counts: { eod: 1 }, totalCost: 1 });
  });
});

it('an hour later the same day there is nothing to do, and the codes are those of the list', async () => {
  const { app, clock, server } = await openFilled(3);
  clock.now = (evening + 60 * minute) as Instant;
  const before = server.requests.length;
  const report = await refresh(app, all);
  expect([server.requests.length, report.unchanged.map(each => each.code)]).toEqual([before, codesOf(3) as Code[]]);
});
