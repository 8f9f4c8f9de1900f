import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { NotificationDraft } from '../../src/domain/alerts/notification.ts';
import type { Store } from '../../src/server/store/store.ts';
import { notify } from '../../src/usecases/notify.ts';
import { syncNow } from '../../src/usecases/sync.ts';
import { emptyStore, openTestStore } from '../support/account-server.ts';
import { openTwo } from '../support/two-apps.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(() => emptyStore(store));

const tell = (app: App, title: string, more: Partial<NotificationDraft> = {}): unknown =>
  notify(app, {
    type: 'signal_change',
    priority: 'high',
    title,
    message: 'm',
    data: { n: 1 },
    createdAt: app.now(),
    ...more,
  });

/** What the server has in clear, the newest first, but for what it has told itself. */
async function inClear(app: App): Promise<unknown[]> {
  const { notifications } = await (await app.account()).notifications({ limit: 200 });
  return notifications.filter(each => each.notification_type !== 'system').map(each => [each.title, each.is_read]);
}

test('notifications go to the server in clear only where the setting is on, and only those from then on', async () => {
  const { laptop } = await openTwo(store);
  tell(laptop, 'before');
  await syncNow(laptop);
  expect(await inClear(laptop)).toEqual([]);
  await (await laptop.account()).changeSettings({ 'sync.notifications': true });
  tell(laptop, 'x'.repeat(300));
  await syncNow(laptop);
  await syncNow(laptop);
  expect(await inClear(laptop)).toEqual([['x'.repeat(200), false]]);
});

test('more than fit into one request are sent in several, and what two devices tell is there once', async () => {
  const { laptop, desktop } = await openTwo(store);
  await (await laptop.account()).changeSettings({ 'sync.notifications': true });
  for (let index = 0; index < 130; index++) tell(laptop, `n${index}`, { eventKey: `signal|${index}` });
  tell(laptop, 'fired', { eventKey: 'alert|7|BHP above 50|x' });
  tell(desktop, 'n5', { eventKey: 'signal|5' });
  tell(desktop, 'fired', { eventKey: 'alert|3|BHP above 50|x' });
  await syncNow(laptop);
  await syncNow(desktop);
  expect((await inClear(desktop)).length).toBe(131);
});
