import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { userAccounts, userSettings } from '../../../src/server/store/schema.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { emptyStore, openTestServer, openTestStore, register, type TestServer } from '../../support/account-server.ts';

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

const on = (agent: string) => ({ headers: { 'user-agent': agent } });
const login = async (username: string, password: string, more: object = {}) =>
  (await server.send('POST', '/auth/login', { body: { username, password }, ...more })).body;
const changePassword = (token: string, current_password: string, new_password: string, more: object = {}) =>
  server.send('POST', '/users/me/password', { token, body: { current_password, new_password }, ...more });
const events = async (token: string): Promise<string[]> => {
  const { body } = await server.send('GET', '/notifications', { token });
  return body.notifications.map(({ data }: { data: { event: string } }) => data.event);
};

describe('a changed password', () => {
  test('ends all sessions, with their refresh tokens', async () => {
    const first = await register(server, 'ann');
    const second = await login('ann', 'password of ann');
    expect((await changePassword(first.access_token, 'password of ann', 'a new password')).status).toBe(200);
    for (const { access_token: token, refresh_token } of [first, second]) {
      expect((await server.send('GET', '/users/me', { token })).status).toBe(401);
      expect((await server.send('POST', '/auth/refresh', { body: { refresh_token } })).status).toBe(401);
    }
    expect((await login('ann', 'password of ann')).detail).toBe('Incorrect username or password');
    expect(await events((await login('ann', 'a new password')).access_token)).toEqual([]);
  });

  test('is told where the account has another device, and where the token was taken to another', async () => {
    await register(server, 'ann', on('desk'));
    const phone = await login('ann', 'password of ann', on('phone'));
    await changePassword(phone.access_token, 'password of ann', 'a new password', on('phone'));
    const again = await login('ann', 'a new password', on('desk'));
    expect(await events(again.access_token)).toEqual(['password-changed', 'new-device']);

    const bob = await register(server, 'bob', on('desk'));
    await changePassword(bob.access_token, 'password of bob', 'a new password', on('elsewhere'));
    const bobs = await login('bob', 'a new password', on('desk'));
    expect(await events(bobs.access_token)).toEqual(['password-changed']);
  });

  test('a wrong current one counts as a failed try', async () => {
    const { access_token: token } = await register(server, 'ann');
    for (let tries = 0; tries < 10; tries++) {
      expect((await changePassword(token, `guess ${tries}`, 'a new password')).status).toBe(400);
    }
    expect((await changePassword(token, 'password of ann', 'a new password')).status).toBe(429);
  });

  test('a new one is 8 to 100 long, whatever it is made of', async () => {
    const { access_token: token } = await register(server, 'ann');
    const refused = async (password: string) => (await changePassword(token, 'password of ann', password)).body.detail;
    expect(await refused('x'.repeat(101))).toBe('Password must be at most 100 characters');
    const odd = "'; drop table user_accounts; -- \u0000 \u{1f512}";
    expect((await changePassword(token, 'password of ann', odd)).status).toBe(200);
    expect((await login('ann', odd)).user.username).toBe('ann');
  });
});

describe('an account', () => {
  test('that is closed is open to nobody, and keeps its name', async () => {
    const first = await register(server, 'ann');
    expect((await server.send('DELETE', '/users/me', { token: first.access_token })).status).toBe(200);
    expect((await server.send('GET', '/users/me', { token: first.access_token })).status).toBe(401);
    const refreshed = await server.send('POST', '/auth/refresh', { body: { refresh_token: first.refresh_token } });
    expect(refreshed.status).toBe(401);
    expect((await login('ann', 'password of ann')).detail).toBe('Account is inactive');
    // Only who knows the password is told.
    expect((await login('ann', 'wrong')).detail).toBe('Incorrect username or password');
    const body = { username: 'ann', email: 'b@example.com', password: 'long enough' };
    expect((await server.send('POST', '/auth/register', { body })).status).toBe(400);
  });

  test('takes no address of another, and keeps what is not sent', async () => {
    const { access_token: token } = await register(server, 'ann');
    await register(server, 'bob');
    const patch = (body: object) => server.send('PATCH', '/users/me', { token, body });
    expect((await patch({ email: 'BOB@example.com' })).body).toEqual({ detail: 'Email already registered' });
    expect((await patch({ email: null, full_name: null })).body).toEqual({ detail: 'No fields to update' });
    expect((await patch({ email: 'ANN@example.com' })).body).toMatchObject({ email: 'ANN@example.com' });
    expect((await patch({ full_name: 'Ann \u{1f98a}' })).body).toMatchObject({
      email: 'ANN@example.com',
      full_name: 'Ann \u{1f98a}',
    });
  });
});

test('every change of an account and of its settings is stamped', async () => {
  const { access_token: token } = await register(server, 'ann');
  const stamps = async () => {
    const [account] = await store.db.select({ updatedAt: userAccounts.updatedAt }).from(userAccounts);
    const [settings] = await store.db.select({ updatedAt: userSettings.updatedAt }).from(userSettings);
    return [account?.updatedAt, settings?.updatedAt];
  };
  const start = server.clock.now;
  expect(await stamps()).toEqual([start, start]);
  server.clock.now += 1234;
  await server.send('PATCH', '/users/me', { token, body: { full_name: 'Ann' } });
  expect(await stamps()).toEqual([start + 1234, start]);
  await server.send('PATCH', '/users/me/settings', { token, body: { settings: { theme: 'light' } } });
  expect(await stamps()).toEqual([start + 1234, start + 1234]);
});
