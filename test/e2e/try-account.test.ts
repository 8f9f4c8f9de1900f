import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryAccount } from '../../scripts/try-account.ts';
import type { Store } from '../../src/server/store/store.ts';
import { emptyStore, listenOnLoopback, openTestServer, openTestStore } from '../support/account-server.ts';
import { openReceiver } from '../support/webhook-receiver.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await emptyStore(store);
}, 60_000);
afterAll(() => store.close());

test('npm run try:account walks through every step, and prints it', async () => {
  const clock = { now: Date.now() };
  const { url } = await listenOnLoopback(await openTestServer(store, { clock }));
  const lines: string[] = [];
  expect(await tryAccount(url, line => lines.push(line))).toBe(true);
  expect(lines.map(line => line.split(/ +/).slice(0, 2).join(' '))).toEqual([
    ...['ok register', 'ok login', 'ok me', 'ok settings', 'ok refresh', 'ok notifications', 'ok logout'],
  ]);
});

test('a step that fails is the last one, and is told', async () => {
  const { url, ...receiver } = await openReceiver();
  const lines: string[] = [];
  expect(await tryAccount(url, line => lines.push(line))).toBe(false);
  expect(lines).toEqual([expect.stringMatching(/^FAILED {2}register .*did not answer in JSON/)]);
  expect(receiver.posts).toHaveLength(1);
});
