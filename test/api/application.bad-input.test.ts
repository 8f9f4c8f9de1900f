import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataRevision } from '../../src/usecases/follow-changes.ts';
import { type ConsoleApp, openConsoleApp } from '../support/demo-console.ts';
import { type Asked, type LocalApi, openLocalApi } from '../support/local-api.ts';
import { storeCloses, storeListed } from '../usecases/stored-market.ts';

let opened: ConsoleApp;
let api: LocalApi;
beforeAll(async () => {
  opened = await openConsoleApp({ demo: false });
  storeListed(opened.app, ['BHP', 'CSL']);
  storeCloses(opened.app, { BHP: { '2026-11-19': '45.00', '2026-11-20': '46.00' } });
  api = openLocalApi(opened.app);
});
afterAll(() => opened.close());

describe('a query', () => {
  test.each<[path: string, field: string, type: string]>([
    ['/signals/ensemble/latest?limit=0', 'limit', 'value_error.number.not_ge'],
    ['/signals/ensemble/latest?limit=1001', 'limit', 'value_error.number.not_le'],
    ['/signals/ensemble/latest?limit=99999999999999999999999', 'limit', 'type_error.integer'],
    ['/signals/ensemble/latest?limit=1e3', 'limit', 'type_error.integer'],
    ['/signals/ensemble/latest?signal_filter=WAIT', 'signal_filter', 'type_error.enum'],
    ["/signals/ensemble/latest?signal_filter=' OR 1=1 --", 'signal_filter', 'type_error.enum'],
    ['/signals/ensemble/latest?agreement_only=maybe', 'agreement_only', 'value_error'],
    ['/signals/model_b/latest?quality_filter=E', 'quality_filter', 'type_error.enum'],
    ['/signals/model_b/latest?limit=-1', 'limit', 'value_error.number.not_ge'],
    ['/signals/live?limit=x', 'limit', 'type_error.integer'],
    ['/signals/compare', 'ticker', 'value_error.missing'],
    ['/signals/compare?ticker=', 'ticker', 'value_error'],
    ["/fundamentals/metrics?ticker=BHP';drop table prices", 'ticker', 'value_error'],
    ['/fundamentals/quality', 'ticker', 'value_error.missing'],
    ['/drift/summary?limit=0', 'limit', 'value_error.number.not_ge'],
    ['/jobs/history?limit=5000', 'limit', 'value_error.number.not_le'],
    ['/notifications?limit=201', 'limit', 'value_error.number.not_le'],
    ['/notifications?offset=-1', 'offset', 'value_error.number.not_ge'],
    ['/portfolio/rebalancing?mode=yolo', 'mode', 'type_error.enum'],
    ['/portfolio/rebalancing?amount=-5', 'amount', 'value_error'],
    ['/portfolio?portfolio_name=', 'portfolio_name', 'value_error'],
    ['/prices/BHP/history?period=2W', 'period', 'type_error.enum'],
    ['/prices/BHP/history?start_date=2026-02-30', 'start_date', 'value_error'],
    ['/prices/BHP/history?start_date=2026-03-02&end_date=2026-03-01', 'start_date', 'value_error'],
    ['/search', 'q', 'value_error.missing'],
    ['/search?q=%20', 'q', 'value_error'],
    [`/search?q=${'x'.repeat(101)}`, 'q', 'value_error'],
    ['/search?q=bhp&limit=101', 'limit', 'value_error.number.not_le'],
  ])('%s is refused with one problem', async (path, field, type) => {
    const { status, body } = await api.send('GET', path);
    expect([status, body.detail.map((each: { loc: unknown; type: unknown }) => [each.loc, each.type])]).toEqual([
      422,
      [[['query', field], type]],
    ]);
  });

  test('in other words than expected is understood, and what is unknown passed over', async () => {
    const { filters } = await api.get('/signals/ensemble/latest?signal_filter=strong%20buy&agreement_only=YES&more=1');
    expect(filters).toEqual({ signal: 'strong buy', agreement_only: true, no_conflict: false });
    expect((await api.send('GET', '/prices/asx:bhp/history?period=5y')).body.count).toBe(2);
    expect((await api.send('GET', '/signals/ensemble/latest?limit=')).status).toBe(422);
  });
});

