import { describe, expect, test } from 'vitest';
import { benchmarkReturns, benchmarkRisk } from '../../../src/domain/returns/benchmark-risk.ts';
import { daily, dayAt, repeated } from './rates-by-day.ts';

/** F. J. Anscombe, "Graphs in Statistical Analysis" (1973), the first of his four. */
const anscombeX = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const anscombeY = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
const sixTimes = (values: readonly number[]) => daily(repeated(values, 6).map(value => value / 100));

describe('beta and correlation', () => {
  test("are those of Anscombe's data: a slope of 0.500 and r = 0.816", () => {
    const { beta, correlation } = benchmarkRisk(sixTimes(anscombeY), sixTimes(anscombeX));
    expect(beta.value).toBeCloseTo(0.500_091, 6);
    expect(correlation.value).toBeCloseTo(0.816_421, 6);
    expect(beta).toMatchObject({ from: dayAt(0), to: dayAt(65), observations: 66 });
  });

  test('of a benchmark with itself are 1, and of twice the market 2', () => {
    const market = sixTimes(anscombeX);
    expect(benchmarkRisk(market, market).beta.value).toBeCloseTo(1, 12);
    expect(benchmarkRisk(market, market).correlation.value).toBeCloseTo(1, 12);
    const geared = market.map(day => ({ ...day, rate: day.rate * 2 }));
    expect(benchmarkRisk(geared, market).beta.value).toBeCloseTo(2, 12);
  });

  test('are of the days that both have', () => {
    const market = sixTimes(anscombeX);
    const own = market.slice(0, 62).map(day => ({ ...day, rate: -day.rate }));
    const strays = daily([5, 5, 5], 100);
    const { correlation } = benchmarkRisk([...own, ...strays], market);
    expect(correlation.value).toBeCloseTo(-1, 12);
    expect(correlation).toMatchObject({ to: dayAt(61), observations: 62 });
  });

  test('say what did not move', () => {
    const market = sixTimes(anscombeX);
    const still = daily(repeated([0.001], 66));
    expect(benchmarkRisk(market, still).beta.reason).toBe('the benchmark did not move');
    expect(benchmarkRisk(market, still).correlation.reason).toBe('the benchmark did not move');
    expect(benchmarkRisk(still, market).correlation.reason).toBe('the return was the same on every day');
    // A portfolio that stands still does have a beta.
    expect(benchmarkRisk(still, market).beta.value).toBeCloseTo(0, 12);
  });

  test('take 60 common days', () => {
    const { beta } = benchmarkRisk(daily(repeated([0.01, 0.02], 40)), daily(repeated([0.01, 0.02], 40), 25));
    expect(beta).toMatchObject({ reason: '55 daily returns are too few; it takes 60', observations: 55 });
    expect(benchmarkRisk([], []).beta.reason).toBe('0 daily returns are too few; it takes 60');
  });
});

describe('tracking error and information ratio', () => {
  test('60 days that are 1% above and 0% above in turn', () => {
    const market = daily(repeated([0.03, -0.02], 30));
    const own = market.map((day, index) => ({ ...day, rate: day.rate + (index % 2 === 0 ? 0.01 : 0) }));
    const { trackingErrorPct, informationRatio } = benchmarkRisk(own, market);
    expect(trackingErrorPct.value).toBeCloseTo(0.5 * Math.sqrt(60 / 59) * Math.sqrt(252), 9);
    expect(informationRatio.value).toBeCloseTo(Math.sqrt((59 / 60) * 252), 9);
  });

  test('of the benchmark itself: no error, and no ratio', () => {
    const market = daily(repeated([0.03, -0.02], 30));
    const { trackingErrorPct, informationRatio } = benchmarkRisk(market, market);
    expect(trackingErrorPct.value).toBe(0);
    expect(informationRatio.reason).toBe('it differed from the benchmark by the same on every day');
  });
});

describe('the returns of a benchmark from its levels', () => {
  const days = (...trading: readonly boolean[]) =>
    trading.map((isTradingDay, index) => ({ date: dayAt(index), isTradingDay }));

  test('are those of the sessions, from the close before the first', () => {
    expect(benchmarkReturns(days(true, false, true), [100, 110, 110, 99])).toEqual([
      { date: dayAt(0), rate: expect.closeTo(0.1, 12) },
      { date: dayAt(2), rate: expect.closeTo(-0.1, 12) },
    ]);
  });

  test('begin with its second price', () => {
    expect(benchmarkReturns(days(true, true, true), [undefined, undefined, 100, 101])).toEqual([
      { date: dayAt(2), rate: expect.closeTo(0.01, 12) },
    ]);
    expect(benchmarkReturns(days(true), [])).toEqual([]);
    expect(benchmarkReturns(days(true), [0, 1])).toEqual([]);
  });
});
