import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { day, hour, minute } from '../../../src/domain/date.ts';
import type { Store } from '../../../src/server/store/store.ts';
import {
  emptyStore,
  openTestServer,
  openTestStore,
  type Reply,
  register,
  type TestServer,
} from '../../support/account-server.ts';

let store: Store;
let server: TestServer;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(async () => {
  await emptyStore(store);
  server = await openTestServer(store);
});

const login = (username: string, password: string, more: object = {}): Promise<Reply> =>
  server.send('POST', '/auth/login', { body: { username, password }, ...more });
const me = async (token: string): Promise<number> => (await server.send('GET', '/users/me', { token })).status;
const refresh = (refresh_token: string): Promise<Reply> =>
  server.send('POST', '/auth/refresh', { body: { refresh_token } });
const inbox = async (token: string): Promise<{ title: string; data: { event: string } }[]> =>
  (await server.send('GET', '/notifications', { token })).body.notifications;

describe('names', () => {
  test('are unique whatever their case, and both lead to the account', async () => {
    await register(server, 'Ann');
    const taken = await server.send('POST', '/auth/register', {
      body: { username: 'aNN', email: 'other@example.com', password: 'long enough' },
    });
    expect([taken.status, taken.body]).toEqual([400, { detail: 'Username already registered' }]);
    for (const name of ['ann', 'ANN@EXAMPLE.COM']) {
      expect((await login(name, 'password of Ann')).body.user.username).toBe('Ann');
    }
  });

  test('of two who register one name at once, one is told that it is taken', async () => {
    const body = { username: 'ann', email: 'ann@example.com', password: 'long enough' };
    const replies = await Promise.all([1, 2, 3].map(() => server.send('POST', '/auth/register', { body })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });
});

describe('access tokens', () => {
  test('are good for an hour', async () => {
    const { access_token: token } = await register(server, 'ann');
    server.clock.now += hour - 1000;
    expect(await me(token)).toBe(200);
    server.clock.now += 1000;
    const late = await server.send('GET', '/users/me', { token });
    expect([late.status, late.body.detail]).toEqual([401, 'Token has expired']);
    expect(late.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('logging out ends that session at once, with its refresh token, and no other', async () => {
    const first = await register(server, 'ann');
    const second = (await login('ann', 'password of ann')).body;
    await server.send('POST', '/auth/logout', { token: first.access_token });
    expect([await me(first.access_token), await me(second.access_token)]).toEqual([401, 200]);
    expect((await refresh(first.refresh_token)).status).toBe(401);
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  test('a refresh token is no access token, nor the other way round', async () => {
    const { access_token, refresh_token } = await register(server, 'ann');
    expect(await me(refresh_token)).toBe(401);
    expect((await refresh(access_token)).body).toEqual({ detail: 'Invalid refresh token' });
  });
});

describe('refresh tokens', () => {
  test('are exchanged for the next one, while the access token of before stays good', async () => {
    const first = await register(server, 'ann');
    const { status, body } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    expect(body.refresh_token).not.toBe(first.refresh_token);
    expect([await me(first.access_token), await me(body.access_token)]).toEqual([200, 200]);
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });

  test('one that is used twice ends its sign-in and no other, and is told', async () => {
    const first = await register(server, 'ann');
    const other = (await login('ann', 'password of ann')).body;
    const next = (await refresh(first.refresh_token)).body;
    const again = await refresh(first.refresh_token);
    expect([again.status, again.body.detail]).toEqual([401, 'Refresh token was used before: its sign-in has ended']);
    expect([await me(first.access_token), await me(next.access_token)]).toEqual([401, 401]);
    expect((await refresh(next.refresh_token)).status).toBe(401);
    expect(await me(other.access_token)).toBe(200);
    const [told] = await inbox(other.access_token);
    expect(told).toMatchObject({ notification_type: 'system', priority: 'urgent', data: { event: 'token-reused' } });
    // What is over already is not told a second time.
    await refresh(first.refresh_token);
    expect(await inbox(other.access_token)).toHaveLength(1);
    expect(server.log.some(line => line.includes('"event":"refresh token reused"'))).toBe(true);
  });

  test('of two at once, one is the reuse', async () => {
    const { refresh_token } = await register(server, 'ann');
    const replies = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('end after 30 days without use', async () => {
    const { refresh_token, refresh_expires_in } = await register(server, 'ann');
    expect(refresh_expires_in).toBe((30 * day) / 1000);
    server.clock.now += 29 * day;
    const next = await refresh(refresh_token);
    expect(next.status).toBe(200);
    server.clock.now += 30 * day;
    expect((await refresh(next.body.refresh_token)).body).toEqual({ detail: 'Refresh token has expired' });
  });

  test('a session that was renewed by its bearer token is of the same family and lives no longer', async () => {
    const first = await register(server, 'ann');
    server.clock.now += minute;
    const second = (await server.send('POST', '/auth/refresh', { token: first.access_token })).body;
    expect(second.refresh_expires_in).toBe((30 * day - minute) / 1000);
    const third = (await refresh(first.refresh_token)).body;
    await refresh(first.refresh_token);
    expect([await me(second.access_token), await me(third.access_token)]).toEqual([401, 401]);
  });
});

describe('a sign-in', () => {
  const from = (agent: string) => ({ headers: { 'user-agent': agent } });

  test('from a new device is told, once, with its name and address', async () => {
    const { access_token: token } = await register(server, 'ann', from('desk'));
    await login('ann', 'password of ann', from('desk'));
    expect(await inbox(token)).toEqual([]);
    await login('ann', 'password of ann', { ...from('phone\u00e9"<b>'), address: '198.51.100.7' });
    await login('ann', 'password of ann', from('phone\u00e9"<b>'));
    const told = await inbox(token);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ title: 'Sign-in from a new device', data: { event: 'new-device' } });
    expect(JSON.stringify(told[0])).toContain('198.51.100.7');
  });

  test('sets when the account was last used', async () => {
    const { access_token: token } = await register(server, 'ann');
    expect((await server.send('GET', '/auth/me', { token })).body.last_login_at).toBe(null);
    server.clock.now += 5000;
    await login('ann', 'password of ann');
    expect((await server.send('GET', '/auth/me', { token })).body.last_login_at).toBe('2026-03-03T00:00:05Z');
  });
});

describe('equal for unknown users', () => {
  test('the words, the headers and the work of a login', async () => {
    await register(server, 'ann');
    const tried = async (username: string) => {
      const before = server.work.hashes;
      const { status, body, headers } = await login(username, 'wrong');
      headers.delete('x-request-id');
      return { status, body, headers: [...headers], hashes: server.work.hashes - before };
    };
    const known = await tried('ann');
    expect(known).toMatchObject({ status: 401, body: { detail: 'Incorrect username or password' }, hashes: 1 });
    expect(await tried('nobody')).toEqual(known);
    expect(await tried('nobody@example.com')).toEqual(known);
  });

  test('and after how many tries they must wait', async () => {
    await register(server, 'ann');
    for (const name of ['ann', 'nobody']) {
      const statuses: number[] = [];
      for (let tries = 0; tries < 11; tries++) statuses.push((await login(name, 'wrong')).status);
      expect(statuses).toEqual([...Array(10).fill(401), 429]);
    }
  });
});

describe('limits', () => {
  const fail = async (count: number, more: object = {}, name = 'ann'): Promise<void> => {
    for (let tries = 0; tries < count; tries++) await login(name, `wrong ${tries}`, more);
  };

  test('ten failures, by either name and from any address, then even the right password waits', async () => {
    await register(server, 'ann');
    await fail(5, { address: '198.51.100.1' });
    await fail(5, { address: '198.51.100.2' }, 'ann@example.com');
    server.clock.now += 5 * minute;
    const refused = await login('ann', 'password of ann');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600']);
    expect(refused.body.detail).toBe('Too many attempts. Try again in 600 seconds.');
    server.clock.now += 10 * minute;
    expect((await login('ann', 'password of ann')).status).toBe(200);
  });

  test('successes do not count', async () => {
    await register(server, 'ann');
    await fail(9);
    for (let times = 0; times < 30; times++) expect((await login('ann', 'password of ann')).status).toBe(200);
    expect((await login('ann', 'wrong')).status).toBe(401);
    expect((await login('ann', 'wrong')).status).toBe(429);
  });

  test('a refused try costs no hash', async () => {
    await register(server, 'ann');
    await fail(10);
    const before = server.work.hashes;
    await login('ann', 'wrong');
    expect(server.work.hashes).toBe(before);
  });

  test('fifty at once are no more than fifty in turn', async () => {
    await register(server, 'ann');
    const replies = await Promise.all(Array.from({ length: 30 }, (_, index) => login('ann', `guess ${index}`)));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  test('fifty failures of an address, over all accounts; another address is free', async () => {
    server = await openTestServer(store, { env: { LOGIN_LIMIT_ADDRESS: '6' } });
    await register(server, 'ann');
    for (const name of ['a1', 'a2', 'a3']) await fail(2, {}, name);
    expect((await login('ann', 'password of ann')).status).toBe(429);
    expect((await login('ann', 'password of ann', { address: '198.51.100.9' })).status).toBe(200);
  });

  test('twenty registrations of an address an hour', async () => {
    server = await openTestServer(store, { env: { LOGIN_LIMIT_REGISTRATIONS: '3' } });
    for (const name of ['one', 'two', 'three']) await register(server, name);
    const body = { username: 'four', email: 'four@example.com', password: 'long enough' };
    const refused = await server.send('POST', '/auth/register', { body });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600']);
    expect((await server.send('POST', '/auth/register', { body, address: '2001:db8::1' })).status).toBe(200);
  });

  test('outlive a restart, and hold for every instance', async () => {
    await register(server, 'ann');
    await fail(4);
    const other = await openTestServer(store, { clock: server.clock });
    for (let tries = 0; tries < 6; tries++) {
      await other.send('POST', '/auth/login', { body: { username: 'ann', password: 'wrong' } });
    }
    server = await openTestServer(store, { clock: server.clock });
    expect((await login('ann', 'password of ann')).status).toBe(429);
  });
});
