import { describe, expect, it } from 'vitest';
import { noteAsked } from '../../src/db/asked.ts';
import { costSince, storeCalls } from '../../src/db/calls.ts';
import { listJobRuns } from '../../src/db/jobs.ts';
import { barsOf } from '../../src/db/prices.ts';
import { quotesOf } from '../../src/db/quotes.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { quotaDay } from '../../src/eodhd/costs.ts';
import { planRefresh, refresh } from '../../src/usecases/refresh-prices.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { hasRecordings, recordedNow } from '../support/eodhd-server.ts';
import {
  barRow,
  evening,
  json,
  listed,
  openWith,
  quoteRow,
  reasons,
  record,
  seen,
  user,
  week,
} from './scripted-market.ts';
import { at, storeCloses } from './stored-market.ts';

describe('the plan', () => {
  it('is what the server is asked and what the ledger counts', async () => {
    const { app, server } = await openWith(
      [
        user(0, 1000),
        json('real-time', [quoteRow('BHP', 50, evening / 1000), quoteRow('CBA', 90, evening / 1000)]),
        ...listed('BHP'),
        ...listed('CBA', 90),
      ],
      'buy 10 BHP @ 40 on 2026-02-02',
      'buy 10 CBA @ 80 on 2026-02-02',
    );
    for (const target of ['prices', 'history'] as const) {
      const plan = planRefresh(app, { target });
      const before = server.requests.length;
      const spent = costSince(app.db, quotaDay(evening), 0);
      const report = await refresh(app, { target });
      const asked = server.requests.slice(before).filter(request => request.path !== 'user');
      expect(asked.length).toBe(plan.requests.reduce((total, each) => total + each.count, 0));
      expect(report.calls).toBe(plan.totalCost);
      expect(costSince(app.db, quotaDay(evening), 0) - spent).toBe(plan.totalCost);
      expect(report.updated).toEqual(['BHP', 'CBA']);
    }
    expect(planRefresh(app, { target: 'history' })).toEqual({ requests: [], totalCost: 0, quotaLeft: 992 });
  });

  it('sends nothing, and knows no quota before EODHD was asked', async () => {
    const { app, server } = await openWith([], 'buy 10 BHP @ 40 on 2026-02-02');
    expect(planRefresh(app, { target: 'all' })).toEqual({
      requests: [
        { endpoint: 'exchange-symbol-list', count: 1, cost: 1 },
        { endpoint: 'exchange-details', count: 1, cost: 5 },
        { endpoint: 'real-time', count: 1, cost: 1 },
        { endpoint: 'div', count: 1, cost: 1 },
        { endpoint: 'splits', count: 1, cost: 1 },
        { endpoint: 'eod', count: 1, cost: 1 },
      ],
      totalCost: 10,
      quotaLeft: undefined,
    });
    expect(server.requests).toEqual([]);
  });
});

describe('the record of requests', () => {
  it('is kept for 90 days', async () => {
    const { app } = await openWith([user(0, 1000), ...listed('BHP')], 'buy 10 BHP @ 40 on 2026-02-02');
    const days = ['2025-12-01', '2025-12-02', '2026-03-01'].map(text => parseLocalDate(text));
    app.db.transaction(() =>
      storeCalls(
        app.db,
        days.map(day => ({ day, at: 0, endpoint: 'eod', cost: 7 })),
      ),
    );
    await refresh(app, { target: 'history' });
    expect(days.map(day => costSince(app.db, day, 0))).toEqual([0, 7, 7]);
    expect(costSince(app.db, quotaDay(evening), 0)).toBe(3);
  });
});

