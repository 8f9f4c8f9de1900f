import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exchangeDetailsOf, securitiesOf, userOf } from '../../src/eodhd/exchange.ts';
import { hasRecordings, recordedDir } from '../support/eodhd-server.ts';

const recording = (file: string): unknown => JSON.parse(readFileSync(join(recordedDir, file), 'utf8'));

test('a security is read, its name made harmless', () => {
  const sent = { Code: 'VAS', Exchange: 'AU', Currency: 'AUD', Type: 'ETF', Isin: 'AU000000VAS1' };
  const { securities } = securitiesOf([
    { ...sent, Name: '\u001b[2JVanguard\u00a0Australian Shares \u00a0 ' },
    { ...sent, Code: 'XYZ', Name: ' ', Type: 'Warrant', Isin: 'unknown', Currency: null },
  ]);
  expect(securities).toEqual([
    { code: 'VAS', name: 'Vanguard Australian Shares', kind: 'etf', isin: 'AU000000VAS1', currency: 'AUD' },
    { code: 'XYZ', name: 'XYZ', kind: 'other' },
  ]);
});

test.each([
  ['Common Stock', 'share'],
  ['ETF', 'etf'],
  ['FUND', 'fund'],
  ['Preferred Stock', 'preference'],
  ['Capital Notes', 'note'],
  ['Notes', 'note'],
  ['BOND', 'bond'],
  ['INDEX', 'index'],
  [null, 'other'],
])('the type %s is the kind %s', (Type, kind) => {
  expect(securitiesOf([{ Code: 'ABC', Type }]).securities).toMatchObject([{ kind }]);
});

test('other exchanges and funds are ignored, rubbish is dropped', () => {
  const answer = securitiesOf([
    { Code: 'AMD', Exchange: 'US' },
    { Code: '0P00007962', Exchange: 'AU' },
    { Name: 'x' },
    5,
  ]);
  expect(answer).toEqual({ securities: [], dropped: 2, ignored: 2 });
});

test.skipIf(!hasRecordings)('the whole symbol list is read; 10 funds are ignored', () => {
  const rows = recording('exchange-symbol-list-AU-2025-10.json') as unknown[];
  const { securities, dropped, ignored } = securitiesOf(rows);
  expect(rows).toHaveLength(2327);
  expect({ kept: securities.length, dropped, ignored }).toEqual({ kept: 2317, dropped: 0, ignored: 10 });
  const counts = Map.groupBy(securities, security => security.kind);
  expect([counts.get('share')?.length, counts.get('etf')?.length, counts.get('preference')?.length]).toEqual([
    1870, 418, 25,
  ]);
  expect(securities.every(({ name }) => !/[\u0000-\u001f\u007f-\u00a0]|^\s|\s$/.test(name))).toBe(true);
});

test('holidays come as an array, numbered or dated; a bank holiday is not official', () => {
  const days = [
    { Holiday: 'Australia Day', Date: '2026-01-26', Type: 'official' },
    { Holiday: 'Bank Holiday', Date: '2026-08-03', Type: 'bank' },
  ];
  const holidays = [
    { date: '2026-01-26', name: 'Australia Day', official: true },
    { date: '2026-08-03', name: 'Bank Holiday', official: false },
  ];
  const early = { 0: { Date: '2026-12-24', Name: 'Christmas Eve' } };
  for (const ExchangeHolidays of [days, { ...days }]) {
    expect(
      exchangeDetailsOf({ Timezone: 'Australia/Sydney', ExchangeHolidays, ExchangeEarlyCloseDays: early }),
    ).toEqual({ holidays, earlyCloses: [{ date: '2026-12-24' }], timezone: 'Australia/Sydney' });
  }
  expect(
    exchangeDetailsOf({
      ExchangeHolidays: {
        '2026-01-26': { Name: 'Australia Day', Type: 'Official' },
        '2026-12-24': { Name: 'Christmas Eve', Type: 'EarlyClose' },
      },
    }),
  ).toEqual({ holidays: [holidays[0]], earlyCloses: [{ date: '2026-12-24' }], timezone: undefined });
});

test('details of another shape are none', () => {
  for (const json of [null, [], 'text', {}, { ExchangeHolidays: 'none' }])
    expect(exchangeDetailsOf(json)).toBeUndefined();
});

test('an account keeps its plan and use, and nothing personal', () => {
  const sent = { name: 'Jane Example', email: 'jane@example.com', subscriptionType: 'monthly' };
  const use = { apiRequests: 139, apiRequestsDate: '2026-07-19', dailyRateLimit: '100000', extraLimit: 500 };
  expect(userOf({ ...sent, ...use })).toEqual({
    subscription: 'monthly',
    requestsToday: 139,
    requestsDate: '2026-07-19',
    dailyLimit: 100_000,
    extraLimit: 500,
  });
  expect(userOf({ ...sent, apiRequests: 'NA' })).toBeUndefined();
  expect(userOf([])).toBeUndefined();
});
