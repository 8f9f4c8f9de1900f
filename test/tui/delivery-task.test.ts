import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Notification } from '../../src/domain/alerts/notification.ts';
import { openRuntime } from '../../src/tui/runtime.ts';
import { viewDeliveries } from '../../src/usecases/deliver-notifications.ts';
import { notify } from '../../src/usecases/notify.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { openReceiver } from '../support/webhook-receiver.ts';

async function open() {
  const receiver = await openReceiver();
  const dataDir = temporaryFolder();
  const settings = {
    'notify.desktop': 'off',
    'notify.webhook': `${receiver.url}/hook`,
    'notify.allowPrivateAddresses': 'yes',
  };
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify(settings));
  const { app } = await openTestApp({ dataDir, token: undefined });
  const told: (readonly Notification[])[] = [];
  const endings: unknown[] = [];
  const runtime = openRuntime(app, {
    size: { columns: 80, rows: 24 },
    end: ending => endings.push(ending),
    callOut: each => told.push(each),
  });
  const tell = (title: string) =>
    notify(app, {
      ...{ type: 'portfolio_alert', priority: 'high', title, message: '', data: {}, createdAt: app.now() },
    });
  return { app, runtime, receiver, told, endings, tell };
}

test('what is told while the console is open is called out and sent, once', async () => {
  const { runtime, receiver, told, tell, endings } = await open();
  await runtime.start();
  tell('fell');
  tell('rose');
  await vi.waitFor(() => expect(receiver.posts).toHaveLength(2), 10_000);
  expect(told.map(each => each.map(({ title }) => title))).toEqual([['fell', 'rose']]);
  await runtime.stop();
  expect(endings).toEqual([]);
});

test('what waited when it is opened is sent, and not called out', async () => {
  const { runtime, receiver, told, tell, app } = await open();
  await runtime.stop();
  tell('fell');
  const later = openRuntime(app, {
    size: { columns: 80, rows: 24 },
    end: () => undefined,
    callOut: each => told.push(each),
  });
  await later.start();
  await vi.waitFor(() => expect(receiver.posts).toHaveLength(1), 10_000);
  expect(told).toEqual([]);
  await later.stop();
});

test('leaving does not wait for a slow receiver, and gives back what is not sent', async () => {
  const { runtime, receiver, tell, app } = await open();
  receiver.answer = () => undefined;
  await runtime.start();
  tell('fell');
  await vi.waitFor(() => expect(receiver.posts).toHaveLength(1), 10_000);
  const started = performance.now();
  await runtime.stop();
  expect(performance.now() - started).toBeLessThan(2000);
  const [row] = viewDeliveries(app, { limit: 1, offset: 0, failed: false }).deliveries;
  expect(row).toMatchObject({ outcome: undefined, attempts: 0 });
});
