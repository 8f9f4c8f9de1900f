import { describe, expect, it } from 'vitest';
import { marketRegime } from '../../../src/domain/signals/regime.ts';
import { barsOf, dayAt, randomBars, until } from './bars-of.ts';

const day = 259;
/** A price that drifts and swings by `swing` up and down by turns. */
const benchmark = (drift: number, swing: number) => {
  let price = 100;
  return barsOf(
    Array.from({ length: day + 1 }, (_, index) => (price *= 1 + drift + (index % 2 === 0 ? swing : -swing))),
    { code: 'VAS' },
  );
};
const regime = (drift: number, swing: number) => marketRegime(benchmark(drift, swing), dayAt(day)).regime;
/** The swing of so much annual volatility: a sample of 60 by turns. */
const swingOf = (volatility: number) => volatility / Math.sqrt((60 / 59) * 252);

describe('the regime', () => {
  it('is risk-on above the average and calm, risk-off below it and wild, else neutral', () => {
    expect(regime(0.001, swingOf(0.15))).toBe('risk-on');
    expect(regime(0.001, swingOf(0.17))).toBe('neutral');
    expect(regime(0.001, swingOf(0.3))).toBe('neutral');
    expect(regime(-0.001, swingOf(0.21))).toBe('risk-off');
    expect(regime(-0.001, swingOf(0.19))).toBe('neutral');
    expect(regime(-0.001, swingOf(0.1))).toBe('neutral');
  });

  it('excludes its edges, whatever rounding says', () => {
    expect(regime(0.001, swingOf(0.16))).toBe('neutral');
    expect(regime(-0.001, swingOf(0.2))).toBe('neutral');
  });

  it('shows what it is made of', () => {
    const found = marketRegime(benchmark(0.001, swingOf(0.15)), dayAt(day + 1));
    expect(found).toMatchObject({ benchmark: 'VAS', date: dayAt(day), regime: 'risk-on' });
    if (found.regime === undefined) throw new Error(found.reason);
    expect(found.volatility).toBeCloseTo(0.15, 6);
    expect(found.close).toBeGreaterThan(found.average);
  });

  it('of a price that does not move is neutral: it is on its average', () => {
    expect(marketRegime(barsOf(Array<number>(260).fill(0.1)), dayAt(day)).regime).toBe('neutral');
  });

  it('is unknown below 200 bars, with the number', () => {
    expect(marketRegime(until(randomBars(1, 260), 198), dayAt(day))).toEqual({
      benchmark: 'AAA',
      date: dayAt(198),
      regime: undefined,
      reason: 'needs 200 bars, has 199',
    });
    expect(marketRegime(barsOf([]), dayAt(day))).toMatchObject({ date: undefined, reason: 'needs 200 bars, has 0' });
  });
});
