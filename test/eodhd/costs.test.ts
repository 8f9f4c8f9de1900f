import { expect, test } from 'vitest';
import { parseLocalDate } from '../../src/domain/date.ts';
import { callsLeftOf, costOf, nextReset, plannedRequests, quotaDay } from '../../src/eodhd/costs.ts';

test('a request costs by its endpoint, real-time by its symbols', () => {
  expect(costOf('real-time', 15)).toBe(15);
  expect(costOf('eod')).toBe(1);
  expect(costOf('div')).toBe(1);
  expect(costOf('splits')).toBe(1);
  expect(costOf('eod-bulk-last-day')).toBe(100);
  expect(costOf('exchange-details')).toBe(5);
  expect(costOf('user')).toBe(0);
});

test('a plan counts requests and calls', () => {
  expect(plannedRequests('real-time', 40)).toEqual({ endpoint: 'real-time', count: 3, cost: 40 });
  expect(plannedRequests('real-time', 0)).toEqual({ endpoint: 'real-time', count: 0, cost: 0 });
  expect(plannedRequests('eod', 40)).toEqual({ endpoint: 'eod', count: 40, cost: 40 });
  expect(plannedRequests('eod-bulk-last-day', 2)).toEqual({ endpoint: 'eod-bulk-last-day', count: 2, cost: 200 });
});

test('the quota day is UTC: 09:59 AEST of 1 October is still 30 September', () => {
  const before = Date.UTC(2024, 8, 30, 23, 59, 59, 999);
  expect(quotaDay(before)).toBe('2024-09-30');
  expect(nextReset(before)).toBe(before + 1);
  expect(quotaDay(before + 1)).toBe('2024-10-01');
  expect(nextReset(before + 1)).toBe(Date.UTC(2024, 9, 2));
});

test('a counter of another day counts as none used; bonus calls are added', () => {
  const use = { requestsToday: 139, requestsDate: parseLocalDate('2026-07-19'), dailyLimit: 100_000, extraLimit: 500 };
  expect(callsLeftOf(use, Date.UTC(2026, 6, 19, 12))).toBe(100_361);
  expect(callsLeftOf(use, Date.UTC(2026, 6, 20, 1))).toBe(100_500);
  expect(callsLeftOf({ ...use, requestsToday: 100_600, extraLimit: undefined }, Date.UTC(2026, 6, 19))).toBe(0);
});
