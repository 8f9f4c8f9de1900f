import { describe, expect, it } from 'vitest';
import { quantile, sortedKnown, winsorisedColumn } from '../../../src/domain/signals/winsorise.ts';
import { panelOf } from './panel-of.ts';

describe('winsorising', () => {
  it('a percentile lies between the two nearest values in proportion', () => {
    const values = Float64Array.from([1, 2, 3, 4]);
    expect([0, 0.25, 0.5, 0.9, 1].map(share => quantile(values, share))).toEqual([
      1,
      1.75,
      2.5,
      expect.closeTo(3.7, 12),
      4,
    ]);
    expect(quantile(new Float64Array(), 0.5)).toBeNaN();
    expect([...sortedKnown(Float64Array.from([3, Number.NaN, -1, 10]))]).toEqual([-1, 3, 10]);
  });

  it('brings what is beyond the 1st and 99th percentile of its own date in to it', () => {
    const first = Array.from({ length: 101 }, (_, index) => index);
    const second = first.map(value => 1000 + value);
    const column = winsorisedColumn(panelOf([first, second]), 0);
    expect([...column.subarray(0, 3)]).toEqual([1, 1, 2]);
    expect([...column.subarray(98, 101)]).toEqual([98, 99, 99]);
    expect([...column.subarray(101, 103)]).toEqual([1001, 1001]);
    expect(column.at(-1)).toBe(1099);
  });

  it('leaves the unknown unknown, and one value as it is', () => {
    expect([...winsorisedColumn(panelOf([[Number.NaN, 5], [Number.NaN]]), 0)]).toEqual([Number.NaN, 5, Number.NaN]);
  });
});
