import { expect, test } from 'vitest';
import { windowUpTo } from '../../../src/domain/returns/window.ts';
import { on } from '../../support/ledger.ts';

const today = on('2026-03-03');

test('ends today, or on the day that was asked for', () => {
  expect(windowUpTo(today, {})).toEqual({ from: undefined, to: today });
  expect(windowUpTo(today, { from: today, to: today })).toEqual({ from: today, to: today });
  expect(windowUpTo(today, { to: on('2025-06-30') })).toEqual({ from: undefined, to: '2025-06-30' });
});

test.each([
  [{ from: on('2026-03-04') }, '--from is 2026-03-04, which is still to come'],
  [{ to: on('2026-03-04') }, '--to is 2026-03-04, which is still to come'],
  [{ from: on('2026-01-02'), to: on('2026-01-01') }, '--from is 2026-01-02, which is after --to, 2026-01-01'],
])('%j: %s', (asked, message) => {
  expect(() => windowUpTo(today, asked)).toThrow(expect.objectContaining({ code: 'invalid-input', message }));
});
