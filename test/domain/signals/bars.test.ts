import { describe, expect, it } from 'vitest';
import { barOn, dayOfBar, lastBarOn } from '../../../src/domain/signals/bars.ts';
import { barsOf, dayAt } from './bars-of.ts';

describe('the bar of a day', () => {
  const bars = barsOf([1, 2, 3], { days: [dayAt(2), dayAt(3), dayAt(7)] });

  it('is the last one up to it, or that very one', () => {
    expect([0, 1, 2, 3, 4, 6, 7, 9].map(day => lastBarOn(bars, dayAt(day)))).toEqual([-1, -1, 0, 1, 1, 1, 2, 2]);
    expect([0, 2, 4, 7, 9].map(day => barOn(bars, dayAt(day)))).toEqual([-1, 0, -1, 2, -1]);
    expect(lastBarOn(barsOf([]), dayAt(1))).toBe(-1);
    expect([dayOfBar(bars, 2), dayOfBar(bars, 3), dayOfBar(bars, -1)]).toEqual([dayAt(7), undefined, undefined]);
  });

  it('is not one that the next bar was yet to confirm', () => {
    const held = barsOf([10, 5, 5.1], { days: [dayAt(2), dayAt(3), dayAt(7)], confirmedLater: [dayAt(3)] });
    expect([3, 4, 7].map(day => lastBarOn(held, dayAt(day)))).toEqual([0, 0, 2]);
    expect([2, 3, 7].map(day => barOn(held, dayAt(day)))).toEqual([0, -1, 2]);
  });
});
