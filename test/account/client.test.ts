import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseServer } from '../../src/account/address.ts';
import type { SyncRow } from '../../src/account/messages.ts';
import { refusedWith } from '../../src/account/refusals.ts';
import { hour, isoInstant, minute } from '../../src/domain/date.ts';
import { describe as inWords } from '../../src/failure.ts';
import type { Store } from '../../src/server/store/store.ts';
import { emptyKept, inKeychain, openDevice, signInKept } from '../support/account-device.ts';
import {
  emptyStore,
  type LoopbackServer,
  listenOnLoopback,
  openTestServer,
  openTestStore,
  secret,
} from '../support/account-server.ts';
import { openReceiver } from '../support/webhook-receiver.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());
beforeEach(() => emptyStore(store));

const ann = { username: 'ann', email: 'ann@example.com', password: 'password of ann' };

const openServer = async (options: Parameters<typeof openTestServer>[1] = {}): Promise<LoopbackServer> =>
  listenOnLoopback(await openTestServer(store, options));

/** A server, and a device where ann is signed in. */
async function signedIn(options: Parameters<typeof openTestServer>[1] = {}) {
  const server = await openServer(options);
  const now = () => server.clock.now;
  const device = openDevice({ url: server.url, now });
  await device.client.register(ann, inKeychain);
  return { server, now, ...device };
}

/** The Failure that a promise ends with, in words, with its HTTP status. */
async function trouble(asked: Promise<unknown>) {
  try {
    await asked;
  } catch (error) {
    return { ...inWords(error), status: refusedWith(error) };
  }
  throw new Error('It went well');
}

