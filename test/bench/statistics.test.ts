import { describe, expect, it } from 'vitest';
import { median, p95, quantile } from './statistics.ts';

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
