import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { currentEntries } from '../../../src/db/entries.ts';
import { listJobRuns } from '../../../src/db/jobs.ts';
import { listNotifications } from '../../../src/db/notifications.ts';
import { minute } from '../../../src/domain/date.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { recordEntry } from '../../../src/usecases/record-entry.ts';
import { runSyncJob } from '../../../src/usecases/run-due/sync-job.ts';
import { planDue, runDue } from '../../../src/usecases/run-due.ts';
import { logout } from '../../../src/usecases/sign-in.ts';
import { emptyStore, openTestStore } from '../../support/account-server.ts';
import { openTestApp } from '../../support/app.ts';
import { failureOf } from '../../support/eodhd-client.ts';
import { openTwo } from '../../support/two-apps.ts';
import { evening } from '../scripted-market.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(() => emptyStore(store));

const isPlanned = async (app: App): Promise<boolean> => (await planDue(app, {})).jobs.includes('sync');
const syncs = (app: App): unknown[] =>
  listJobRuns(app.db, 10, 'sync')
    .map(({ outcome }) => outcome)
    .reverse();
const toldOf = (app: App): string[] =>
  listNotifications(app.db, 10)
    .map(({ title }) => title)
    .filter(title => title.startsWith('A sync'));

describe('sync of its own accord', () => {
  test('comes every quarter of an hour, and when an entry was recorded since', async () => {
    const { laptop, desktop, pass } = await openTwo(store);
    expect(await isPlanned(laptop)).toBe(true);
    expect(await runSyncJob(laptop, {})).toEqual([]);
    expect(await isPlanned(laptop)).toBe(false);
    pass(minute);
    recordEntry(laptop, 'buy 10 BHP @ 40 on 2026-02-02');
    expect(await isPlanned(laptop)).toBe(true);
    expect(await runSyncJob(laptop, {})).toEqual([]);
    expect(await isPlanned(laptop)).toBe(false);
    // What else is due has no key to ask the provider with, and does not keep sync from its turn.
    expect((await failureOf(runDue(desktop))).message).toBe('No EODHD key is set');
    expect(currentEntries(desktop.db)).toEqual(currentEntries(laptop.db));
    pass(15 * minute);
    expect(await isPlanned(laptop)).toBe(true);
    expect(syncs(laptop)).toEqual(['done', 'done']);
  });

  test('an unreachable server is no failure, is told once, and is tried again in a quarter of an hour', async () => {
    const { laptop, server, pass } = await openTwo(store);
    await server.stop();
    for (let time = 0; time < 2; time++) {
      expect(await runSyncJob(laptop, {})).toEqual([]);
      expect(await isPlanned(laptop)).toBe(false);
      pass(15 * minute);
    }
    expect([syncs(laptop), toldOf(laptop)]).toEqual([['failed', 'failed'], ['A sync failed']]);
  });

  test('where nobody is signed in any more, it is told once, with the way out', async () => {
    const { laptop, pass } = await openTwo(store);
    await logout(laptop);
    expect(await runSyncJob(laptop, {})).toMatchObject([
      { reason: expect.stringMatching(/^sync: .*asxos config set schedule.sync no$/) },
    ]);
    pass(15 * minute);
    expect(await runSyncJob(laptop, {})).toEqual([]);
    expect([syncs(laptop), toldOf(laptop)]).toEqual([['failed', 'failed'], ['A sync failed']]);
  });

  test('is left out where the setting says no, or the device takes no part', async () => {
    const { laptop } = await openTwo(store);
    expect(await isPlanned({ ...laptop, config: { ...laptop.config, 'schedule.sync': 'no' } })).toBe(false);
    const other = await openTestApp({ now: evening, env: { ASXOS_ACCOUNT_URL: 'http://127.0.0.1:9' } });
    expect(await isPlanned(other.app)).toBe(false);
  });
});
