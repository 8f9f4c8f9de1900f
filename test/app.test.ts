import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeCalls } from '../src/db/calls.ts';
import { writeQuota } from '../src/db/quota.ts';
import { day } from '../src/domain/date.ts';
import { parseCode } from '../src/domain/market/security.ts';
import { trainRules } from '../src/domain/signals/learner/train.ts';
import { quotaDay } from '../src/eodhd/costs.ts';
import { simulatedPanel } from './domain/signals/simulated-panel.ts';
import { openTestApp, temporaryFolder } from './support/app.ts';
import { recordedNow } from './support/eodhd-server.ts';

describe('openApp', () => {
  it('opens nothing until it is used', async () => {
    const dataDir = temporaryFolder();
    const { app, server } = await openTestApp({ dataDir });
    expect([app.today(), app.simulated, existsSync(join(dataDir, 'asxos.db'))]).toEqual(['2024-09-30', false, false]);
    await app.close();
    expect([existsSync(join(dataDir, 'asxos.db')), server.requests]).toEqual([false, []]);
    app.db.revision();
    expect(statSync(join(dataDir, 'asxos.db')).mode & 0o777).toBe(0o600);
  });

  it('can be closed twice, and before anything was opened', async () => {
    const { app } = await openTestApp();
    app.db.revision();
    await (await app.eodhd()).user().catch(() => undefined);
    await app.close();
    await app.close();
  });

  it('ends a training when it is closed', async () => {
    const { app } = await openTestApp();
    const panel = simulatedPanel({ seed: 1, edge: 0, securities: 30, years: 2.5, features: 2 });
    const training = app.train(panel, { rules: { ...trainRules, trees: 100_000 }, onProgress: () => void app.close() });
    await expect(training).rejects.toThrow('The program was left');
  });

  it('the demo has a place and a market of its own', async () => {
    const { app, server } = await openTestApp({ demo: true, token: undefined });
    expect([app.simulated, app.dataDir]).toEqual([true, app.config.demoDir]);
    const { symbols } = await app.eodhd();
    expect((await symbols()).securities.length).toBeGreaterThanOrEqual(200);
    expect(server.requests).toEqual([]);
  });

  it('runs one at a time under a lock, and refuses at once where it is not to wait', async () => {
    const { app } = await openTestApp();
    let release = (): void => undefined;
    const held = app.lock(
      'refresh',
      'a refresh',
      () =>
        new Promise<void>(done => {
          release = done;
        }),
    );
    await expect(app.lock('refresh', 'a refresh', async () => 1)).rejects.toMatchObject({ code: 'locked' });
    expect(await app.lock('other', 'another', async () => 2)).toBe(2);
    release();
    await held;
    expect(await app.lock('refresh', 'a refresh', async () => 3)).toBe(3);
  });
});

describe('the calls left', () => {
  const quota = {
    dailyLimit: 1000,
    extraLimit: 50,
    requestsToday: 100,
    requestsDate: quotaDay(recordedNow),
    askedAt: recordedNow,
  };

  it('are unknown before EODHD was asked', async () => {
    expect((await openTestApp()).app.callsLeft()).toBeUndefined();
  });

  it('are what EODHD told, less what was spent since, written down or not', async () => {
    const { app, clock } = await openTestApp({ faults: [{ path: 'eod/', body: '[]' }] });
    app.db.transaction(() => {
      writeQuota(app.db, quota);
      storeCalls(app.db, [{ day: quotaDay(clock.now), at: clock.now - 1000, endpoint: 'eod', cost: 1 }]);
    });
    expect(app.callsLeft()).toBe(950);
    clock.now += 1000;
    await (await app.eodhd()).bars('BHP.AU');
    expect(app.callsLeft()).toBe(949);
    expect(app.flushCalls()).toEqual({ count: 1, cost: 1 });
    expect(app.callsLeft()).toBe(949);
    expect(app.flushCalls()).toEqual({ count: 0, cost: 0 });
  });

  it('start afresh at midnight UTC', async () => {
    const { app, clock } = await openTestApp();
    app.db.transaction(() => writeQuota(app.db, { ...quota, requestsToday: 1000 }));
    expect(app.callsLeft()).toBe(50);
    clock.now += day;
    expect(app.callsLeft()).toBe(1050);
  });

  it('hold back a request that would go past them, before it is sent', async () => {
    const { app, server } = await openTestApp();
    app.db.transaction(() => writeQuota(app.db, { ...quota, extraLimit: undefined, requestsToday: 999 }));
    const client = await app.eodhd();
    await expect(client.quotes([parseCode('BHP'), parseCode('CBA')])).rejects.toMatchObject({ code: 'quota' });
    expect(server.requests).toEqual([]);
  });
});
