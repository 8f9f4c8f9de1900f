import { expect, test } from 'vitest';
import { headerCount, retryAfter } from '../../src/eodhd/headers.ts';

const now = Date.UTC(2024, 8, 30, 10);

test('Retry-After is seconds or a date', () => {
  expect(retryAfter('30', now)).toBe(30_000);
  expect(retryAfter('Mon, 30 Sep 2024 10:00:05 GMT', now)).toBe(5000);
  expect(retryAfter('Mon, 30 Sep 2024 09:00:00 GMT', now)).toBe(0);
  expect(retryAfter('soon', now)).toBeUndefined();
  expect(retryAfter(undefined, now)).toBeUndefined();
});

test('a count is a whole number', () => {
  expect(headerCount('1400')).toBe(1400);
  expect(headerCount(['7', '8'])).toBe(7);
  for (const value of [undefined, '', '-1', '1.5', 'many']) expect(headerCount(value)).toBeUndefined();
});