describe('a path', () => {
  test.each<[method: string, path: string, status: number, detail: string]>([
    ['GET', '/nothing', 404, 'Not Found'],
    ['GET', '/portfolio/', 404, 'Not Found'],
    ['GET', '/signals/ensemble/ZZZ', 404, 'No ensemble signal found for ZZZ.AU'],
    ['GET', '/signals/ensemble/zzz.ax', 404, 'No ensemble signal found for ZZZ.AU'],
    ['GET', '/signals/ensemble/a%20code%0D%0AX: 1', 404, 'No ensemble signal found for a codeX: 1'],
    ['GET', `/signals/model_b/${'A'.repeat(500)}`, 404, `No Model B signal found for ${'A'.repeat(20)}`],
    ['GET', '/prices/ZZZ/latest', 404, 'No price data found for ZZZ.AX'],
    ['GET', '/prices/ZZZ/history', 404, 'No price data found for ZZZ.AX'],
    ['GET', '/portfolio', 404, 'Portfolio not found'],
    ['GET', '/portfolio/risk-metrics', 404, 'Portfolio not found'],
    [
      'GET',
      '/portfolio?portfolio_name=Nope',
      404,
      'There is no portfolio "Nope". Create one: asxos portfolio create NAME.',
    ],
    ['GET', '/signals/live', 404, 'No signals available.'],
    ['PUT', '/notifications/1/read', 404, 'Notification not found'],
    ['PUT', '/notifications/-1/read', 404, 'Notification not found'],
    ['PUT', '/notifications/019cb000-0000-7000-8000-000000000001/read', 404, 'Notification not found'],
    ['DELETE', '/notifications/1e3', 404, 'Notification not found'],
    ['DELETE', '/watchlist/..%2F..', 404, '../.. not found in your watchlist'],
    ['DELETE', '/portfolio', 405, 'Method Not Allowed'],
    ['GET', '/portfolio/upload', 405, 'Method Not Allowed'],
  ])('%s %s is %i', async (method, path, status, detail) => {
    const reply = await api.send(method, path);
    expect([reply.status, reply.body]).toEqual([status, { detail }]);
  });

  test('is told its methods, and HEAD has no body', async () => {
    expect((await api.send('PUT', '/watchlist')).headers.get('allow')).toBe('GET, POST');
    const options = await api.send('OPTIONS', '/watchlist');
    expect([options.status, options.body, options.headers.get('allow')]).toEqual([204, '', 'GET, POST, HEAD, OPTIONS']);
    expect((await api.send('OPTIONS', '/nothing')).status).toBe(404);
    const head = await api.send('HEAD', '/watchlist');
    expect([head.status, head.body]).toEqual([200, '']);
    expect((await api.send('HEAD', '/portfolio/upload')).status).toBe(405);
  });
});

