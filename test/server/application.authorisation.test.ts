import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hour } from '../../src/domain/date.ts';
import type { Store } from '../../src/server/store/store.ts';
import { emptyStore, openTestServer, openTestStore, register, type TestServer } from '../support/account-server.ts';

let store: Store;
let server: TestServer;
beforeAll(async () => {
  store = await openTestStore();
  server = await openTestServer(store);
}, 60_000);
afterAll(() => store.close());

const id = '019cb000-0000-7000-8000-000000000001';
const sealed = { id, kind: 'entry', clock: 'a', blob: 'c2VhbGVk', deleted: false };
const note = { id, notification_type: 'system', title: 'T', message: 'M', created_at: '2026-03-01T00:00:00Z' };

/** Every endpoint that asks who is there, with a body that it takes. */
const guarded: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['GET', '/auth/me'],
  ['GET', '/users/me'],
  ['POST', '/auth/logout'],
  ['PATCH', '/users/me', { full_name: 'Other' }],
  ['POST', '/users/me/password', { current_password: 'password of bob', new_password: 'another one' }],
  ['GET', '/users/me/settings'],
  ['PUT', '/users/me/settings', { settings: { put: true } }],
  ['PATCH', '/users/me/settings', { settings: { patched: true } }],
  ['DELETE', '/users/me'],
  ['GET', '/notifications'],
  ['POST', '/notifications', { notifications: [note] }],
  ['PUT', '/notifications/{id}/read'],
  ['POST', '/notifications/mark-all-read'],
  ['DELETE', '/notifications/{id}'],
  ['GET', '/alerts/preferences'],
  ['PUT', '/alerts/preferences', [{ alert_type: 'model_update', enabled: false }]],
  ['PATCH', '/alerts/preferences/{type}', { enabled: false }],
  ['POST', '/sync/push', { rows: [sealed] }],
  ['GET', '/sync/pull'],
];
const open = ['POST /auth/register', 'POST /auth/login', 'POST /auth/refresh', 'GET /health'];
const filled = (path: string): string => path.replace('{id}', '1').replace('{type}', 'signal_change');

test('these are all endpoints there are, as the OpenAPI document lists them', async () => {
  const { body } = await server.send('GET', '/openapi.json');
  const listed = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.sort()).toEqual([...open, ...guarded.map(([method, path]) => `${method} ${path}`)].sort());
  const isGuarded = (method: string, path: string) => body.paths[path][method.toLowerCase()].security !== undefined;
  expect(guarded.filter(([method, path]) => !isGuarded(method, path))).toEqual([]);
});

describe('every endpoint refuses who is not signed in', () => {
  const tokens: Record<string, () => Promise<{ token?: string; headers?: Record<string, string> }>> = {
    'no token': async () => ({}),
    'an API key': async () => ({ headers: { 'x-api-key': 'k' } }),
    'a token of another scheme': async () => ({ headers: { authorization: 'Basic YTpi' } }),
    'a token that is none': async () => ({ token: 'a.b.c' }),
    'an expired token': async () => {
      const { access_token: token } = await register(server, 'expired');
      server.clock.now += 2 * hour;
      return { token };
    },
    'a revoked token': async () => {
      const { access_token: token } = await register(server, 'revoked');
      await server.send('POST', '/auth/logout', { token });
      return { token };
    },
    'a token of before the password was changed': async () => {
      const { access_token: token } = await register(server, 'changed');
      const body = { current_password: 'password of changed', new_password: 'another one' };
      await server.send('POST', '/users/me/password', { token, body });
      return { token };
    },
    'a token of a closed account': async () => {
      const { access_token: token } = await register(server, 'closed');
      await server.send('DELETE', '/users/me', { token });
      return { token };
    },
    'a refresh token': async () => ({ token: (await register(server, 'refresh')).refresh_token }),
  };

  test.each(Object.entries(tokens))('%s', async (_what, given) => {
    const sent = await given();
    for (const [method, path, body] of guarded) {
      const reply = await server.send(method, filled(path), { ...sent, ...(body === undefined ? {} : { body }) });
      expect([reply.status, typeof reply.body.detail], `${method} ${path}`).toEqual([401, 'string']);
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
    // Nor does a body that is wrong come before that.
    expect((await server.send('PUT', '/users/me/settings', { ...sent, text: '{' })).status).toBe(401);
  });

  test('an API key is told where it belongs', async () => {
    const { body } = await server.send('GET', '/users/me', { headers: { 'x-api-key': 'k' } });
    expect(body.detail).toMatch(/^X-API-Key is for the local API/);
  });
});

/** Everything that a user can see of an account. */
async function visible(token: string): Promise<unknown[]> {
  const paths = ['/users/me', '/users/me/settings', '/notifications', '/alerts/preferences', '/sync/pull'];
  const replies = await Promise.all(paths.map(path => server.send('GET', path, { token })));
  return replies.map(({ body }) => body);
}

test('whatever a user does, another sees nothing of it and keeps everything', async () => {
  await emptyStore(store);
  const on = { 'sync.notifications': true };
  const accounts = await Promise.all(['ann', 'bob'].map(name => register(server, name)));
  const [ann = '', bob = ''] = accounts.map(({ access_token }) => access_token);
  for (const token of [ann, bob]) {
    await server.send('PATCH', '/users/me/settings', { token, body: { settings: on } });
  }
  await server.send('POST', '/notifications', { token: ann, body: { notifications: [note] } });
  await server.send('POST', '/sync/push', { token: ann, body: { rows: [sealed] } });
  const before = await visible(ann);
  // What ends the session of bob is left out: it would leave nothing to do after it.
  const acts = guarded.filter(([, path]) => !/logout|password/.test(path)).filter(([method]) => method !== 'DELETE');
  const deletes = ['/notifications/1', '/notifications/2'].map(path => ['DELETE', path] as const);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...acts, ...deletes), { maxLength: 12 }), async done => {
      for (const [method, path, body] of done) {
        const reply = await server.send(method, filled(path), {
          token: bob,
          ...(body === undefined ? {} : { body }),
        });
        if (/notifications\/(1|\{id\})/.test(path)) expect(reply.status).toBe(404);
        expect(JSON.stringify(reply.body)).not.toContain('ann');
      }
      expect(await visible(ann)).toEqual(before);
    }),
    { numRuns: 12 },
  );
  await server.send('DELETE', '/users/me', { token: bob });
  expect(await visible(ann)).toEqual(before);
});
