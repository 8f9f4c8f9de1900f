import { expect, test } from 'vitest';
import { openTrader } from '../../support/cli.ts';
import type { Fault } from '../../support/eodhd-server.ts';

const json = (path: string, value: unknown): Fault => ({ path, body: JSON.stringify(value) });
const bar = { date: '2026-03-02', open: 5, high: 5, low: 5, close: 5, adjusted_close: 5, volume: 1 };
const listed = Array.from({ length: 60 }, (_, index) => ({
  ...{ Code: `C${String(index).padStart(2, '0')}`, Name: 'A company', Type: 'Common Stock' },
  ...{ Exchange: 'AU', Currency: 'AUD', Isin: null },
}));
/** 31 calls are left: the symbol list and ten securities. */
const faults = [
  json('user', { apiRequests: 969, apiRequestsDate: '2026-03-03', dailyRateLimit: 1000, extraLimit: 0 }),
  json('exchange-symbol-list', listed),
  json('eod/', [bar]),
  json('div/', []),
  json('splits/', []),
];

test('a universe that is not known yet is told by its list, and the plan says so', async () => {
  const { asxos, server } = await openTrader({ faults });
  const { out, code } = await asxos('refresh history --universe all --plan');
  expect([code, server.requests]).toEqual([0, []]);
  expect(out).toContain('Which securities are in the universe "all" is told by these; their histories come on top.\n');
  const { data } = JSON.parse((await asxos('refresh history --universe all --plan --json')).out);
  expect(data).toMatchObject({ totalCost: 1, more: expect.stringContaining('on top') });
});

test('what the quota does not allow waits: the first by name, the others by number, and the exit code says in part', async () => {
  const { asxos } = await openTrader({ faults });
  const { out, code } = await asxos('refresh history --universe all');
  expect(code).toBe(3);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toBe('10 securities updated, 50 left for the next quota · 31 calls, 0 left today.');
  expect(lines).toHaveLength(3 + 20 + 1);
  expect(lines[3]).toBe("C10   failed  not asked: 0 calls left of today's quota");
  expect(lines.at(-1)).toMatch(/failed +and 30 more$/);
  expect((await asxos('refresh history --universe all')).code).toBe(75);
});

test('a universe goes with what is kept of one', async () => {
  const { asxos } = await openTrader();
  expect(await asxos('refresh prices --universe all')).toEqual({
    out: '',
    err:
      'asxos: --universe goes with history, fundamentals and all, not with "prices"\n' +
      'Write: asxos refresh history --universe all.\n',
    code: 64,
  });
});
