import { describe, expect, it } from 'vitest';
import {
  average200,
  averageSlope,
  isAboveAverage,
  isAverageRising,
  sideOfAverage,
} from '../../../src/domain/signals/trend.ts';
import { randomBars } from './bars-of.ts';

const series = (length: number, at: (index: number) => number) =>
  Float64Array.from({ length }, (_, index) => at(index));

describe('the trend', () => {
  it('of a line lies 99.5 steps behind it and rises a step a bar', () => {
    const line = series(220, index => 100 + index);
    expect(average200(line, 219)).toBeCloseTo(319 - 99.5, 10);
    expect(averageSlope(line, 219)).toBeCloseTo(1 / 219.5, 12);
    expect([isAboveAverage(line, 219), isAverageRising(line, 219)]).toEqual([1, 1]);
    const falling = series(220, index => 400 - index);
    expect(averageSlope(falling, 219)).toBeCloseTo(-1 / 280.5, 12);
    expect([isAboveAverage(falling, 219), isAverageRising(falling, 219)]).toEqual([0, 0]);
  });

  it('of a price that does not move is on its average: neither above nor rising', () => {
    for (const price of [0.1, 1 / 3, 57.123_4]) {
      const flat = series(220, () => price);
      expect(average200(flat, 219)).toBe(price);
      expect(averageSlope(flat, 219)).toBe(0);
      expect([isAboveAverage(flat, 219), isAverageRising(flat, 219), sideOfAverage(flat, 219)]).toEqual([0, 0, 0]);
    }
  });

  it('of a price that alternates: the average is the middle of the two, and does not rise', () => {
    const alternating = series(220, index => 10 + (index % 2) * 0.3);
    expect(average200(alternating, 219)).toBeCloseTo(10.15, 12);
    expect([isAboveAverage(alternating, 219), sideOfAverage(alternating, 218)]).toEqual([1, -1]);
    expect(isAverageRising(alternating, 219)).toBe(0);
  });

  it('a move that 20 bars repeat does not raise the average', () => {
    const shape = series(20, index => 5 + Math.sin(index) * 0.37);
    expect(
      isAverageRising(
        series(220, index => shape[index % 20] as number),
        219,
      ),
    ).toBe(0);
  });

  it('the slope is the least-squares line through the last twenty averages', () => {
    const { close } = randomBars(3, 260);
    const averages = Array.from({ length: 20 }, (_, step) => average200(close, 240 + step));
    const mean = averages.reduce((sum, value) => sum + value, 0) / 20;
    const slope = averages.reduce((sum, value, step) => sum + (step - 9.5) * (value - mean), 0) / 665;
    expect(averageSlope(close, 259)).toBeCloseTo(slope / (averages[19] as number), 12);
  });
});
