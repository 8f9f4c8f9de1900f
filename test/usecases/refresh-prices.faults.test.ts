import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { costSince } from '../../src/db/calls.ts';
import { listJobRuns } from '../../src/db/jobs.ts';
import { priceHistories } from '../../src/db/prices.ts';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { quotaDay } from '../../src/eodhd/costs.ts';
import { watchCodes } from '../../src/usecases/manage-watchlist.ts';
import { refresh } from '../../src/usecases/refresh-prices.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { failureOf } from '../support/eodhd-client.ts';
import { evening, json, listed, openWith, quoteRow, record, seen, user } from './scripted-market.ts';
import { storeCloses } from './stored-market.ts';

describe('a quota that is short', () => {
  it('spends on quotes first, holdings before watched ones, and lists the rest', async () => {
    const rows = ['AAA', 'BBB', 'CCC', 'DDD'].map(code => quoteRow(code, 5, evening / 1000));
    const { app, server } = await openWith(
      [user(95, 100), json('real-time', rows), ...['AAA', 'BBB', 'CCC', 'DDD'].flatMap(code => listed(code, 5))],
      'buy 1 BBB @ 4 on 2026-02-02',
      'buy 1 AAA @ 4 on 2026-02-02',
    );
    watchCodes(app, [parseCode('CCC'), parseCode('DDD')]);
    const report = await refresh(app, { target: 'all' });
    // Four quotes of five calls; the fifth buys the symbol list, which was not served. No history is begun by halves.
    expect(seen(server).filter(path => /^(eod|div|splits)/.test(path))).toEqual([]);
    expect(report.updated).toEqual(['AAA', 'BBB', 'CCC', 'DDD']);
    const waiting = report.failed.filter(each => each.code !== undefined);
    expect(waiting.map(each => each.code)).toEqual(['BBB', 'AAA', 'CCC', 'DDD']);
    expect(waiting[0]?.reason).toMatch(/^not asked: \d+ calls left of today's quota$/);
    expect(costSince(app.db, quotaDay(evening), 0)).toBeLessThanOrEqual(5);
  });

  it('for some of the quotes asks for the holdings', async () => {
    const { app, server } = await openWith(
      [user(98, 100), json('real-time', [quoteRow('AAA', 5, evening / 1000), quoteRow('BBB', 5, evening / 1000)])],
      'buy 1 AAA @ 4 on 2026-02-02',
      'buy 1 BBB @ 4 on 2026-02-02',
    );
    watchCodes(app, [parseCode('CCC')]);
    const report = await refresh(app, { target: 'prices' });
    expect(server.requests.at(-1)).toMatchObject({ path: 'real-time/AAA.AU', query: { s: 'BBB.AU' } });
    expect([report.updated, report.failed]).toEqual([
      ['AAA', 'BBB'],
      [{ code: 'CCC', reason: "not asked: 0 calls left of today's quota" }],
    ]);
    // With nothing left, the whole refresh says so and sends nothing.
    const before = server.requests.length;
    const failure = await failureOf(refresh(app, { target: 'prices' }));
    expect([failure.code, server.requests.length]).toEqual(['quota', before]);
    expect(listJobRuns(app.db, 1)[0]?.outcome).toBe('failed');
  });

  it('that ends in the middle keeps what came and stops', async () => {
    const codes = Array.from({ length: 12 }, (_, index) => `AA${String.fromCharCode(65 + index)}`);
    const faults = [
      user(0, 1000),
      ...codes.slice(0, 4).flatMap(code => listed(code)),
      { status: 402, body: 'You exceeded your daily API requests limit' },
    ];
    const { app, server } = await openWith(faults, ...codes.map(code => `buy 1 ${code} @ 4 on 2026-02-02`));
    const report = await refresh(app, { target: 'history' });
    expect(report.failed.some(each => each.reason.includes('quota of the day is used up'))).toBe(true);
    expect(new Set(report.failed.map(each => each.code))).toEqual(new Set(codes.slice(4)));
    // Those under way when the answer came, and none of the rest.
    expect(server.requests.length).toBeLessThan(3 * codes.length);
    const stored = priceHistories(app.db, codes.map(parseCode));
    expect([...stored.keys()].sort()).toEqual(report.updated);
  });
});

describe('a trouble of the whole', () => {
  it('a key that is not accepted is thrown, and nothing more is sent', async () => {
    const { app, server } = await openTestApp({ now: evening, token: 'wrong-key-0815' });
    record(app, 'buy 1 BHP @ 40 on 2026-02-02');
    const failure = await failureOf(refresh(app, { target: 'all' }));
    expect([failure.code, failure.message]).toEqual(['unauthorised', 'EODHD did not accept the API key']);
    expect(server.requests).toHaveLength(1);
    expect(listJobRuns(app.db, 1)[0]).toMatchObject({
      job: 'refresh all',
      outcome: 'failed',
      message: failure.message,
    });
  });

  it('without a key says how to set one', async () => {
    const { app, server } = await openTestApp({ now: evening, token: undefined });
    record(app, 'buy 1 BHP @ 40 on 2026-02-02');
    expect((await failureOf(refresh(app, { target: 'prices' }))).message).toBe('No EODHD key is set');
    expect(server.requests).toEqual([]);
  });

  it('without a network is thrown as offline, and what is stored stays', async () => {
    const { app } = await openWith([{ drop: true }], 'buy 10 BHP @ 40 on 2026-02-02');
    storeCloses(app, { BHP: { '2026-02-26': '49', '2026-02-27': '50' } });
    const failure = await failureOf(refresh(app, { target: 'prices' }));
    expect([failure.code, failure.hint]).toEqual([
      'offline',
      'Check the connection and try again; stored prices are kept.',
    ]);
    expect(viewPortfolio(app).holdings.map(row => row.value && plain(row.value))).toEqual(['500']);
  });

  it('an abort writes nothing of the prices, and the job says that it did not end well', async () => {
    const { app, server } = await openWith(
      [user(0, 1000), ...listed('AAA'), { path: 'div/BBB', delayMs: 60_000 }, json('splits/BBB.AU', [])],
      'buy 1 AAA @ 4 on 2026-02-02',
      'buy 1 BBB @ 4 on 2026-02-02',
    );
    const abort = new AbortController();
    const running = refresh(app, { target: 'history', signal: abort.signal });
    await expect.poll(() => server.requests.some(request => request.path === 'div/BBB.AU')).toBe(true);
    abort.abort();
    await expect(running).rejects.toThrow(/abort/i);
    expect([...priceHistories(app.db, ['AAA', 'BBB'].map(parseCode))]).toEqual([]);
    expect(listJobRuns(app.db, 1)[0]?.outcome).toBe('failed');
  });
});

describe('two refreshes at once', () => {
  it('on one file are one fetch, and both succeed', async () => {
    const dataDir = temporaryFolder();
    const faults = [user(0, 1000), ...listed('BHP')];
    const first = await openTestApp({ now: evening, faults, dataDir });
    record(first.app, 'buy 10 BHP @ 40 on 2026-02-02');
    const second = await openTestApp({ now: evening, dataDir, server: first.server });
    const reports = await Promise.all([
      refresh(first.app, { target: 'history' }),
      refresh(second.app, { target: 'history' }),
    ]);
    expect(seen(first.server).sort()).toEqual(['div/BHP.AU', 'eod/BHP.AU', 'splits/BHP.AU']);
    expect(reports.map(report => report.calls).sort()).toEqual([0, 3]);
    expect(reports.map(report => report.failed)).toEqual([[], []]);
  });
});

describe('the key', () => {
  it('is in no stored byte, whatever EODHD answers', async () => {
    const token = 'sentinel-4711-never-stored';
    const dataDir = temporaryFolder();
    const echo = { status: 500, body: `broken: api_token=${token}` };
    const { app } = await openTestApp({
      now: evening,
      dataDir,
      token,
      faults: [user(0, 1000), ...listed('BHP'), echo],
    });
    record(app, 'buy 10 BHP @ 40 on 2026-02-02', 'buy 10 CBA @ 40 on 2026-02-02');
    const report = await refresh(app, { target: 'history' });
    expect(report.failed.length).toBeGreaterThan(0);
    expect(JSON.stringify([report, listJobRuns(app.db, 10)])).not.toContain(token);
    await app.close();
    for (const name of ['asxos.db', 'asxos.db-wal', 'asxos.db-shm']) {
      const file = join(dataDir, name);
      if (existsSync(file)) expect(readFileSync(file).includes(token)).toBe(false);
    }
  });
});
