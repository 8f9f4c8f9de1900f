import { describe, expect, it } from 'vitest';
import { noteHistories } from '../../src/db/asked.ts';
import { listBackups } from '../../src/db/backups.ts';
import { listJobRuns } from '../../src/db/jobs.ts';
import { listNotifications } from '../../src/db/notifications.ts';
import { listRuns } from '../../src/db/signal-runs.ts';
import { writeSyncFact } from '../../src/db/sync-state.ts';
import { day, hour, parseLocalDate } from '../../src/domain/date.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { afterRefresh } from '../../src/usecases/run-due/after-refresh.ts';
import { planDue, runDue } from '../../src/usecases/run-due.ts';
import { openTestApp } from '../support/app.ts';
import { failureOf } from '../support/eodhd-client.ts';
import { evening, json, listed, openWith, quoteRow, seen, user } from './scripted-market.ts';
import { at, storeCloses } from './stored-market.ts';

const bought = 'buy 10 BHP @ 40 on 2026-02-02';
const statements = json('fundamentals/BHP', { General: { Type: 'Common Stock' } });
const lists = [
  json('exchange-symbol-list', [
    { Code: 'BHP', Name: 'BHP Group Limited', Type: 'Common Stock', Currency: 'AUD', Isin: null },
  ]),
  json('exchange-details', { Name: 'ASX', ExchangeHolidays: {}, TradingHours: {} }),
];
const market = [
  user(0, 1000),
  ...lists,
  json('real-time', quoteRow('BHP', 50, evening / 1000)),
  ...listed('BHP'),
  statements,
];

describe('what is due', () => {
  it('is done once: prices, fundamentals, the signals of the day, alerts; then nothing, and no request', async () => {
    const { app, server } = await openWith(market, bought);
    expect((await planDue(app, {})).jobs).toEqual(['refresh', 'fundamentals', 'alerts']);
    const plan = await planDue(app, {});
    const report = await runDue(app);
    expect(report).toMatchObject({ updated: ['BHP'], failed: [], calls: plan.totalCost });
    expect(report.jobs).toEqual(['refresh', 'fundamentals', 'alerts', 'signals']);
    expect(listRuns(app.db)).toMatchObject([{ asOf: '2026-03-02', universe: 'held' }]);
    const asked = seen(server).length;
    const revision = app.db.revision();
    expect(await runDue(app)).toMatchObject({ updated: [], failed: [], calls: 0, jobs: [] });
    expect(seen(server)).toHaveLength(asked);
    expect(app.db.revision()).toBe(revision);
  });

  it('after a week asleep is done once, not seven times', async () => {
    const { app, clock, server } = await openWith(market, bought);
    await runDue(app);
    const asked = server.requests.length;
    clock.now = evening + 7 * day;
    const { jobs } = await runDue(app);
    expect(jobs).toEqual(['refresh', 'fundamentals', 'alerts']);
    const again = server.requests.slice(asked).map(request => request.path);
    expect(again.filter(path => path.startsWith('eod/'))).toEqual(['eod/BHP.AU']);
    expect(again.filter(path => path.startsWith('fundamentals/'))).toEqual(['fundamentals/BHP.AU']);
    expect((await planDue(app, {})).jobs).toEqual([]);
  });

  it('the next day alerts are checked though nothing came', async () => {
    const { app, clock } = await openWith(market, bought);
    await runDue(app);
    // Tuesday before the opening.
    clock.now = at('2026-03-02T20:00Z');
    expect((await planDue(app, {})).jobs).toEqual(['alerts']);
    await runDue(app);
    expect((await planDue(app, {})).jobs).toEqual([]);
  });

  it('leaves out what the settings leave out', async () => {
    const { app } = await openWith(market, bought);
    const without = { ...app, config: { ...app.config, 'schedule.fundamentals': 'no', 'schedule.signals': 'no' } };
    Object.defineProperty(without, 'db', { get: () => app.db });
    expect((await runDue(without)).jobs).toEqual(['refresh', 'alerts']);
    expect(listRuns(app.db)).toEqual([]);
  });
});

describe('the end of day', () => {
  /** A session whose close comes due, its end of day in Sydney, and the session before it. */
  const vectors = [
    ['the Friday before daylight saving begins', '2026-10-02', '2026-10-02T09:30Z', '2026-10-01'],
    ['the Monday after', '2026-10-05', '2026-10-05T08:30Z', '2026-10-02'],
    ['the Thursday before Easter, while daylight saving lasts', '2026-04-02', '2026-04-02T08:30Z', '2026-04-01'],
    ['the Tuesday after Easter, when it has ended', '2026-04-07', '2026-04-07T09:30Z', '2026-04-02'],
    ['Christmas Eve, which closes early', '2026-12-24', '2026-12-24T08:30Z', '2026-12-23'],
    ['the Tuesday after Christmas, which is no Monday', '2026-12-29', '2026-12-29T08:30Z', '2026-12-24'],
  ] as const;

  it.each(vectors)('of %s is due at 19:30 Sydney and no minute before', async (_, session, due, before) => {
    const { app, clock } = await openWith([], bought);
    clock.now = at(due) - 60_000;
    storeCloses(app, { BHP: { [before]: '50' } });
    app.db.transaction(() => noteHistories(app.db, [{ code: parseCode('BHP'), from: parseLocalDate('2020-01-01') }]));
    const asksForBars = async () => (await planDue(app, {})).requests.some(each => each.endpoint === 'eod');
    expect(await asksForBars()).toBe(false);
    clock.now = at(due);
    expect(await asksForBars()).toBe(true);
    storeCloses(app, { BHP: { [session]: '51' } });
    expect(await asksForBars()).toBe(false);
  });
});

