import { describe, expect, test } from 'vitest';
import {
  dailyCashRate,
  expectedShortfall95Pct,
  sharpe,
  sortino,
  var95Pct,
  volatilityPct,
} from '../../../src/domain/returns/risk.ts';
import { daily, dayAt, repeated } from './rates-by-day.ts';

describe('volatility', () => {
  test('20 days of 1% up and 1% down: 1% x sqrt(20/19) x sqrt(252)', () => {
    const figure = volatilityPct(daily(repeated([0.01, -0.01], 10)));
    expect(figure.value).toBeCloseTo(16.286_901, 6);
    expect(figure).toMatchObject({ from: dayAt(0), to: dayAt(19), observations: 20, reason: undefined });
  });

  test('is zero for returns that never change, and unknown below 20 days', () => {
    expect(volatilityPct(daily(repeated([0.1], 20))).value).toBe(0);
    expect(volatilityPct(daily(repeated([0.1], 19)))).toMatchObject({
      value: undefined,
      reason: '19 daily returns are too few; it takes 20',
      observations: 19,
    });
    expect(volatilityPct(daily([0.1])).reason).toBe('1 daily return is too few; it takes 20');
    expect(volatilityPct([])).toEqual({
      value: undefined,
      reason: '0 daily returns are too few; it takes 20',
      from: undefined,
      to: undefined,
      observations: 0,
    });
  });
});

describe('Sharpe', () => {
  test('60 days of 2% and 0% without a cash rate: sqrt(59/60) x sqrt(252)', () => {
    expect(sharpe(daily(repeated([0.02, 0], 30)), 0).value).toBeCloseTo(Math.sqrt((59 / 60) * 252), 9);
  });

  test('takes the cash rate of a day from each return: 252 of them make the year', () => {
    expect((1 + dailyCashRate(3.85)) ** 252).toBeCloseTo(1.0385, 12);
    // The mean falls by f and the deviation stays: (1% - f) / (1% x sqrt(60/59)) x sqrt(252).
    const expected = ((0.01 - dailyCashRate(3.85)) / (0.01 * Math.sqrt(60 / 59))) * Math.sqrt(252);
    expect(sharpe(daily(repeated([0.02, 0], 30)), 3.85).value).toBeCloseTo(expected, 9);
  });

  test('is unknown where nothing varies, whatever the rounding, and below 60 days', () => {
    expect(sharpe(daily(repeated([0.001], 100)), 3.85).reason).toBe('the return was the same on every day');
    expect(sharpe(daily(repeated([0], 100)), 3.85).value).toBeUndefined();
    expect(sharpe(daily(repeated([0.02, 0], 29)), 0).reason).toBe('58 daily returns are too few; it takes 60');
  });
});

describe('Sortino', () => {
  test('the example of Rollinger and Hoffman, "Sortino: A Sharper Ratio": 4.417 before it is made yearly', () => {
    const published = [0.17, 0.15, 0.23, -0.05, 0.12, 0.09, 0.13, -0.04];
    const figure = sortino(daily(repeated(published, 8)), 0);
    expect((figure.value ?? 0) / Math.sqrt(252)).toBeCloseTo(4.417, 3);
  });

  test('60 days of 2% and -1%: 0.5% / sqrt(1%^2 / 2) x sqrt(252)', () => {
    expect(sortino(daily(repeated([0.02, -0.01], 30)), 0).value).toBeCloseTo(Math.sqrt(126), 9);
  });

  test('is unknown where no day fell short, and known for a steady loss', () => {
    expect(sortino(daily(repeated([0.02, 0], 30)), 0).reason).toBe('no day was below the cash rate');
    expect(sortino(daily(repeated([-0.01], 60)), 0).value).toBeCloseTo(-Math.sqrt(252), 9);
  });
});

describe('value at risk and expected shortfall', () => {
  /** -5.0%, -4.9%, ... */
  const tenths = (count: number) => daily(Array.from({ length: count }, (_, index) => (index - 50) / 1000));

  test('of 100 days the fifth worst, and the mean of the five', () => {
    expect(var95Pct(tenths(100)).value).toBeCloseTo(4.6, 12);
    expect(expectedShortfall95Pct(tenths(100)).value).toBeCloseTo(4.8, 12);
  });

  test.each([
    [101, 4.5],
    [120, 4.5],
    [121, 4.4],
    // 0.05 x 140 is 7.000000000000001 in floats.
    [140, 4.4],
  ])('of %i days: a twentieth of them, rounded up (%s)', (count, loss) => {
    expect(var95Pct(tenths(count)).value).toBeCloseTo(loss, 12);
  });

  test('does not depend on the order of the days', () => {
    expect(var95Pct(tenths(100).toReversed()).value).toBe(var95Pct(tenths(100)).value);
  });

  test('is below zero where even the worst days gained, and unknown below 100 days', () => {
    expect(var95Pct(daily(repeated([0.01], 100))).value).toBeCloseTo(-1, 12);
    expect(var95Pct(daily(repeated([0], 100))).value).toBe(0);
    expect(var95Pct(tenths(99)).reason).toBe('99 daily returns are too few; it takes 100');
    expect(expectedShortfall95Pct(tenths(99)).value).toBeUndefined();
  });
});
