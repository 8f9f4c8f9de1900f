import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, decimal, plain, price, toFloat } from '../../../src/domain/decimal.ts';
import { roundToTick, tickSize, ticksBetween } from '../../../src/domain/market/tick.ts';

const anyPrice = fc.integer({ min: 1, max: 50_000_000 }).map(units => price((units / 10_000).toFixed(4)));

describe('the price ladder', () => {
  it.each([
    ['0.001', '0.001'],
    ['0.0999', '0.001'],
    ['0.1', '0.005'],
    ['1.995', '0.005'],
    ['2', '0.01'],
    ['175.32', '0.01'],
  ])('at %s has steps of %s', (at, step) => {
    expect(plain(tickSize(price(at)))).toBe(step);
  });

  it.each([
    ['48.13541', '48.14'],
    ['54.0600155', '54.06'],
    ['1.9972', '1.995'],
    ['1.9975', '2'],
    ['0.1024', '0.1'],
    ['0.1025', '0.105'],
    ['0.0015', '0.002'],
    ['0.00149', '0.001'],
  ])('%s rounds to %s', (value, rounded) => {
    expect(plain(roundToTick(price(value)))).toBe(rounded);
  });

  it.each([
    ['0.01', '0.02', 10],
    ['0.09', '0.14', 18],
    ['1.99', '2.01', 3],
    ['75.82', '41.71', 3411],
    ['2', '2.005', 0.5],
    ['3', '3', 0],
  ])('%s and %s are %d steps apart', (a, b, steps) => {
    expect(toFloat(ticksBetween(price(a), price(b)))).toBe(steps);
    expect(toFloat(ticksBetween(price(b), price(a)))).toBe(steps);
  });

  it('rounds to a step at most half a step away, and keeps the order of prices', () => {
    fc.assert(
      fc.property(anyPrice, anyPrice, (a, b) => {
        const rounded = roundToTick(a);
        expect(compare(rounded.minus(a).abs().times(decimal('2')), tickSize(a))).toBeLessThanOrEqual(0);
        expect(compare(roundToTick(rounded), rounded)).toBe(0);
        if (compare(a, b) <= 0) expect(compare(rounded, roundToTick(b))).toBeLessThanOrEqual(0);
      }),
      { seed: 51, numRuns: 1000 },
    );
  });

  it('is one step from a price on it to the next', () => {
    fc.assert(
      fc.property(anyPrice.map(roundToTick), at => {
        expect(toFloat(ticksBetween(at, add(at, tickSize(at))))).toBe(1);
      }),
      { seed: 52, numRuns: 500 },
    );
  });
});
