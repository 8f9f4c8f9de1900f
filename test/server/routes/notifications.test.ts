import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minute } from '../../../src/domain/date.ts';
import { insertNotifications } from '../../../src/server/store/notifications.ts';
import { notifications } from '../../../src/server/store/schema.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { sweep } from '../../../src/server/sweep.ts';
import { emptyStore, openTestServer, openTestStore, register, type TestServer } from '../../support/account-server.ts';

let store: Store;
let server: TestServer;
let token: string;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(async () => {
  await emptyStore(store);
  server = await openTestServer(store);
  token = (await register(server, 'ann')).access_token;
});

const list = async (query = '') => (await server.send('GET', `/notifications${query}`, { token })).body;

async function fill(count: number, more: { expiresAt?: number } = {}): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    userId: 1,
    syncId: server.parts.newId(),
    notificationType: 'system' as const,
    title: `Title ${index}`,
    message: 'Message',
    data: null,
    priority: 'normal' as const,
    createdAt: server.clock.now + index,
    ...more,
  }));
  await insertNotifications(store.db, rows, server.clock.now);
}

test('a page beyond the end is empty and still counts', async () => {
  await fill(3);
  expect(await list('?offset=3')).toEqual({ notifications: [], total_count: 3, unread_count: 3 });
  expect(await list('?limit=2&offset=2')).toMatchObject({ notifications: [{ title: 'Title 0' }], total_count: 3 });
});

test('total_count follows unread_only, unread_count never', async () => {
  await fill(4);
  await server.send('PUT', '/notifications/2/read', { token });
  expect(await list()).toMatchObject({ total_count: 4, unread_count: 3 });
  const unread = await list('?unread_only=true');
  expect(unread).toMatchObject({ total_count: 3, unread_count: 3 });
  expect(unread.notifications).toHaveLength(3);
});

test('an expired one leaves the list and the counts, and is marked read', async () => {
  await fill(1);
  await fill(1, { expiresAt: server.clock.now + 10 * minute });
  expect(await list()).toMatchObject({ total_count: 2, unread_count: 2 });
  server.clock.now += 10 * minute;
  expect(await list()).toMatchObject({ total_count: 1, unread_count: 1 });
  expect((await server.send('PUT', '/notifications/2/read', { token })).status).toBe(404);
  server.clock.now += minute;
  await sweep(server.parts);
  const [expired] = await store.db.select().from(notifications).where(eq(notifications.notificationId, 2));
  expect(expired).toMatchObject({ isRead: true, readAt: server.clock.now, updatedAt: server.clock.now });
});

test.each(['abc', '1.5', '-1', '1e3', '99999999999999999999', '0x1', '%00', "1'--"])(
  'the id %s is of no notification',
  async id => {
    await fill(1);
    for (const [method, path] of [
      ['PUT', `/notifications/${id}/read`],
      ['DELETE', `/notifications/${id}`],
    ] as const) {
      const { status, body } = await server.send(method, path, { token });
      expect([status, body]).toEqual([404, { detail: 'Notification not found' }]);
    }
  },
);

test.each([
  ['limit=abc', 'limit', 'value is not a valid integer'],
  ['limit=201', 'limit', 'ensure this value is less than or equal to 200'],
  ['offset=-1', 'offset', 'ensure this value is greater than or equal to 0'],
  ['offset=999999999999', 'offset', 'ensure this value is less than or equal to 1000000'],
  ['unread_only=maybe', 'unread_only', 'value could not be parsed to a boolean'],
])('?%s is refused', async (query, field, msg) => {
  const { detail } = await list(`?${query}`);
  expect(detail).toHaveLength(1);
  expect(detail[0]).toMatchObject({ loc: ['query', field], msg });
});

describe('uploading', () => {
  const one = {
    id: '019cb000-0000-7000-8000-000000000001',
    notification_type: 'signal_change',
    title: 'BHP',
    message: 'BHP is now a BUY',
    created_at: '2026-03-01T10:00:00Z',
  };
  const upload = (rows: object[]) => server.send('POST', '/notifications', { token, body: { notifications: rows } });

  test('is refused while the setting is off', async () => {
    const { status, body } = await upload([one]);
    expect(status).toBe(403);
    expect(body.detail).toContain('sync.notifications');
  });

  test('stores each once, under the id of the client', async () => {
    const settings = { 'sync.notifications': true };
    await server.send('PATCH', '/users/me/settings', { token, body: { settings } });
    expect((await upload([one])).body).toEqual({ message: 'Stored 1 notifications', count: 1 });
    const two = { ...one, id: '019cb000-0000-7000-8000-000000000002' };
    expect((await upload([one, two, two])).body.count).toBe(1);
    expect((await list()).notifications[0]).toMatchObject({ title: 'BHP', created_at: '2026-03-01T10:00:00.000Z' });
    expect((await upload([{ ...one, id: 'no id' }])).body.detail[0].loc).toEqual(['body', 'notifications', 0, 'id']);
  });
});
