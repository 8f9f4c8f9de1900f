import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../../src/server/store/store.ts';
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

const path = '/users/me/settings';
const send = (method: string, settings: unknown) => server.send(method, path, { token, body: { settings } });

test('PUT replaces, PATCH merges the keys at the top', async () => {
  await send('PUT', { theme: 'dark', columns: { a: 1, b: 2 } });
  const { body } = await send('PATCH', { columns: { c: true }, rows: null });
  expect(body).toEqual({
    user_id: 1,
    settings: { theme: 'dark', columns: { c: true }, rows: null },
    updated_at: '2026-03-03T00:00:00Z',
  });
  expect((await server.send('GET', path, { token })).body).toEqual(body);
});

test('two that patch at once lose nothing of each other', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => send('PATCH', { [`key${index}`]: index })));
  const { body } = await server.send('GET', path, { token });
  expect(Object.keys(body.settings).filter(key => key.startsWith('key'))).toHaveLength(8);
});

test('any JSON comes back as it was sent', async () => {
  const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' });
  const keys = fc.string({ unit: 'grapheme' }).filter(key => key !== '__proto__');
  await fc.assert(
    fc.asyncProperty(fc.dictionary(keys, json), async settings => {
      const sent = JSON.parse(JSON.stringify(settings));
      expect((await send('PUT', sent)).status).toBe(200);
      expect((await server.send('GET', path, { token })).body.settings).toEqual(sent);
    }),
    { numRuns: 40, examples: [[{ nul: '\u0000', half: '\ud800', quote: "'; drop table user_settings; --" }]] },
  );
});

test('what many patches add up to is bounded, and the one too many changes nothing', async () => {
  const long = 'x'.repeat(40_000);
  expect((await send('PATCH', { one: long })).status).toBe(200);
  const refused = await send('PATCH', { two: long });
  expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ['body', 'settings']]);
  expect(Object.keys((await server.send('GET', path, { token })).body.settings)).not.toContain('two');
});