describe('nothing stale', () => {
  it('of what no longer trades says since when, not that it is up to date', async () => {
    const faults = [
      user(0, 1000),
      json('real-time', []),
      json('eod/SUS.AU', [barRow('2025-02-28', 5)]),
      json('div/SUS.AU', []),
      json('splits/SUS.AU', []),
    ];
    const { app } = await openWith(faults, 'buy 10 SUS @ 4 on 2025-02-03');
    await refresh(app, { target: 'history' });
    expect(reasons(await refresh(app, { target: 'history' }))).toEqual([
      'SUS: no price since 2025-02-28: suspended, or not traded',
    ]);
  });

  it('with nothing held or watched sends nothing at all', async () => {
    const { app, server } = await openTestApp({ now: evening });
    expect(await refresh(app, { target: 'prices' })).toMatchObject({
      updated: [],
      unchanged: [],
      failed: [],
      calls: 0,
    });
    expect([server.requests, listJobRuns(app.db, 5)]).toEqual([[], []]);
  });

  it('a second refresh sends nothing, the next end of day asks for the new bars alone', async () => {
    const { app, server, clock } = await openWith([user(0, 1000), ...listed('BHP')], 'buy 10 BHP @ 40 on 2026-02-02');
    await refresh(app, { target: 'history' });
    const before = server.requests.length;
    const again = await refresh(app, { target: 'history' });
    expect([server.requests.length, again.calls]).toEqual([before, 0]);
    expect(reasons(again)).toEqual(['BHP: up to date']);
    clock.now = at('2026-03-03T10:00Z');
    server.clearFaults();
    for (const fault of [
      json('eod/BHP.AU', [barRow('2026-03-03', 51)]),
      json('div/BHP.AU', []),
      json('splits/BHP.AU', []),
    ]) {
      server.setFault(fault);
    }
    await refresh(app, { target: 'history' });
    expect(server.requests.at(-1)).toMatchObject({ path: 'eod/BHP.AU', query: { from: '2026-03-03' } });
    expect(barsOf(app.db, parseCode('BHP')).map(bar => bar.date)).toEqual([...week, '2026-03-03']);
  });
});

describe('what does not trade', () => {
  const na = { open: 'NA', high: 'NA', low: 'NA', close: 'NA', volume: 'NA', previousClose: 'NA' };

  it('is unchanged, with its reason, and is not asked again until the next session', async () => {
    const { app, server, clock } = await openWith(
      [user(0, 1000), json('real-time', { code: 'SUS.AU', timestamp: 'NA', gmtoffset: 0, ...na })],
      'buy 10 SUS @ 40 on 2026-02-02',
    );
    expect(reasons(await refresh(app, { target: 'prices' }))).toEqual(['SUS: EODHD has no quote for it']);
    expect(await refresh(app, { target: 'prices' })).toMatchObject({ calls: 0, failed: [] });
    expect(seen(server)).toHaveLength(1);
    clock.now = at('2026-03-02T23:30Z');
    await refresh(app, { target: 'prices' });
    expect(seen(server)).toHaveLength(2);
  });

  it('keeps the quote that was known, with the time at which it was fetched', async () => {
    const traded = at('2026-03-02T01:00Z');
    const { app, server, clock } = await openWith(
      [user(0, 1000), json('real-time', quoteRow('SUS', 5, traded / 1000))],
      'buy 10 SUS @ 4 on 2026-02-02',
    );
    clock.now = traded + 60_000;
    await refresh(app, { target: 'prices' });
    server.clearFaults();
    server.setFault(json('real-time', { code: 'SUS.AU', timestamp: 'NA', gmtoffset: 0, ...na }));
    clock.now = evening;
    await refresh(app, { target: 'prices' });
    const kept = quotesOf(app.db).get(parseCode('SUS'));
    // A price of noon does not become the day's close because nothing came in the evening.
    expect([kept && plain(kept.price!), kept?.fetchedAt]).toEqual(['5', traded + 60_000]);
    expect(viewPortfolio(app).totals.stale).toBe(1);
  });

  it('a history that EODHD does not have is a failed row, asked again at the next end of day', async () => {
    const { app, server, clock } = await openWith(
      [user(0, 1000), ...listed('BHP'), json('div/GONE.AU', []), json('splits/GONE.AU', [])],
      'buy 10 BHP @ 40 on 2026-02-02',
      'buy 10 GONE @ 4 on 2026-02-02',
    );
    const report = await refresh(app, { target: 'history' });
    expect(report.updated).toEqual(['BHP']);
    expect(report.failed).toEqual([
      { code: 'GONE', reason: expect.stringMatching(/^its prices: EODHD does not have the prices of GONE.AU/) },
    ]);
    expect(listJobRuns(app.db, 1)[0]).toMatchObject({
      outcome: 'partly',
      message: expect.stringMatching(/^GONE: its prices/),
    });
    const before = server.requests.length;
    await refresh(app, { target: 'history' });
    expect(server.requests).toHaveLength(before);
    clock.now = at('2026-03-03T10:00Z');
    await refresh(app, { target: 'history' });
    expect(server.requests.slice(before).map(request => request.path)).toContain('eod/GONE.AU');
  });
});

