import { expect, test } from 'vitest';
import { windowUpTo } from '../../../src/domain/returns/window.ts';
import { on } from '../../support/ledger.ts';

const today = on('2026-03-03');

test('ends today, or on the day that was asked for', () => {
  expect(windowUpTo(today, {})).toEqual({ from: undefined, to: today });
  expect(windowUpTo(today, { from: today, to: today })).toEqual({ from: today, to: today });
  expect(windowUpTo(today, { from: on('2025-06-30') })).toEqual({ from: '2025-06-30', to: today });
  const day = on('2025-06-30');
  expect(windowUpTo(today, { from: day, to: day })).toEqual({ from: day, to: day });
  expect(windowUpTo(today, { to: on('2025-06-30') })).toEqual({ from: undefined, to: '2025-06-30' });
});

const endsToday = 'A window ends today, 2026-03-03, or before.';

test.each([
  [{ from: on('2026-03-04') }, '--from is 2026-03-04, which is still to come', endsToday],
  [{ to: on('2026-03-04') }, '--to is 2026-03-04, which is still to come', endsToday],
  [
    { from: on('2026-01-02'), to: on('2026-01-01') },
    '--from is 2026-01-02, which is after --to, 2026-01-01',
    'A window goes from the earlier day to the later one.',
  ],
])('%j: %s', (asked, message, hint) => {
  expect(() => windowUpTo(today, asked)).toThrow(expect.objectContaining({ code: 'invalid-input', message, hint }));
});
