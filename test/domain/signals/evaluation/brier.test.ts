import { describe, expect, test } from 'vitest';
import { brier } from '../../../../src/domain/signals/evaluation/brier.ts';
import { judgedRows, type Row } from './judged-rows.ts';

const said = (probability: number, forward: number): Row => ({ probability, forward });

describe('the Brier score', () => {
  test('of one forecast: 70% that came is .09, 30% that came .49, a certainty 0', () => {
    expect(brier(judgedRows([[said(0.7, 1)]]))?.score).toBeCloseTo(0.09, 12);
    expect(brier(judgedRows([[said(0.3, 1)]]))?.score).toBeCloseTo(0.49, 12);
    expect(brier(judgedRows([[said(1, 1)]]))?.score).toBe(0);
  });

  test('reliability - resolution + uncertainty, by hand', () => {
    // Ten forecasts: of four at .2 one came, of six at .7 three. The base rate is .4.
    const rows = [
      ...[0.01, -0.01, -0.01, 0].map(forward => said(0.2, forward)),
      ...[0.1, 0.1, 0.1, -0.1, -0.1, -0.1].map(forward => said(0.7, forward)),
    ];
    const figures = brier(judgedRows([rows]));
    // (.64 + 3 x .04 + 3 x .09 + 3 x .49) / 10
    expect(figures?.score).toBeCloseTo(0.25, 12);
    expect(figures?.baseRate).toBe(0.4);
    expect(figures?.uncertainty).toBeCloseTo(0.24, 12);
    // (4 x .05² + 6 x .2²) / 10 and (4 x .15² + 6 x .1²) / 10
    expect(figures?.reliability).toBeCloseTo(0.025, 12);
    expect(figures?.resolution).toBeCloseTo(0.015, 12);
    expect(figures?.remainder).toBeCloseTo(0, 12);
    expect(figures?.table).toEqual([
      { from: 0.2, to: 0.25, count: 4, meanProbability: expect.closeTo(0.2, 12), rose: 0.25 },
      { from: 0.7, to: 0.75, count: 6, meanProbability: expect.closeTo(0.7, 12), rose: 0.5 },
    ]);
  });

  test('the base rate itself is neither better nor worse', () => {
    const figures = brier(judgedRows(Array.from({ length: 7 }, () => [said(0.5, 1), said(0.5, -1)])));
    expect([figures?.score, figures?.uncertainty, figures?.better.value]).toEqual([0.25, 0.25, 0]);
  });

  test('better than the base rate, per date', () => {
    const figures = brier(
      judgedRows(Array.from({ length: 7 }, (_, date) => [said(0.8, 1), said(date % 2 === 0 ? 0.2 : 0.4, -1)])),
    );
    // .25 less the mean of .04 and .04, or of .04 and .16.
    expect(figures?.better.value).toBeCloseTo((4 * 0.21 + 3 * 0.15) / 7, 12);
    expect(figures?.better.low).toBeGreaterThan(0);
  });

  test('rows without a probability do not count, and without any there is none', () => {
    expect(brier(judgedRows([[{ forward: 1 }, said(1, 1)]]))?.count).toBe(1);
    expect(brier(judgedRows([[{ forward: 1 }]]))).toBeUndefined();
    expect(brier(judgedRows([]))).toBeUndefined();
  });

  test('a probability of 1 lies in the last bin', () => {
    expect(brier(judgedRows([[said(1, 1), said(0, -1)]]))?.table.map(({ from, to }) => [from, to])).toEqual([
      [0, 0.05],
      [0.95, 1],
    ]);
  });
});