describe('a new dividend or split', () => {
  const dividend = {
    date: '2026-03-03',
    paymentDate: '2026-03-30',
    recordDate: null,
    value: 1,
    unadjustedValue: 1,
    currency: 'AUD',
    franking: '100%',
  };

  it('that has gone ex changes the adjusted prices, so the whole history is fetched again', async () => {
    const { app, server, clock } = await openWith([user(0, 1000), ...listed('BHP')], 'buy 10 BHP @ 40 on 2026-02-02');
    await refresh(app, { target: 'history' });
    const from = server.requests.findLast(request => request.path === 'eod/BHP.AU')?.query.from;
    clock.now = at('2026-03-03T10:00Z');
    server.clearFaults();
    for (const fault of [
      json(
        'eod/BHP.AU',
        [...week, '2026-03-03'].map(date => ({ ...barRow(date, 50), adjusted_close: 49 })),
      ),
      json('div/BHP.AU', [dividend]),
      json('splits/BHP.AU', []),
    ]) {
      server.setFault(fault);
    }
    const progress: [number, number][] = [];
    await refresh(app, { target: 'history', onProgress: (done, total) => progress.push([done, total]) });
    expect(server.requests.at(-1)).toMatchObject({ path: 'eod/BHP.AU', query: { from: '2026-02-26' } });
    expect(from && from < '2021-03-03').toBe(true);
    expect(barsOf(app.db, parseCode('BHP')).map(bar => plain(bar.adjustedClose))).toEqual(['49', '49', '49', '49']);
    for (const [done, total] of progress) expect(done).toBeLessThanOrEqual(total);
    // Known now: the next end of day asks for its own bar alone.
    clock.now = at('2026-03-04T10:00Z');
    await refresh(app, { target: 'history' });
    expect(server.requests.at(-1)?.query.from).toBe('2026-03-04');
  });

  it('that is only announced does not', async () => {
    const { app, server } = await openWith(
      [
        user(0, 1000),
        json(
          'eod/BHP.AU',
          week.map(date => barRow(date, 50)),
        ),
        json('div/BHP.AU', [{ ...dividend, date: '2026-04-01' }]),
        json('splits/BHP.AU', []),
      ],
      'buy 10 BHP @ 40 on 2026-02-02',
    );
    await refresh(app, { target: 'history' });
    expect(seen(server).filter(path => path.startsWith('eod'))).toHaveLength(1);
  });
});

