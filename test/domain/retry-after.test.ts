import { expect, test } from 'vitest';
import { retryAfter } from '../../src/domain/retry-after.ts';

const now = Date.UTC(2024, 8, 30, 10);

test('Retry-After is seconds or a date', () => {
  expect(retryAfter('30', now)).toBe(30_000);
  expect(retryAfter('Mon, 30 Sep 2024 10:00:05 GMT', now)).toBe(5000);
  expect(retryAfter('Mon, 30 Sep 2024 09:00:00 GMT', now)).toBe(0);
  expect(retryAfter('soon', now)).toBeUndefined();
  expect(retryAfter(undefined, now)).toBeUndefined();
});
