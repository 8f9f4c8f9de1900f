import { expect, test } from 'vitest';
import { figureOf, figureOfDays, tooFew } from '../../../src/domain/returns/figure.ts';
import { daily, dayAt } from './rates-by-day.ts';

const window = { from: dayAt(0), to: dayAt(1) };

test('a figure is a finite number or the reason why there is none', () => {
  expect(figureOf(1.5, window, 2)).toEqual({ ...window, observations: 2, value: 1.5, reason: undefined });
  expect(figureOf('no prices', window, 0)).toEqual({
    ...window,
    observations: 0,
    value: undefined,
    reason: 'no prices',
  });
  for (const measured of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(figureOf(measured, window, 2)).toMatchObject({
      value: undefined,
      reason: 'the numbers are too large to measure',
    });
  }
  expect(figureOf(-0, window, 2).value).toBe(0);
});

test('too few are told with how many it takes, one of them in the singular', () => {
  expect(tooFew(2, 2, 'day')).toBeUndefined();
  expect([0, 1, 2].map(count => tooFew(count, 3, 'day'))).toEqual([
    '0 days are too few; it takes 3',
    '1 day is too few; it takes 3',
    '2 days are too few; it takes 3',
  ]);
});

test('is measured on the days only where they are enough', () => {
  const sum = (days: readonly { readonly rate: number }[]) => days.reduce((total, day) => total + day.rate, 0);
  expect(figureOfDays(daily([1, 2]), 2, sum)).toEqual({ ...window, observations: 2, value: 3, reason: undefined });
  const never = (): number => {
    throw new Error('not to be asked');
  };
  expect(figureOfDays(daily([1]), 2, never)).toMatchObject({ value: undefined, from: dayAt(0), to: dayAt(0) });
});
