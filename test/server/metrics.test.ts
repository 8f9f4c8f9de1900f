import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerMetrics } from '../../src/server/metrics.ts';
import type { Store } from '../../src/server/store/store.ts';
import { openTestServer, openTestStore } from '../support/account-server.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('routes are named by their pattern, what is none is one row, and nobody is named', async () => {
  const { send, parts } = await openTestServer(store);
  const account = { username: 'ann', email: 'ann@example.com', password: 'securepass123' };
  const { body } = await send('POST', '/auth/register', { body: account });
  await send('PUT', '/notifications/17/read', { token: body.access_token });
  await send('PUT', '/notifications/18/read', { token: body.access_token });
  await send('GET', '/wp-admin');
  await send('GET', '/.env');
  await send('BREW', '/auth/me');
  const text = parts.metrics.text();
  const requests = text.split('\n').filter(line => line.startsWith('asxos_http_requests_total{'));
  expect(requests).toEqual([
    'asxos_http_requests_total{method="POST",route="/auth/register",status="200"} 1',
    'asxos_http_requests_total{method="PUT",route="/notifications/:id/read",status="404"} 2',
    'asxos_http_requests_total{method="GET",route="none",status="404"} 2',
    expect.stringMatching(/^asxos_http_requests_total\{method="other",route="none",status="40[45]"\} 1$/),
  ]);
  expect(text).toContain('asxos_http_requests_in_flight 0\n');
  expect(text).not.toMatch(/ann|[/]1[78]|wp-admin|BREW/);
});

test('every line is of the text format, and a histogram only grows to its count', async () => {
  const { send, parts } = await openTestServer(store);
  for (let time = 0; time < 5; time += 1) await send('GET', '/health');
  const lines = parts.metrics.text().trimEnd().split('\n');
  for (const line of lines)
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? \d+(\.\d+)?(e-\d+)?)$/);
  const lastOf = (text: string) => Number(text.split(' ').at(-1));
  const buckets = lines.filter(line => line.includes('_bucket{') && line.includes('/health')).map(lastOf);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  expect([buckets.length, buckets.at(-1)]).toEqual([11, 5]);
  expect(lastOf(lines.find(line => line.includes('_count{')) ?? '')).toBe(5);
});

test('a page of elsewhere that points its name at this machine reads nothing', async () => {
  const { parts } = await openTestServer(store);
  const answer = answerMetrics(parts.metrics);
  const statuses = [
    'http://127.0.0.1:9464/metrics',
    'http://[::1]:1/metrics',
    'http://evil.example:9464/metrics',
    'http://localhost/x',
  ];
  expect(statuses.map(url => answer(new Request(url)).status)).toEqual([200, 200, 403, 404]);
});
