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

const path = '/alerts/preferences';
const get = async (type: string) => {
  const { body } = await server.send('GET', path, { token });
  return body.preferences.find((each: { alert_type: string }) => each.alert_type === type);
};

test('PUT sets what is listed and leaves the rest', async () => {
  const listed = [
    { alert_type: 'signal_change', enabled: false, settings: { frequency: 'weekly' } },
    { alert_type: 'model_update', enabled: false },
  ];
  const { status, body } = await server.send('PUT', path, { token, body: listed });
  expect([status, body.preferences.length]).toEqual([200, 6]);
  expect(await get('signal_change')).toEqual(listed[0]);
  const usual = { frequency: 'immediate', min_confidence: 0.7 };
  expect(await get('model_update')).toEqual({ alert_type: 'model_update', enabled: false, settings: usual });
  expect(await get('drift_detected')).toEqual({ alert_type: 'drift_detected', enabled: true, settings: usual });
});

test('PATCH merges settings with those that were set', async () => {
  const patch = (body: object) => server.send('PATCH', `${path}/signal_change`, { token, body });
  await patch({ settings: { frequency: 'daily' } });
  const { body } = await patch({ settings: { min_confidence: 0.9 } });
  expect(body).toEqual({
    alert_type: 'signal_change',
    enabled: true,
    settings: { frequency: 'daily', min_confidence: 0.9 },
  });
  await patch({ enabled: false });
  expect(await get('signal_change')).toEqual({ ...body, enabled: false });
});

test.each([
  ['nothing', 'PATCH', '/nothing', { enabled: true }, ['path', 'alert_type']],
  ['a word', 'PATCH', '/signal_change', { enabled: 'yes' }, ['body', 'enabled']],
  ['no frequency', 'PATCH', '/signal_change', { settings: { frequency: 'hourly' } }, ['body', 'settings', 'frequency']],
  [
    'beyond one',
    'PATCH',
    '/signal_change',
    { settings: { min_confidence: 2 } },
    ['body', 'settings', 'min_confidence'],
  ],
  ['no type', 'PUT', '', [{ alert_type: 'nothing', enabled: true }], ['body', 0, 'alert_type']],
  ['a field too many', 'PUT', '', [{ alert_type: 'signal_change', enabled: true, more: 1 }], ['body', 0, 'more']],
  ['too many', 'PUT', '', Array(51).fill({ alert_type: 'signal_change', enabled: true }), ['body']],
])('%s is refused, and nothing is stored', async (_what, method, more, body, loc) => {
  const before = (await server.send('GET', path, { token })).body;
  const refused = await server.send(method, path + more, { token, body });
  expect(refused.status).toBe(422);
  expect(refused.body.detail.map((each: { loc: unknown }) => each.loc)).toEqual([loc]);
  expect((await server.send('GET', path, { token })).body).toEqual(before);
});
