import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { dataRevision } from '../../src/usecases/follow-changes.ts';
import { forgetApiKey, newApiKey } from '../../src/usecases/manage-api-key.ts';
import { type ConsoleApp, openConsoleApp } from '../support/demo-console.ts';
import { type Asked, type LocalApi, openLocalApi } from '../support/local-api.ts';

let opened: ConsoleApp;
let api: LocalApi;
beforeAll(async () => {
  opened = await openConsoleApp({ demo: false });
  api = openLocalApi(opened.app);
});
afterAll(() => opened.close());

const csv: Asked = { text: 'ticker,shares,avg_cost\nBHP,1,10\n', headers: { 'content-type': 'text/csv' } };

/** Every endpoint that takes the key, with what makes it answer. */
const guarded: readonly (readonly [method: string, path: string, asked?: Asked])[] = [
  ['GET', '/portfolio'],
  ['GET', '/portfolio/holdings'],
  ['POST', '/portfolio/analyze'],
  ['POST', '/portfolio/upload', csv],
  ['GET', '/portfolio/rebalancing'],
  ['GET', '/portfolio/rebalance'],
  ['GET', '/portfolio/risk-metrics'],
  ['GET', '/fundamentals/metrics?ticker=BHP'],
  ['GET', '/fundamentals/quality?ticker=BHP'],
  ['GET', '/signals/live'],
  ['GET', '/signals/model_b/latest'],
  ['GET', '/signals/model_b/{ticker}'],
  ['GET', '/signals/ensemble/latest'],
  ['GET', '/signals/ensemble/{ticker}'],
  ['GET', '/signals/compare?ticker=BHP'],
  ['GET', '/drift/summary'],
  ['GET', '/jobs/history'],
  ['GET', '/watchlist'],
  ['POST', '/watchlist', { body: { ticker: 'BHP' } }],
  ['DELETE', '/watchlist/{ticker}'],
  ['GET', '/prices/{ticker}/history'],
  ['GET', '/prices/{ticker}/latest'],
  ['GET', '/search?q=bhp'],
  ['GET', '/notifications'],
  ['PUT', '/notifications/{id}/read'],
  ['POST', '/notifications/mark-all-read'],
  ['DELETE', '/notifications/{id}'],
  ['GET', '/alerts/preferences'],
  ['PUT', '/alerts/preferences', { body: [{ alert_type: 'model_update', enabled: false }] }],
  ['PATCH', '/alerts/preferences/{type}', { body: { enabled: false } }],
];
const filled = (path: string): string =>
  path.replace('{id}', '1').replace('{type}', 'signal_change').replace('{ticker}', 'BHP');
const withoutQuery = ([method, path]: (typeof guarded)[number]): string => `${method} ${path.split('?')[0]}`;

test('these are all endpoints there are: in the OpenAPI document, and in the table of docs/local-api.md', async () => {
  const document = await api.get('/openapi.json');
  const listed = Object.entries<Record<string, { security?: unknown }>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({ name: `${method.toUpperCase()} ${path}`, security })),
  );
  const all = ['GET /health', ...guarded.map(withoutQuery)].sort();
  expect(listed.map(({ name }) => name).sort()).toEqual(all);
  expect(listed.filter(({ security }) => security === undefined).map(({ name }) => name)).toEqual(['GET /health']);
  expect(document.components.securitySchemes).toEqual({ key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } });
  const text = readFileSync(join(import.meta.dirname, '../../docs/local-api.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (GET|POST|PUT|PATCH|DELETE) \| `([^`]+)` \|/gm)];
  expect(rows.map(([, method, path]) => `${method} ${path}`).sort()).toEqual(all);
});

const wrongKeys: Record<string, (key: string) => Asked & { query?: string }> = {
  'no key': () => ({ key: null }),
  'an empty key': () => ({ key: '' }),
  'another key': () => ({ key: `asxos_${'A'.repeat(43)}` }),
  'the key with more behind it': key => ({ key: `${key}A` }),
  'the key with less': key => ({ key: key.slice(0, -1) }),
  'the key in another case': key => ({ key: key.toUpperCase() }),
  'the key twice': key => ({ key: `${key}, ${key}` }),
  'the key as a bearer token': key => ({ key: null, headers: { authorization: `Bearer ${key}` } }),
  'the key as a cookie': key => ({ key: null, headers: { cookie: `X-API-Key=${key}` } }),
  'the key in the address': key => ({ key: null, query: `x-api-key=${key}&api_key=${key}` }),
};

describe('every path but /health refuses', () => {
  test.each(Object.entries(wrongKeys))('%s, in one way, and does nothing', async (_what, wrong) => {
    const { query, headers, ...asked } = wrong(api.key);
    const before = dataRevision(api.app);
    const paths = [
      ...guarded,
      ['GET', '/openapi.json'] as const,
      ['GET', '/nothing'] as const,
      ['OPTIONS', '/portfolio'] as const,
    ];
    for (const [method, path, own = {}] of paths) {
      const full = filled(path) + (query === undefined ? '' : `${path.includes('?') ? '&' : '?'}${query}`);
      const reply = await api.send(method, full, { ...own, ...asked, headers: { ...own.headers, ...headers } });
      expect([full, reply.status, reply.body]).toEqual([full, 401, { detail: 'Unauthorized' }]);
      expect(reply.headers.get('www-authenticate')).toBe('ApiKey header="X-API-Key"');
    }
    expect(dataRevision(api.app)).toBe(before);
    expect((await api.send('GET', '/health', { ...asked, headers: headers ?? {} })).status).toBe(200);
    expect(api.log.join('')).not.toContain(api.key);
  });

  test('nobody who has the key', async () => {
    for (const [method, path, asked] of guarded) {
      const { status } = await api.send(method, filled(path), asked);
      expect([method, path, status === 401]).toEqual([method, path, false]);
      expect([200, 201, 404]).toContain(status);
    }
  });
});

test('a new key counts at once, and the one before it no longer; without a key nobody is let in', async () => {
  const own = await openConsoleApp({ demo: false });
  onTestFinished(own.close);
  const api = openLocalApi(own.app);
  const { key, replaced } = newApiKey(own.app);
  expect(replaced).toBe(true);
  const statusWith = async (given: string) => (await api.send('GET', '/jobs/history', { key: given })).status;
  expect([await statusWith(api.key), await statusWith(key)]).toEqual([401, 200]);
  expect([forgetApiKey(own.app), forgetApiKey(own.app)]).toEqual([true, false]);
  expect(await statusWith(key)).toBe(401);
});
