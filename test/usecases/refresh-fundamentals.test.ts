import { describe, expect, it } from 'vitest';
import { costSince } from '../../src/db/calls.ts';
import { fundamentalsFetchedAt, readFundamentals } from '../../src/db/fundamentals.ts';
import { listJobRuns } from '../../src/db/jobs.ts';
import { barsOf } from '../../src/db/prices.ts';
import { day } from '../../src/domain/date.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { quotaDay } from '../../src/eodhd/costs.ts';
import {
  fetchMissingFundamentals,
  planFundamentals,
  refreshFundamentals,
} from '../../src/usecases/refresh-fundamentals.ts';
import { viewFundamentals } from '../../src/usecases/view-fundamentals.ts';
import { failureOf } from '../support/eodhd-client.ts';
import { barRow, evening, json, openWith, reasons, seen, user } from './scripted-market.ts';

const bhp = parseCode('BHP');
const cba = parseCode('CBA');
const answer = (currency = 'AUD', revenue = '1000.00') => ({
  General: { Type: 'Common Stock', GicSector: 'Materials' },
  SharesStats: { SharesOutstanding: 1000 },
  Financials: {
    Income_Statement: {
      currency_symbol: currency,
      yearly: { '2025-06-30': { filing_date: '2025-08-14', totalRevenue: revenue, netIncome: '100.00' } },
      quarterly: {},
    },
  },
});
const two = ['buy 10 BHP @ 40 on 2026-02-02', 'buy 10 CBA @ 80 on 2026-02-02'];

