import { describe, expect, it } from 'vitest';
import { median, p95, quantile, slopeOf } from './statistics.ts';

describe('timings', () => {
  it('have a middle, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([8, 2, 4, 6])).toBe(5);
    expect(median([10, 9, 100])).toBe(10);
  });

  it('have a value that 95 of 100 do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(p95(hundred)).toBe(95);
    expect(p95([3])).toBe(3);
    expect(quantile(hundred, 1)).toBe(100);
    expect(quantile(hundred, 0)).toBe(1);
  });

  it('are not made up where there are none', () => {
    expect(() => median([])).toThrow('no timings');
    expect(() => p95([])).toThrow('no timings');
  });
});

describe('a slope', () => {
  it('is that of the straight line through the points, and of the nearest line where there is none', () => {
    expect(slopeOf([1, 2, 5].map(x => ({ x, y: 3 - 2 * x })))).toBeCloseTo(-2, 12);
    expect(slopeOf([4, 4, 4].map((y, x) => ({ x, y })))).toBe(0);
    expect(slopeOf([0, 1, 2, 3].map((x, index) => ({ x, y: [1, 3, 2, 5][index] ?? 0 })))).toBeCloseTo(1.1, 12);
  });

  it('is not made up from one place', () => {
    expect(() => slopeOf([])).toThrow('two places');
    expect(() => slopeOf([2, 2].map(x => ({ x, y: Math.E })))).toThrow('two places');
  });
});