describe('a body', () => {
  const watch = (asked: Asked) => api.send('POST', '/watchlist', asked);
  test.each<[string, Asked, number, string]>([
    ['that is cut off', { text: '{"ticker":' }, 422, 'the body is not JSON in UTF-8'],
    ['that is empty', { text: '' }, 422, 'field required'],
    ['of a list', { body: [] }, 422, 'value is not a valid dict'],
    ['of another type inside', { body: { ticker: 5 } }, 422, 'str type expected'],
    ['without its field', { body: {} }, 422, 'field required'],
    ['with a field too many', { body: { ticker: 'BHP', more: 1 } }, 422, 'extra fields not permitted'],
    ['with no code', { body: { ticker: "'; drop table watchlist; --" } }, 422, 'value is not an ASX code'],
    ['with a note too long', { body: { ticker: 'BHP', note: 'x'.repeat(201) } }, 422, 'at most 200 characters'],
    ['far too deep', { text: `${'['.repeat(30_000)}${']'.repeat(30_000)}` }, 422, 'more than 50 objects'],
    ['of a code that is not listed', { body: { ticker: 'ZZZ' } }, 404, "Stock 'ZZZ.AX' not found"],
    ['of another kind', { text: 'ticker=BHP', headers: { 'content-type': 'text/plain' } }, 415, 'application/json'],
    ['too large', { body: { ticker: 'x'.repeat(70_000) } }, 413, 'larger than 65536 bytes'],
  ])('%s is refused, and nothing is watched', async (_what, asked, status, words) => {
    const reply = await watch(asked);
    expect([reply.status, JSON.stringify(reply.body)]).toEqual([status, expect.stringContaining(words)]);
    expect((await api.get('/watchlist')).count).toBe(0);
  });

  test('of preferences is held to its types', async () => {
    const put = (body: unknown) => api.send('PUT', '/alerts/preferences', { body });
    expect((await put([{ alert_type: 'nothing', enabled: true }])).status).toBe(422);
    expect((await put([{ alert_type: 'model_update', enabled: 'yes' }])).status).toBe(422);
    expect((await api.send('PATCH', '/alerts/preferences/nothing', { body: {} })).body.detail[0].loc).toEqual([
      'path',
      'alert_type',
    ]);
    const wrong = { settings: { min_confidence: 2 } };
    expect((await api.send('PATCH', '/alerts/preferences/model_update', { body: wrong })).status).toBe(422);
  });
});

test('whatever is asked for, the answer is JSON with a detail, and never a failure inside', async () => {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const starts = [
    '/signals/ensemble/',
    '/signals/model_b/',
    '/prices/',
    '/watchlist/',
    '/notifications/',
    '/portfolio?portfolio_name=',
    '/search?q=',
    '/signals/compare?ticker=',
    '/alerts/preferences/',
  ];
  const before = dataRevision(opened.app);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...methods),
      fc.constantFrom(...starts),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.oneof(fc.constant(undefined), fc.json()),
      async (method, start, text, body) => {
        const path = start + encodeURIComponent(text);
        const reply = await api.send(method, path, method === 'GET' || body === undefined ? {} : { text: body });
        expect([method, path, reply.status < 500 && typeof reply.body === 'object']).toEqual([method, path, true]);
      },
    ),
    { numRuns: 300 },
  );
  expect(dataRevision(opened.app)).toBe(before);
});

test('every answer has the headers that keep it private, and one line of log without what was sent', async () => {
  api.log.length = 0;
  const headers = { 'x-request-id': 'mine-1', cookie: 'session=secret' };
  const reply = await api.send('GET', '/search?q=secret', { headers });
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'x-request-id': 'mine-1',
  });
  expect(api.log.map(line => JSON.parse(line))).toEqual([
    expect.objectContaining({ event: 'request', id: 'mine-1', method: 'GET', path: '/search', status: 200 }),
  ]);
  expect(api.log.join('')).not.toMatch(/secret|asxos_/);
});

test('data that cannot be read is 500 for who has the key and 503 for who looks after the machine', async () => {
  const { app, close } = await openConsoleApp({ demo: false });
  const broken = openLocalApi(app);
  app.db.close();
  expect(await broken.send('GET', '/health', { key: null })).toMatchObject({
    status: 503,
    body: { detail: 'The data does not answer' },
  });
  expect(await broken.send('GET', '/jobs/history')).toMatchObject({
    status: 500,
    body: { detail: 'Internal server error' },
  });
  expect(broken.log.map(line => JSON.parse(line).event)).toEqual([
    'data does not answer',
    'request',
    'failed',
    'request',
  ]);
  // A file of the key that was spoilt opens nothing and tells nothing.
  writeFileSync(join(app.dataDir, 'api-key'), 'spoilt');
  expect(await broken.send('GET', '/jobs/history')).toMatchObject({ status: 401, body: { detail: 'Unauthorized' } });
  await close();
});