describe('refresh fundamentals', () => {
  it('asks for what is held, once; the plan is what it costs', async () => {
    const faults = [user(0, 1000), json('fundamentals/BHP', answer()), json('fundamentals/CBA', answer())];
    const { app, server } = await openWith(faults, ...two);
    const plan = planFundamentals(app, {});
    expect(plan).toMatchObject({ requests: [{ endpoint: 'fundamentals', count: 2, cost: 20 }], totalCost: 20 });
    expect(server.requests).toEqual([]);
    const report = await refreshFundamentals(app, {});
    expect(report).toMatchObject({ updated: ['BHP', 'CBA'], failed: [], calls: 20, quotaLeft: 980 });
    expect(costSince(app.db, quotaDay(evening), 0)).toBe(20);
    expect(listJobRuns(app.db, 1)).toMatchObject([{ job: 'refresh fundamentals', outcome: 'done' }]);
    const again = await refreshFundamentals(app, {});
    expect(again).toMatchObject({ updated: [], failed: [], calls: 0 });
    expect(reasons(again)).toEqual(['BHP: up to date', 'CBA: up to date']);
    expect(seen(server)).toHaveLength(2);
  });

  it('asks again after a day, and with --if-due after seven; what has not changed adds nothing', async () => {
    const faults = [user(0, 1000), json('fundamentals/BHP', answer())];
    const { app, clock } = await openWith(faults, 'buy 10 BHP @ 40 on 2026-02-02');
    await refreshFundamentals(app, {});
    clock.now = evening + day;
    expect(planFundamentals(app, { ifDue: true }).totalCost).toBe(0);
    expect(planFundamentals(app, {}).totalCost).toBe(10);
    clock.now = evening + 7 * day;
    expect(planFundamentals(app, { ifDue: true }).totalCost).toBe(10);
    expect(reasons(await refreshFundamentals(app, { ifDue: true }))).toEqual(['BHP: up to date']);
  });

  it('one bad security fails alone, and is asked again', async () => {
    const faults = [
      user(0, 1000),
      json('fundamentals/BHP', 'NA', { times: 1 }),
      json('fundamentals/BHP', answer()),
      json('fundamentals/CBA', answer()),
    ];
    const { app } = await openWith(faults, ...two);
    const report = await refreshFundamentals(app, {});
    expect(report.updated).toEqual(['CBA']);
    expect(report.failed.map(each => each.code)).toEqual(['BHP']);
    expect(reasons(report)[0]).toMatch(/^BHP: its fundamentals: EODHD answered/);
    expect((await refreshFundamentals(app, {})).updated).toEqual(['BHP']);
  });

  it('what the provider does not have is no failure, and is not asked again at once', async () => {
    const faults = [user(0, 1000), { path: 'fundamentals', status: 404, body: 'Ticker Not Found.' }];
    const { app } = await openWith(faults, ...two);
    expect(reasons(await refreshFundamentals(app, {}))).toEqual([
      'BHP: EODHD has no fundamentals of it',
      'CBA: EODHD has no fundamentals of it',
    ]);
    expect(planFundamentals(app, {}).totalCost).toBe(0);
    expect(viewFundamentals(app, bhp)).toBeUndefined();
  });

  it('a plan without fundamentals says so once', async () => {
    const { app, server } = await openWith([user(0, 1000), { path: 'fundamentals', status: 403, body: 'No' }], ...two);
    expect((await failureOf(refreshFundamentals(app, {}))).code).toBe('not-in-plan');
    expect(seen(server).length).toBeLessThanOrEqual(2);
  });

  it('takes what the quota allows, the first of the holdings first', async () => {
    const faults = [user(985, 1000), json('fundamentals/BHP', answer()), json('fundamentals/CBA', answer())];
    const { app } = await openWith(faults, ...two);
    const report = await refreshFundamentals(app, {});
    expect(report.updated).toEqual(['BHP']);
    expect(reasons(report)).toEqual(["CBA: not asked: 5 calls left of today's quota"]);
    expect((await failureOf(refreshFundamentals(app, {}))).code).toBe('quota');
  });

  it('what is broken off keeps what had come', async () => {
    const faults = [
      user(0, 1000),
      json('fundamentals/BHP', answer()),
      json('fundamentals/CBA', answer(), { delayMs: 5000 }),
    ];
    const { app } = await openWith(faults, ...two);
    const abort = new AbortController();
    const running = refreshFundamentals(app, {
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('stopped')),
    });
    await expect(running).rejects.toThrow('stopped');
    expect([...fundamentalsFetchedAt(app.db, [bhp, cba]).keys()]).toEqual(['BHP']);
    expect(listJobRuns(app.db, 1)).toMatchObject([{ outcome: 'failed' }]);
  });

  it('of the ASX 200: its members first, then theirs', async () => {
    const Components = { '0': { Code: 'BHP' }, '1': { Code: 'CBA' } };
    const faults = [
      user(0, 1000),
      json('fundamentals/AXJO.INDX', { General: {}, Components }),
      json('fundamentals/BHP', answer()),
      json('fundamentals/CBA', answer()),
    ];
    const { app, server } = await openWith(faults);
    expect(planFundamentals(app, { universe: 'asx200' }).totalCost).toBe(10);
    expect((await refreshFundamentals(app, { universe: 'asx200' })).updated).toEqual(['BHP', 'CBA']);
    expect(seen(server)[0]).toBe('fundamentals/AXJO.INDX');
    expect(planFundamentals(app, { universe: 'asx200' }).totalCost).toBe(0);
  });

  it('a company that reports in US dollars brings the rate', async () => {
    const faults = [
      user(0, 1000),
      json('fundamentals/BHP', answer('USD')),
      json('eod/AUDUSD.FOREX', [barRow('2026-02-27', 0.64), barRow('2026-03-02', 0.65)]),
    ];
    const { app, server } = await openWith(faults, 'buy 10 BHP @ 40 on 2026-02-02');
    expect(await refreshFundamentals(app, {})).toMatchObject({ updated: ['BHP'], failed: [], calls: 11 });
    expect(barsOf(app.db, parseCode('AUDUSD'))).toHaveLength(2);
    await refreshFundamentals(app, {});
    expect(seen(server)).toEqual(['fundamentals/BHP.AU', 'eod/AUDUSD.FOREX']);
  });
});

it('one security is fetched where nothing is stored of it, and only then', async () => {
  const { app, server } = await openWith([user(0, 1000), json('fundamentals/BHP', answer())]);
  expect(await fetchMissingFundamentals(app, bhp)).toBe(true);
  expect(await fetchMissingFundamentals(app, bhp)).toBe(false);
  expect(seen(server)).toEqual(['fundamentals/BHP.AU']);
  expect(readFundamentals(app.db, bhp, { asOf: app.today() })?.statements).toHaveLength(1);
});
