import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { minute } from '../../src/domain/date.ts';
import type { Store } from '../../src/server/store/store.ts';
import { openSyncTask, type SyncState, unknownSync } from '../../src/tui/sync-task.ts';
import { viewInbox } from '../../src/usecases/inbox.ts';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { editEntry, recordEntry } from '../../src/usecases/record-entry.ts';
import { syncNow } from '../../src/usecases/sync.ts';
import { emptyStore, openTestStore } from '../support/account-server.ts';
import { openTestConsole, type TestConsole } from '../support/demo-console.ts';
import { openTwo } from '../support/two-apps.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(() => emptyStore(store));

function watch(app: App) {
  let state: SyncState = unknownSync;
  const seen: { said: { kind: string; text: string }[]; crashes: unknown[]; arrivals: number } = {
    said: [],
    crashes: [],
    arrivals: 0,
  };
  const task = openSyncTask({
    app,
    change: change => {
      state = { ...state, ...change };
    },
    say: ({ kind, text }) => void seen.said.push({ kind, text }),
    arrived: () => {
      seen.arrivals += 1;
    },
    crash: error => void seen.crashes.push(error),
  });
  return { task, seen, state: () => state };
}

const linesOf = (app: App): unknown[] => listEntries(app).rows.map(({ entry }) => [entry.kind, entry.on]);

const seen = (t: TestConsole, words: string): Promise<void> =>
  vi.waitFor(() => expect(t.frame().replace(/\s+/g, ' ')).toContain(words), { timeout: 10_000, interval: 5 });

describe('sync of the open console', () => {
  test('comes by itself when it is due, and says nothing where all went well', async () => {
    const { laptop, desktop, pass } = await openTwo(store);
    recordEntry(laptop, 'buy 10 BHP @ 40 on 2026-02-02');
    await syncNow(laptop);
    const { task, seen, state } = watch(desktop);
    await task.start({ asked: false });
    expect(linesOf(desktop)).toEqual(linesOf(laptop));
    expect(state()).toMatchObject({
      work: undefined,
      trouble: undefined,
      status: { unpushed: 0, syncedAt: desktop.now() },
    });
    recordEntry(laptop, 'sell 5 BHP @ 41 on 2026-02-03');
    await syncNow(laptop);
    pass(minute);
    await task.start({ asked: false });
    expect(linesOf(desktop)).not.toEqual(linesOf(laptop));
    pass(15 * minute);
    await task.start({ asked: false });
    expect(linesOf(desktop)).toEqual(linesOf(laptop));
    expect(seen).toEqual({ said: [], crashes: [], arrivals: 2 });
    await task.stop();
  });

  test('a server that is down is said once until a sync works, and in the inbox; what is recorded waits', async () => {
    const { laptop, server, pass } = await openTwo(store);
    await server.stop();
    const { task, seen, state } = watch(laptop);
    for (let time = 0; time < 3; time++) {
      recordEntry(laptop, 'buy 10 BHP @ 40 on 2026-02-02');
      await task.start({ asked: false });
      pass(15 * minute);
    }
    expect(seen.said).toEqual([{ kind: 'warning', text: expect.stringMatching(/^Not synced: .*127\.0\.0\.1/) }]);
    expect(state()).toMatchObject({ trouble: { code: 'unavailable' }, status: { syncedAt: undefined } });
    expect(state().status?.unpushed).toBeGreaterThan(2);
    expect(viewInbox(laptop, { limit: 10 }).notifications.map(({ title }) => title)).toEqual(['A sync failed']);
    await task.start({ asked: true });
    expect(seen.said.at(-1)).toMatchObject({ kind: 'failure' });
    await task.stop();
  });

  test('leaving breaks it off without a word, and the next one goes on', async () => {
    const { laptop } = await openTwo(store);
    recordEntry(laptop, 'buy 10 BHP @ 40 on 2026-02-02');
    const { task, seen } = watch(laptop);
    const over = task.start({ asked: true });
    await task.stop();
    await over;
    expect(seen).toEqual({ said: [], crashes: [], arrivals: 0 });
    expect((await syncNow(laptop)).unpushed).toBe(0);
  });

  test('is left out where the setting says no; asked for it comes all the same', async () => {
    const { laptop } = await openTwo(store);
    const never = { ...laptop, config: { ...laptop.config, 'schedule.sync': 'no' } };
    const { task, seen, state } = watch(never);
    await task.start({ asked: false });
    expect(state()).toBe(unknownSync);
    await task.start({ asked: true });
    expect(seen.said).toEqual([{ kind: 'info', text: expect.stringMatching(/^Synced: \d+ received, \d+ sent$/) }]);
    await task.stop();
  });
});

describe('the console', () => {
  test.each([
    [60, 20],
    [80, 24],
    [120, 40],
  ])('shows how sync stands, and what came without a key, at %i by %i', async (columns, rows) => {
    const { laptop, desktop, server } = await openTwo(store);
    recordEntry(laptop, 'buy 10 BHP @ 40 on 2026-02-02');
    await syncNow(laptop);
    const t = openTestConsole(desktop, { columns, rows });
    t.press('2');
    await t.runtime.start();
    await seen(t, 'BHP');
    t.press('9');
    await seen(t, 'synced 0 min ago; nothing to send; 2 devices');
    recordEntry(desktop, 'buy 5 CSL @ 300 on 2026-02-03');
    await seen(t, '1 row to send');
    t.press('y');
    await seen(t, 'Synced: 0 received, 1 sent');
    await seen(t, 'nothing to send');
    expect(t.tooWide()).toEqual([]);
    await server.stop();
    t.press('y');
    await seen(t, 'not synced: ');
    expect(t.tooWide()).toEqual([]);
    expect(t.endings).toEqual([]);
    await t.runtime.stop();
  });

  test('names the command that settles a conflict, and the one by which a device takes part', async () => {
    const { laptop, desktop, pass } = await openTwo(store);
    const { entry } = recordEntry(laptop, 'buy 10 BHP @ 40 on 2026-02-02');
    await syncNow(laptop);
    await syncNow(desktop);
    editEntry(laptop, entry.id, 'buy 11 BHP @ 40 on 2026-02-02');
    pass(minute);
    editEntry(desktop, entry.id, 'buy 12 BHP @ 40 on 2026-02-02');
    await syncNow(desktop);
    const t = openTestConsole(laptop, { columns: 100, rows: 30 });
    t.press('9', 'y');
    await seen(t, `asxos sync settle ${entry.id.slice(-8)} --keep 2 or 3`);
    await vi.waitFor(() => {
      const [said] = t.runtime.snapshot().state.said;
      expect(said?.text).toMatch(/^Synced: \d+ received, 1 sent; 1 entry in conflict$/);
    });
    await t.runtime.stop();
  });
});
