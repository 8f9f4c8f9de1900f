import { expect, test } from 'vitest';
import { availableFrom, backtestLag, endOfMonthAfter } from '../../../src/domain/fundamentals/statement.ts';
import { day } from './company-tables.ts';

test.each([
  ['2025-06-30', '2025-08-31'],
  ['2025-12-31', '2026-02-28'],
  ['2023-12-31', '2024-02-29'],
  ['2025-09-30', '2025-11-30'],
  ['2025-03-31', '2025-05-31'],
])('without a filing date the period to %s counts from %s, flagged', (endsOn, on) => {
  expect(availableFrom({ endsOn: day(endsOn) })).toEqual({ on, isAssumed: true });
  expect(endOfMonthAfter(day(endsOn), 2)).toBe(on);
});

test('a filing date that repeats the period’s end, or is before it, is none', () => {
  const endsOn = day('2025-06-30');
  expect(availableFrom({ endsOn, filedOn: endsOn })).toEqual({ on: '2025-08-31', isAssumed: true });
  expect(availableFrom({ endsOn, filedOn: day('2025-06-01') })).toEqual({ on: '2025-08-31', isAssumed: true });
});

test('a filing date is when it counts from; a backtest waits a week more', () => {
  const filed = { endsOn: day('2025-06-30'), filedOn: day('2025-08-14') };
  expect(availableFrom(filed)).toEqual({ on: '2025-08-14', isAssumed: false });
  expect(availableFrom(filed, backtestLag)).toEqual({ on: '2025-08-21', isAssumed: false });
  expect(availableFrom({ endsOn: day('2025-06-30') }, backtestLag).on).toBe('2025-09-07');
});
