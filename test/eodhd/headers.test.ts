import { expect, test } from 'vitest';
import { headerCount } from '../../src/eodhd/headers.ts';

test('a count is a whole number', () => {
  expect(headerCount('1400')).toBe(1400);
  expect(headerCount(['7', '8'])).toBe(7);
  for (const value of [undefined, '', '-1', '1.5', 'many']) expect(headerCount(value)).toBeUndefined();
});