describe('the whole exchange', () => {
  const bulkRow = (code: string, close: number) => ({
    code,
    exchange_short_name: 'AU',
    ...barRow('2026-03-02', close),
  });

  it('is asked for once a day: 300 calls, then none', async () => {
    const { app, server } = await openWith(
      [
        user(0, 1000),
        json('exchange-symbol-list', [
          {
            Code: 'BHP',
            Name: 'BHP Group',
            Country: 'Australia',
            Exchange: 'AU',
            Currency: 'AUD',
            Type: 'Common Stock',
            Isin: null,
          },
        ]),
        json('exchange-details', { Name: 'ASX', ExchangeHolidays: {}, TradingHours: {} }),
        { path: 'eod-bulk-last-day', body: JSON.stringify([bulkRow('BHP', 50), bulkRow('CBA', 90)]), times: 1 },
        { path: 'eod-bulk-last-day', body: '[]' },
      ],
      'buy 10 BHP @ 40 on 2026-02-02',
    );
    const plan = planRefresh(app, { target: 'universe' });
    const report = await refresh(app, { target: 'universe' });
    expect([report.updated, report.failed, report.calls]).toEqual([['BHP'], [], plan.totalCost]);
    expect(planRefresh(app, { target: 'universe' }).totalCost).toBe(0);
    const before = server.requests.length;
    await refresh(app, { target: 'universe' });
    expect(server.requests).toHaveLength(before);
    // A single day is no history: that of the holding is still to be fetched.
    expect(planRefresh(app, { target: 'history' }).requests.map(each => each.endpoint)).toContain('eod');
  });

  it('one day of it takes the place of a hundred requests and more, and a dividend in it re-reads that history', async () => {
    const codes = Array.from({ length: 101 }, (_, index) => `C${String(index).padStart(3, '0')}`);
    const { app, server, clock } = await openWith([], ...codes.map(code => `buy 1 ${code} @ 4 on 2026-02-02`));
    storeCloses(app, Object.fromEntries(codes.map(code => [code, { '2021-02-02': '5', '2026-02-27': '5' }])));
    app.db.transaction(() => noteAsked(app.db, 'actions', codes.map(parseCode), at('2026-02-27T10:00Z')));
    clock.now = at('2026-03-02T10:01Z');
    const dividend = {
      code: 'C007',
      exchange: 'AU',
      date: '2026-03-02',
      dividend: 0.1,
      currency: 'AUD',
      unadjustedValue: 0.1,
      value: 0.1,
    };
    for (const fault of [
      user(0, 1000),
      { path: 'eod-bulk-last-day', body: JSON.stringify(codes.slice(0, 100).map(code => bulkRow(code, 5))), times: 1 },
      { path: 'eod-bulk-last-day', body: JSON.stringify([dividend]), times: 1 },
      { path: 'eod-bulk-last-day', body: '[]', times: 1 },
      ...listed('C007', 5),
    ]) {
      server.setFault(fault);
    }
    const report = await refresh(app, { target: 'history' });
    expect(report.failed).toEqual([]);
    expect(seen(server)).toEqual([...Array(3).fill('eod-bulk-last-day/AU'), 'eod/C007.AU']);
    // C100 did not trade that day; it is not asked for again until the next end of day.
    expect(reasons(report)).toEqual(['C100: no price since 2026-02-27: suspended, or not traded']);
    expect(planRefresh(app, { target: 'history' }).requests).toEqual([]);
  });
});

describe.skipIf(!hasRecordings)('the recorded day (skipped where ../shared/data/eodhd is absent)', () => {
  it('prices the holdings of the issue', async () => {
    const { app } = await openTestApp({ now: recordedNow, recordings: true });
    record(
      app,
      'buy 30 VGS @ 65 total 1978 on 2017-12-22',
      'buy 187 LYC @ 2.68 fee 10 on 2019-08-16',
      'buy 10 BHP @ 20 on 2019-08-16',
      'buy 10 ZZZZ @ 1 on 2019-08-16',
    );
    const plan = planRefresh(app, { target: 'all' });
    const report = await refresh(app, { target: 'all' });
    expect(report.updated).toEqual(['BHP', 'LYC', 'VGS']);
    expect(report.failed.map(each => each.code)).toEqual(['ZZZZ']);
    // The trading days and ZZZZ's prices are not among the recordings; what fails costs nothing.
    expect(plan.totalCost - report.calls).toBeLessThanOrEqual(7);
    const view = viewPortfolio(app);
    expect(view.holdings.map(row => [row.code, row.value && plain(row.value)])).toEqual([
      ['VGS', '3763.5'],
      ['LYC', '1499.74'],
      ['BHP', '459.6'],
      ['ZZZZ', undefined],
    ]);
    expect(view.freshness.kind).toBe('close');
  });
});
