import { expect, it } from 'vitest';
import { isAtLeast } from '../../../src/domain/alerts/notification.ts';

it('priorities go from low to urgent', () => {
  expect(isAtLeast('high', 'normal')).toBe(true);
  expect(isAtLeast('normal', 'normal')).toBe(true);
  expect(isAtLeast('low', 'normal')).toBe(false);
  expect(isAtLeast('high', 'urgent')).toBe(false);
});