describe('a job that fails', () => {
  it('does not stop the others; the refresh itself is what ends the line', async () => {
    const { app, server } = await openWith([user(0, 1000)], bought);
    storeCloses(app, { BHP: { '2026-02-27': '50' } });
    server.setFault({ status: 503, body: 'busy' });
    const failure = await failureOf(runDue(app));
    expect(failure.code).toBe('offline');
    expect(listRuns(app.db)).toMatchObject([{ asOf: '2026-02-27' }]);
    expect(seen(server).some(path => path.startsWith('fundamentals/'))).toBe(false);
  });

  it('by a bug does not stop them either, and is thrown at the end', async () => {
    const { app } = await openWith(market, bought);
    storeCloses(app, { BHP: { '2026-02-27': '50' } });
    const bug = new TypeError('undefined is not a function');
    const broken = { ...app, eodhd: () => Promise.reject(bug) };
    Object.defineProperty(broken, 'db', { get: () => app.db });
    await expect(runDue(broken)).rejects.toBe(bug);
    expect(listRuns(app.db)).toMatchObject([{ asOf: '2026-02-27' }]);
  });

  it('by a bug in sync keeps neither prices nor fundamentals from being fetched', async () => {
    const { app, server } = await openWith(market, bought);
    app.db.transaction(() => writeSyncFact(app.db, 'device', 'this-one'));
    const bug = new TypeError('undefined is not a function');
    const broken = {
      ...app,
      config: { ...app.config, accountUrl: 'https://accounts.example.com' },
      keptSignIn: () => Promise.reject(bug),
    };
    Object.defineProperty(broken, 'db', { get: () => app.db });
    Object.defineProperty(broken, 'syncKeyPlaces', {
      get: () => {
        throw bug;
      },
    });
    expect((await planDue(broken, {})).jobs).toEqual(['sync', 'refresh', 'fundamentals', 'alerts']);
    await expect(runDue(broken)).rejects.toBe(bug);
    expect(seen(server)).toContain('fundamentals/BHP.AU');
    expect(listJobRuns(app.db, 9, 'refresh fundamentals').map(run => run.outcome)).toEqual(['done']);
    expect(listRuns(app.db)).toMatchObject([{ asOf: '2026-03-02' }]);
    expect((await planDue(app, {})).jobs).toEqual([]);
  });

  it('by a bug in the checks of what came does not keep the backup from being made', async () => {
    const { app } = await openTestApp({ onDisk: true, now: evening });
    recordEntry(app, bought);
    const bug = new TypeError('undefined is not a function');
    let calls = 0;
    const broken = {
      ...app,
      today: () => {
        calls += 1;
        if (calls === 1) throw bug;
        return app.today();
      },
    };
    Object.defineProperty(broken, 'db', { get: () => app.db });
    await expect(afterRefresh(broken, [])).rejects.toBe(bug);
    expect(listBackups(app.databasePath)).toHaveLength(1);
  });

  it('is told once, and waits a day before fundamentals are asked for again', async () => {
    const forbidden = { path: 'fundamentals', status: 403, body: 'Only EOD data allowed for free users' };
    const { app, clock, server } = await openWith([user(0, 1000), forbidden, ...market.slice(1, -1)], bought);
    const report = await runDue(app);
    expect(report.failed.map(each => each.reason)).toEqual([
      expect.stringMatching(/^fundamentals: .*asxos config set schedule.fundamentals no$/),
    ]);
    const told = () =>
      listNotifications(app.db, clock.now)
        .filter(each => each.type === 'system')
        .map(each => each.title);
    expect(told()).toEqual(['Fundamentals were not fetched']);
    const asked = server.requests.length;
    clock.now += hour;
    expect((await runDue(app)).failed).toEqual([]);
    expect(server.requests.slice(asked).some(request => request.path.startsWith('fundamentals'))).toBe(false);
    clock.now = evening + day + hour;
    await runDue(app);
    expect(told()).toEqual(['Fundamentals were not fetched']);
    expect(listJobRuns(app.db, 9, 'refresh fundamentals').map(run => run.outcome)).toEqual(['failed', 'failed']);
  });
});
