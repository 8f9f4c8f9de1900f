import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/server/store/store.ts';
import {
  emptyStore,
  openTestServer,
  openTestStore,
  register,
  type Sent,
  type TestServer,
} from '../support/account-server.ts';

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

const settings = (sent: Sent) => server.send('PUT', '/users/me/settings', { token, ...sent });

describe('a body', () => {
  test.each<[string, Sent, number, string]>([
    ['that is cut off', { text: '{"settings":' }, 422, 'the body is not JSON in UTF-8'],
    ['that is empty', { text: '' }, 422, 'field required'],
    ['that is not UTF-8', { text: new Uint8Array([0x22, 0xff, 0x22]) }, 422, 'the body is not JSON in UTF-8'],
    ['of a list', { body: [] }, 422, 'value is not a valid dict'],
    ['of nothing', { body: null }, 422, 'value is not a valid dict'],
    ['of another type inside', { body: { settings: 'x' } }, 422, 'value is not a valid dict'],
    ['with a field too many', { body: { settings: {}, more: 1 } }, 422, 'extra fields not permitted'],
    ['too deep', { text: `{"settings":${'{"a":'.repeat(60)}1${'}'.repeat(61)}` }, 422, 'more than 50 objects'],
    ['far too deep', { text: `${'['.repeat(30_000)}${']'.repeat(30_000)}` }, 422, 'more than 50 objects'],
  ])('%s is refused with one problem', async (_what, sent, status, msg) => {
    const reply = await settings(sent);
    expect(reply.status).toBe(status);
    expect(reply.body.detail).toHaveLength(1);
    expect(reply.body.detail[0].msg).toContain(msg);
  });

  test('that is too large is refused, whether its size is told before or not', async () => {
    const text = JSON.stringify({ settings: { x: 'y'.repeat(70_000) } });
    const { status, body } = await settings({ text });
    expect([status, body]).toEqual([413, { detail: 'The body is larger than 65536 bytes' }]);
    expect((await settings({ text: '{}', headers: { 'content-length': '99999999' } })).status).toBe(413);
  });

  test('of another kind than JSON is refused', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await settings({ text: 'settings=1', headers })).status).toBe(415);
    const json = { 'content-type': 'application/json; charset=utf-8' };
    expect((await settings({ text: '{"settings":{}}', headers: json })).status).toBe(200);
  });
});

describe('text', () => {
  const nasty = ["' or 1=1 --", "'; drop table user_accounts; --", '{{7*7}}', '%00', '\\', '"', '<script>', '\r\nX: y'];

  test.each(nasty)('%j is text and nothing else', async text => {
    const patched = await server.send('PATCH', '/users/me', { token, body: { full_name: text } });
    expect(patched.body.full_name).toBe(text);
    const login = await server.send('POST', '/auth/login', { body: { username: text, password: text } });
    expect([login.status, login.body.detail]).toEqual([401, 'Incorrect username or password']);
    const body = { username: text, email: text, password: 'long enough' };
    const { status, body: answer } = await server.send('POST', '/auth/register', { body });
    expect(status).toBe(422);
    expect(answer.detail.map(({ loc }: { loc: string[] }) => loc[1])).toEqual(
      expect.arrayContaining(['username', 'email']),
    );
    expect((await server.send('GET', '/users/me', { token })).status).toBe(200);
  });

  test('with a NUL, which the store cannot hold, is refused', async () => {
    for (const [path, method, body] of [
      ['/users/me', 'PATCH', { full_name: 'a\u0000b' }],
      ['/auth/login', 'POST', { username: 'a\u0000b', password: 'x' }],
    ] as const) {
      const reply = await server.send(method, path, { token, body });
      expect([reply.status, reply.body.detail[0].msg]).toEqual([422, 'must not contain the NUL character']);
    }
  });
});

test('anything at all as a body is answered in the usual shape, never as a failure', async () => {
  const targets = fc.constantFrom(
    ['POST', '/auth/register'],
    ['POST', '/auth/login'],
    ['POST', '/auth/refresh'],
    ['PATCH', '/users/me'],
    ['PUT', '/users/me/settings'],
    ['PUT', '/alerts/preferences'],
    ['PATCH', '/alerts/preferences/signal_change'],
    ['POST', '/sync/push'],
    ['POST', '/notifications'],
  ) as fc.Arbitrary<[string, string]>;
  const keys = fc.constantFrom(
    'username',
    'email',
    'password',
    'settings',
    'rows',
    'refresh_token',
    'full_name',
    '__proto__',
  );
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(keys, fc.jsonValue({ maxDepth: 2 })));
  await fc.assert(
    fc.asyncProperty(targets, value, async ([method, path], body) => {
      const reply = await server.send(method, path, { token, text: JSON.stringify(body) });
      expect(reply.status, `${method} ${path}`).toBeLessThan(500);
      if (reply.status >= 400) expect(Object.keys(reply.body)).toEqual(['detail']);
    }),
    { numRuns: 150 },
  );
});

describe('an answer', () => {
  test('carries the security headers and an id, whatever it is', async () => {
    for (const path of ['/health', '/nothing', '/users/me', '/openapi.json']) {
      const { headers } = await server.send('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('access-control-allow-origin')).toBe(null);
    }
  });

  test('keeps the id of the request where it is one', async () => {
    const idOf = async (given: string) =>
      (await server.send('GET', '/health', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idOf('trace-1.2_3')).toBe('trace-1.2_3');
    for (const given of ['a b', 'a"b', 'x'.repeat(65), 'é']) expect(await idOf(given)).not.toBe(given);
  });

  test('names what is not there, and what else is', async () => {
    expect((await server.send('GET', '/nothing')).body).toEqual({ detail: 'Not Found' });
    const { status, body, headers } = await server.send('DELETE', '/notifications');
    expect([status, body, headers.get('allow')]).toEqual([405, { detail: 'Method Not Allowed' }, 'GET, POST']);
  });
});

describe('a store that fails', () => {
  test('is a failure without a word of it, and with its words in the log', async () => {
    await store.db.execute(sql`alter table user_settings rename to elsewhere`);
    try {
      const reply = await server.send('GET', '/users/me/settings', { token });
      expect([reply.status, reply.body]).toEqual([500, { detail: 'Internal server error' }]);
      const line = server.log.map(each => JSON.parse(each)).find(each => each.event === 'failed');
      expect(line).toMatchObject({ level: 'error', code: '42P01', error: expect.stringContaining('user_settings') });
      expect(line.id).toBe(reply.headers.get('x-request-id'));
    } finally {
      await store.db.execute(sql`alter table elsewhere rename to user_settings`);
    }
  });
});

test('the log has one object a line and no secret', async () => {
  const body = { username: 'ann', password: 'password of ann' };
  const tokens = (await server.send('POST', '/auth/login', { body })).body;
  await server.send('GET', `/users/me?token=${tokens.access_token}`, { token: tokens.access_token });
  await server.send('POST', '/auth/login', { body: { username: 'a secret name', password: 'a wrong one' } });
  const all = server.log.join('');
  for (const line of server.log) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  for (const secret of ['password of', 'a wrong one', 'secret name', tokens.access_token, tokens.refresh_token]) {
    expect(all).not.toContain(secret);
  }
  expect(JSON.parse(server.log.at(-1) ?? '')).toMatchObject({ method: 'POST', path: '/auth/login', status: 401 });
});
