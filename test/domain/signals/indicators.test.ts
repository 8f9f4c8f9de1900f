import { describe, expect, it } from 'vitest';
import {
  averageTrueRange,
  bandPosition,
  convergenceHistogram,
  relativeStrength,
} from '../../../src/domain/signals/indicators.ts';

const series = (length: number, at: (index: number) => number) =>
  Float64Array.from({ length }, (_, index) => at(index));

describe('relative strength', () => {
  // StockCharts ChartSchool, "Relative Strength Index (RSI)", the worked spreadsheet.
  const closes = Float64Array.from([
    44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.614,
    46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548,
    44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
  ]);
  const published = [
    70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87, 45.46,
    37.3, 33.08, 37.77,
  ];

  it('is that of the published table', () => {
    const found = published.map((_, index) => relativeStrength(closes, 0, 14 + index, 14));
    for (const [index, value] of found.entries()) expect(value).toBeCloseTo(published[index] as number, 2);
  });

  it('has closed forms: 100 without losses, 0 without gains, near 50 where they alternate', () => {
    expect(
      relativeStrength(
        series(60, index => 10 + index),
        0,
        59,
        14,
      ),
    ).toBe(100);
    expect(
      relativeStrength(
        series(60, () => 10),
        0,
        59,
        14,
      ),
    ).toBe(100);
    expect(
      relativeStrength(
        series(60, index => 100 - index),
        0,
        59,
        14,
      ),
    ).toBe(0);
    expect(
      relativeStrength(
        series(15, index => 10 + (index % 2)),
        0,
        14,
        14,
      ),
    ).toBeCloseTo(50, 12);
    // Two gains of 1 for each loss of 1: gains are two thirds of what moved.
    const steps = [1, 1, -1];
    let price = 100;
    const climbing = series(400, index => (price += steps[index % 3] as number));
    expect(relativeStrength(climbing, 0, 399, 14)).toBeGreaterThan(60);
    expect(relativeStrength(climbing, 0, 399, 14)).toBeLessThan(73);
  });
});

describe('the histogram of MACD', () => {
  // InvestExcel, "How to Calculate MACD in Excel", the worked sheet.
  const closes = Float64Array.from([
    459.99, 448.85, 446.06, 450.81, 442.8, 448.97, 444.57, 441.4, 430.47, 420.05, 431.14, 425.66, 430.58, 431.72,
    437.87, 428.43, 428.35, 432.5, 443.66, 455.72, 454.49, 452.08, 452.73, 461.91, 463.58, 461.14, 452.08, 442.66,
    428.91, 429.79, 431.99, 427.72, 423.2, 426.21, 426.98, 435.69, 434.33, 429.8, 419.85, 426.24,
  ]);

  it.each([
    [34, -2.0705581901, 3.037525868733945],
    [35, -2.62184232825689, 1.90565222933578],
    [40, -3.5303631361, -1.338100412582993],
  ])('at bar %d is the published line less the published signal', (bar, line, signal) => {
    expect(convergenceHistogram(closes, 0, bar - 1)).toBeCloseTo(line - signal, 8);
  });

  it('is 0 where the price does not move, and dies out where it moves evenly', () => {
    expect(
      convergenceHistogram(
        series(400, () => 0.1),
        0,
        399,
      ),
    ).toBe(0);
    // On a line both averages lag by a constant, from the first on: the seed of a line is its middle.
    expect(
      convergenceHistogram(
        series(400, index => 10 + index),
        0,
        399,
      ),
    ).toBeCloseTo(0, 9);
  });
});

describe('the place between the bands', () => {
  // StockCharts ChartSchool, "Bollinger Bands", the worked spreadsheet: closes, and the bands at the first seven bars.
  const closes = Float64Array.from([
    86.1557, 89.0867, 88.7829, 90.3228, 89.0671, 91.1453, 89.4397, 89.175, 86.9302, 87.6752, 86.9596, 89.4299, 89.3221,
    88.7241, 87.4497, 87.2634, 89.4985, 87.9006, 89.126, 90.7043, 92.9001, 92.9784, 91.8021, 92.6647, 92.6843, 92.3021,
  ]);
  const upper = [91.29, 91.95, 92.61, 92.93, 93.31, 93.73, 93.9];
  const lower = [86.12, 86.14, 85.87, 85.85, 85.7, 85.65, 85.59];

  it('is that of the published bands', () => {
    for (const [index, low] of lower.entries()) {
      const published = ((closes[19 + index] as number) - low) / ((upper[index] as number) - low);
      expect(Math.abs(bandPosition(closes, 19 + index, 20) - published)).toBeLessThan(0.002);
    }
  });

  it('has closed forms, and none where the price does not move', () => {
    // A line: the last of twenty is 9.5 steps above the middle, and the deviation is sqrt((400 - 1) / 12).
    const line = series(20, index => 5 + index);
    expect(bandPosition(line, 19, 20)).toBeCloseTo(0.5 + 9.5 / (4 * Math.sqrt(399 / 12)), 12);
    // Alternating by 2: the deviation is 1, and the close lies one of them above or below the middle.
    const alternating = series(21, index => 10 + 2 * (index % 2));
    expect(bandPosition(alternating, 19, 20)).toBeCloseTo(0.75, 12);
    expect(bandPosition(alternating, 20, 20)).toBeCloseTo(0.25, 12);
    expect(
      bandPosition(
        series(20, () => 0.1),
        19,
        20,
      ),
    ).toBeNaN();
  });
});

describe('the average true range', () => {
  // StockCharts ChartSchool, "Average True Range (ATR)", the worked spreadsheet's first fifteen bars: the mean of the
  // true ranges of bars 2 to 15 is 0.56786, as the indicator library `technicalindicators` has it too.
  const high = [48.7, 48.72, 48.9, 48.87, 48.82, 49.05, 49.2, 49.35, 49.92, 50.19, 50.12, 49.66, 49.88, 50.19, 50.36];
  const low = [47.79, 48.14, 48.39, 48.37, 48.24, 48.64, 48.94, 48.86, 49.5, 49.87, 49.2, 48.9, 49.43, 49.73, 49.26];
  const close = [
    48.16, 48.61, 48.75, 48.63, 48.74, 49.03, 49.07, 49.32, 49.91, 50.13, 49.53, 49.5, 49.75, 50.03, 50.31,
  ];

  it('is that of the published table', () => {
    const bars = { high: Float64Array.from(high), low: Float64Array.from(low), close: Float64Array.from(close) };
    expect(averageTrueRange(bars, 14, 14)).toBeCloseTo(0.567_86, 5);
  });

  it('counts a gap from the close before, up or down', () => {
    const bars = {
      high: Float64Array.from([10, 12, 8.5]),
      low: Float64Array.from([10, 11, 8]),
      close: Float64Array.from([10, 11, 8]),
    };
    expect(averageTrueRange(bars, 1, 1)).toBe(2);
    expect(averageTrueRange(bars, 2, 1)).toBe(3);
    expect(averageTrueRange(bars, 2, 2)).toBe(2.5);
  });
});