const rowAt = (index: number): SyncRow => ({
  id: `019cb000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
  kind: 'entry',
  clock: '0001.0',
  blob: Buffer.from(`sealed ${index}`).toString('base64'),
  deleted: false,
});

describe('each endpoint', () => {
  test('of the account is asked as the server understands it', async () => {
    const { server, client, now } = await signedIn();
    expect(await client.me()).toMatchObject({ username: 'ann', email: 'ann@example.com', is_active: true });
    expect(await client.authMe()).toEqual(await client.me());
    expect(await client.changeProfile({ full_name: 'Ann Lee' })).toMatchObject({ full_name: 'Ann Lee' });
    expect((await client.replaceSettings({ theme: 'dark', beta: true })).settings).toEqual({
      theme: 'dark',
      beta: true,
    });
    expect((await client.changeSettings({ theme: null, list: [1] })).settings).toEqual({
      ...{ theme: null, beta: true, list: [1] },
    });
    expect((await client.settings()).settings).toMatchObject({ beta: true });
    const before = (await client.signIn()).tokens;
    expect((await client.refresh()).tokens.access).not.toBe(before.access);
    const elsewhere = openDevice({ url: server.url, now, name: 'desk' });
    expect(
      (await elsewhere.client.login({ username: 'ANN@example.com', password: ann.password }, inKeychain)).user,
    ).toEqual({
      ...{ userId: 1, username: 'ann', email: 'ann@example.com' },
    });
    expect(await elsewhere.client.logout()).toMatchObject({ message: 'Successfully logged out' });
    await client.changePassword({ current_password: ann.password, new_password: 'another password' });
    expect(await trouble(client.me())).toMatchObject({ code: 'unauthorised' });
    await client.login({ username: 'ann', password: 'another password' }, inKeychain);
    expect(await client.closeAccount()).toMatchObject({ message: 'Account deactivated successfully' });
    expect(await trouble(client.login({ username: 'ann', password: 'another password' }, inKeychain))).toMatchObject({
      ...{ code: 'unauthorised', status: 403, message: 'The account server says: Account is inactive' },
    });
  });

  test('of notifications and preferences too', async () => {
    const { client, now } = await signedIn();
    const upload = {
      id: rowAt(1).id,
      notification_type: 'portfolio_alert' as const,
      title: 'BHP above 50',
      message: 'It closed at 50.10',
      created_at: isoInstant(now()),
    };
    expect(await trouble(client.uploadNotifications([upload]))).toMatchObject({ code: 'unauthorised', status: 403 });
    await client.changeSettings({ 'sync.notifications': true });
    expect(await client.uploadNotifications([upload])).toMatchObject({ count: 1 });
    const inbox = await client.notifications({ unreadOnly: true, limit: 10 });
    expect(inbox).toMatchObject({ total_count: 1, unread_count: 1, notifications: [{ title: 'BHP above 50' }] });
    const id = inbox.notifications[0]?.notification_id ?? 0;
    expect(await client.readNotification(id)).toEqual({ message: 'Notification marked as read' });
    expect(await client.readAllNotifications()).toMatchObject({ count: 0 });
    expect(await client.removeNotification(id)).toEqual({ message: 'Notification deleted' });
    expect(await trouble(client.removeNotification(id))).toMatchObject({ code: 'not-found', status: 404 });
    expect((await client.preferences()).preferences).toHaveLength(6);
    const change = { enabled: false, settings: { min_confidence: 0.9 } };
    expect(await client.changePreference('signal_change', change)).toEqual({ alert_type: 'signal_change', ...change });
    const set = await client.setPreferences([{ alert_type: 'model_update', enabled: false }]);
    expect(set.preferences.filter(({ enabled }) => !enabled).map(each => each.alert_type)).toEqual([
      ...['model_update', 'signal_change'],
    ]);
  });

  test('of sync: rows are pushed once, pulled in pages, and a cursor of another server is told by its status', async () => {
    const { client } = await signedIn();
    const rows = Array.from({ length: 5 }, (_, index) => rowAt(index));
    expect(await client.push(rows)).toEqual({ stored: 5, replayed: 0 });
    expect(await client.push(rows.slice(3))).toEqual({ stored: 0, replayed: 2 });
    const first = await client.pull({ since: undefined, limit: 3 });
    expect(first).toMatchObject({ rows: rows.slice(0, 3), more: true });
    const last = await client.pull({ since: first.cursor });
    expect(last).toMatchObject({ rows: rows.slice(3), more: false });
    const foreign = client.pull({ since: '3.00000000-0000-0000-0000-000000000000' });
    expect(await trouble(foreign)).toMatchObject({ status: 409, code: 'refused' });
  });
});

describe('what is wrong', () => {
  test('with a body is said before it is sent, without a password', async () => {
    const receiver = await openReceiver();
    const { client } = openDevice({ url: receiver.url, now: () => 0 });
    const register = (more: object) => trouble(client.register({ ...ann, ...more }, inKeychain));
    expect(await register({ email: 'nope' })).toMatchObject({
      ...{ code: 'invalid-input', message: 'email "nope": value is not a valid email address' },
    });
    expect(await register({ password: 'short' })).toMatchObject({
      ...{ code: 'invalid-input', message: 'password: Password must be at least 8 characters' },
    });
    expect((await register({ username: 'a b' })).message).toContain('username "a b": Username may have letters');
    expect(receiver.posts).toEqual([]);
  });

  test('is said in the words of the server', async () => {
    const { client } = await signedIn();
    expect(await trouble(client.register({ ...ann, email: 'other@example.com' }, inKeychain))).toMatchObject({
      ...{ code: 'refused', message: 'The account server says: Username already registered' },
    });
    expect(await trouble(client.login({ username: 'ann', password: 'wrong' }, inKeychain))).toMatchObject({
      ...{ code: 'unauthorised', message: 'The account server says: Incorrect username or password' },
    });
    expect(await trouble(client.notifications({ limit: 0 }))).toMatchObject({
      ...{ code: 'invalid-input', message: expect.stringMatching(/limit.*greater than or equal to 1/) },
    });
  });

  test('too many attempts: when to come back', async () => {
    const { client, server } = await signedIn({ env: { LOGIN_LIMIT_ACCOUNT: '1' } });
    const login = () => trouble(client.login({ username: 'ann', password: 'wrong' }, inKeychain));
    expect((await login()).code).toBe('unauthorised');
    server.clock.now += minute;
    expect(await login()).toMatchObject({
      ...{ code: 'rate-limited', status: 429, hint: expect.stringMatching(/^Try again in \d+ (minutes|seconds)\.$/) },
    });
  });

  test('with the address is said before anything is sent', () => {
    for (const address of ['http://127.0.0.1:8788/', 'http://localhost', 'http://[::1]:1', 'https://a.example/base/']) {
      expect(parseServer(address)).not.toMatch(/\/$/);
    }
    expect(() => parseServer('http://accounts.example.com')).toThrow(
      'http://accounts.example.com would send your password and tokens unencrypted',
    );
    expect(() => parseServer('https://ann:pw@accounts.example.com')).toThrow('has a user');
    expect(() => parseServer('ftp://accounts.example.com')).toThrow('not a web address');
  });
});

describe('tokens', () => {
  test('are renewed a minute before they end, and kept before they are used', async () => {
    const order: string[] = [];
    const server = await openServer();
    const now = () => server.clock.now;
    const { client, kept } = openDevice({ url: server.url, now, onWrite: () => order.push(`kept ${kept.writes}`) });
    await client.register(ann, inKeychain);
    const first = signInKept(kept);
    server.clock.now += hour - minute - 1;
    await client.me();
    expect(kept.writes).toBe(1);
    server.clock.now += 1;
    await client.me();
    expect(kept.writes).toBe(2);
    expect(signInKept(kept)?.tokens?.refresh).not.toBe(first?.tokens?.refresh);
    expect(order).toEqual(['kept 1', 'kept 2']);
    const asked = server.log.map(line => JSON.parse(line)).filter(line => line.event === 'request' || line.path);
    expect(asked.map(line => line.path)).toEqual(['/auth/register', '/users/me', '/auth/refresh', '/users/me']);
    // The access token has ended, the refresh token has not.
    server.clock.now += 24 * hour;
    expect(await client.me()).toMatchObject({ username: 'ann' });
  });

  test('that live a short time are renewed when three quarters are over', async () => {
    const { server, client, kept } = await signedIn({ env: { ACCESS_TOKEN_TTL: '40' } });
    server.clock.now += 29_000;
    await client.me();
    expect(kept.writes).toBe(1);
    server.clock.now += 1_000;
    await client.me();
    expect(kept.writes).toBe(2);
  });

  test('are renewed once where the server refuses them, and used again', async () => {
    // The clock of this device is late: it takes the token for good.
    const server = await openServer();
    const { client, kept } = openDevice({ url: server.url, now: () => Date.UTC(2026, 2, 3) });
    await client.register(ann, inKeychain);
    server.clock.now += 2 * hour;
    expect(await client.me()).toMatchObject({ username: 'ann' });
    expect(kept.writes).toBe(2);
  });

  test('of another process are found where it keeps them: neither is taken for a thief', async () => {
    const { server, now, client, kept } = await signedIn();
    const { client: second } = openDevice({ url: server.url, now, kept });
    server.clock.now += hour;
    const all = await Promise.all([client.me(), second.me(), client.settings(), second.settings(), second.me()]);
    expect(all).toHaveLength(5);
    expect(kept.writes).toBe(2);
    expect((await client.notifications()).notifications).toEqual([]);
  });

  test('that were used twice end the sign-in, which is said and remembered', async () => {
    const { server, now, client, kept } = await signedIn();
    const thief = openDevice({ url: server.url, now, name: 'thief', kept: { ...emptyKept(), text: kept.text } });
    server.clock.now += hour;
    await thief.client.me();
    expect(await trouble(client.me())).toMatchObject({
      code: 'unauthorised',
      message: expect.stringMatching(/^The sign-in of ann at 127\.0\.0\.1:\d+ has ended\. .*used before/),
      hint: 'Sign in: asxos account login ann.',
    });
    expect(signInKept(kept)).toMatchObject({ user: { username: 'ann' } });
    expect(signInKept(kept)?.tokens).toBeUndefined();
    const asked = server.log.length;
    expect(await trouble(client.me())).toMatchObject({ code: 'unauthorised' });
    expect(server.log).toHaveLength(asked);
    expect(await trouble(thief.client.me())).toMatchObject({ code: 'unauthorised' });
    await client.login({ username: 'ann', password: ann.password }, inKeychain);
    expect((await client.notifications()).notifications.map(each => each.title)).toContain(
      'A refresh token was used twice',
    );
  });

  test('outlive a restart of the server and of the client', async () => {
    const { server, now, client, kept } = await signedIn();
    await client.close();
    await server.stop();
    const again = openDevice({ url: server.url, now, kept });
    expect(await trouble(again.client.me())).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('could not be reached (ECONNREFUSED)'),
    });
    await server.start();
    expect(await again.client.me()).toMatchObject({ username: 'ann' });
  });

  test('are asked for where there are none, and never sent to another server', async () => {
    const { client: nobody } = openDevice({ url: 'http://127.0.0.1:9', now: () => 0 });
    expect(await trouble(nobody.me())).toMatchObject({
      ...{ code: 'unauthorised', message: 'You are not signed in to an account' },
    });
    const { kept } = await signedIn();
    const receiver = await openReceiver();
    const { client: elsewhere } = openDevice({ url: receiver.url, now: () => 0, kept });
    expect(await trouble(elsewhere.me())).toMatchObject({
      ...{ code: 'unauthorised', message: expect.stringMatching(/^You are signed in at .* and accountUrl is now at/) },
    });
    expect(receiver.posts).toEqual([]);
  });
});

describe('a server that is not what it should be', () => {
  /** A device whose sign-in is at that server. */
  async function lied(timeoutMs = 10_000) {
    const receiver = await openReceiver();
    const { server, kept } = await signedIn();
    kept.text = kept.text?.replace(server.url, receiver.url);
    const device = openDevice({ url: receiver.url, now: () => server.clock.now, kept, timeoutMs });
    return { receiver, ...device };
  }
  const unauthorised = JSON.stringify({ detail: 'no' });

  test.each<[string, number, string, Record<string, string>, object]>([
    ['a page', 200, '<html>Welcome</html>', {}, { code: 'bad-response', message: /did not answer in JSON/ }],
    ['a page under 404', 404, '<html></html>', {}, { code: 'bad-response', message: /answered 404/ }],
    ['JSON of another shape', 200, '{"user_id":"1"}', {}, { code: 'bad-response', message: /shape.*user_id/ }],
    ['a list', 200, '[]', {}, { code: 'bad-response', message: /shape that is not known$/ }],
    ['nothing', 200, '', {}, { code: 'bad-response', message: /did not answer in JSON/ }],
    [
      'a redirect',
      302,
      '',
      { location: 'https://thief.example' },
      { code: 'bad-response', message: /leads elsewhere/ },
    ],
    ['500', 500, 'Internal Server Error', {}, { code: 'unavailable', message: /out of order \(500\)/ }],
    ['503', 503, '{"detail":"Busy\\u001b[31m"}', {}, { code: 'unavailable', message: /\(503: Busy\)/ }],
    ['a wait', 429, '{}', { 'retry-after': '7' }, { code: 'rate-limited', hint: 'Try again in 7 seconds.' }],
    ['a teapot', 418, '{"detail":"no"}', {}, { code: 'bad-response', message: /answered 418/ }],
  ])('%s', async (_name, status, body, headers, expected) => {
    const { receiver, client } = await lied();
    receiver.answer = response => response.writeHead(status, headers).end(body);
    const said = await trouble(client.me());
    for (const [field, value] of Object.entries(expected)) {
      expect(said).toHaveProperty(field, value instanceof RegExp ? expect.stringMatching(value) : value);
    }
    expect(JSON.stringify(said)).not.toMatch(/eyJ|thief/);
    expect(receiver.posts).toHaveLength(1);
  });

  test('refuses for ever: asked twice, renewed once', async () => {
    const { receiver, client, kept } = await lied();
    const answer = JSON.stringify({
      ...{ access_token: 'a2', token_type: 'bearer', expires_in: 3600, refresh_token: 'r2' },
      user: { user_id: 1, username: 'ann', email: 'a@b.c', full_name: null, is_verified: false },
    });
    receiver.answer = (response, { path }) =>
      path === '/auth/refresh' ? response.end(answer) : response.writeHead(401).end(unauthorised);
    expect(await trouble(client.me())).toMatchObject({ code: 'unauthorised', status: 401 });
    expect(receiver.posts.map(({ path }) => path)).toEqual(['/users/me', '/auth/refresh', '/users/me']);
    expect(signInKept(kept)?.tokens).toMatchObject({ access: 'a2', refresh: 'r2' });
  });

  test('says too much', async () => {
    const { receiver, client } = await lied();
    receiver.answer = response => response.end(`"${'x'.repeat(1_100_000)}"`);
    expect(await trouble(client.me())).toMatchObject({ message: expect.stringContaining('more than 1048576 bytes') });
    // Nothing is unpacked: what is small on the way would not be here.
    receiver.answer = response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}'));
    expect(await trouble(client.me())).toMatchObject({ code: 'bad-response' });
  });

  test('says nothing, begins and stops, hangs up', async () => {
    const { receiver, client } = await lied(60);
    receiver.answer = () => undefined;
    expect(await trouble(client.me())).toMatchObject({ code: 'unavailable', message: /did not answer within 0.06 s/ });
    receiver.answer = response => response.writeHead(200).write('{"user');
    expect(await trouble(client.me())).toMatchObject({ code: 'unavailable', message: /did not answer within/ });
    receiver.answer = response => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"user', () => response.destroy());
    };
    expect(await trouble(client.me())).toMatchObject({ code: 'bad-response', message: /broke off its answer/ });
    receiver.answer = response => response.destroy();
    expect(await trouble(client.me())).toMatchObject({ code: 'unavailable', message: /could not be reached/ });
  });

  test('is left when the caller gives up', async () => {
    const { receiver, client } = await lied();
    const stop = new AbortController();
    receiver.answer = () => stop.abort(new Error('enough'));
    await expect(client.me({ signal: stop.signal })).rejects.toThrow('enough');
  });
});

describe('every request', () => {
  test('says which device it is, and nothing secret is logged or kept in a Failure', async () => {
    const { server, kept } = await signedIn();
    const receiver = await openReceiver();
    const { client } = openDevice({ url: receiver.url, now: () => 0 });
    receiver.answer = response => response.writeHead(401).end('{"detail":"no"}');
    const error = await client.login({ username: 'ann', password: 'sesame-123' }, inKeychain).catch(each => each);
    expect(receiver.posts[0]?.headers).toMatchObject({
      'x-device-id': 'device-of-laptop',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'user-agent': 'asxos',
    });
    expect(JSON.stringify([error, String(error.cause), error.stack])).not.toContain('sesame');
    const text = server.log.join('\n');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(signInKept(kept)?.tokens?.access);
  });
});
