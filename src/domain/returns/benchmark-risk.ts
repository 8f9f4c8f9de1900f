/**
 * The risk of daily returns r beside those of a benchmark b, on the days that both have.
 *
 * beta = cov(r, b) / var(b). Correlation is Pearson's. Tracking error = sample deviation of (r - b) x sqrt 252, and the
 * information ratio = mean(r - b) / sample deviation of (r - b) x sqrt 252 (Grinold and Kahn, Active Portfolio
 * Management, chapter 5, on the difference itself and not on a residual).
 *
 * What a user sees in place of a figure: too few common days, a benchmark or a portfolio that did not move, a portfolio
 * that moved exactly as its benchmark.
 */
import type { LocalDate } from '../date.ts';
import { type DailyReturn, type Figure, figureOfDays } from './figure.ts';
import { leastDays, yearly } from './risk.ts';
import { isConstant, mean, sampleCovariance, sampleDeviation } from './statistics.ts';
import { sessionReturns } from './time-weighted.ts';

export type BenchmarkRisk = {
  readonly beta: Figure;
  readonly correlation: Figure;
  readonly trackingErrorPct: Figure;
  readonly informationRatio: Figure;
};

/** The daily returns of a benchmark from its levels: at the close before the first of the days, then at each of theirs. */
export const benchmarkReturns = (
  days: readonly { readonly date: LocalDate; readonly isTradingDay: boolean }[],
  levels: readonly (number | undefined)[],
): DailyReturn[] =>
  sessionReturns(
    days.map(({ date, isTradingDay }, index) => {
      const [before, level] = [levels[index], levels[index + 1]];
      const isKnown = before !== undefined && before > 0 && level !== undefined;
      return { date, isTradingDay, timeWeighted: isKnown ? level / before - 1 : undefined };
    }),
  );

export type CommonDay = { readonly date: LocalDate; readonly own: number; readonly benchmark: number };

/** The days that both have, in the order of the first. */
export function commonDays(own: readonly DailyReturn[], benchmark: readonly DailyReturn[]): CommonDay[] {
  const rates = new Map(benchmark.map(day => [day.date, day.rate]));
  return own.flatMap(day => {
    const rate = rates.get(day.date);
    return rate === undefined ? [] : [{ date: day.date, own: day.rate, benchmark: rate }];
  });
}

const columns = (days: readonly CommonDay[]) => ({
  own: days.map(day => day.own),
  benchmark: days.map(day => day.benchmark),
  active: days.map(day => day.own - day.benchmark),
});

/** Pearson's correlation of two returns on their common days; `what` the second one is, for the reason. */
export const correlationOfReturns = (
  own: readonly DailyReturn[],
  other: readonly DailyReturn[],
  what = 'the benchmark',
): Figure =>
  figureOfDays(commonDays(own, other), leastDays.ratio, days => {
    const column = columns(days);
    if (isConstant(column.benchmark)) return `${what} did not move`;
    if (isConstant(column.own)) return 'the return was the same on every day';
    const covariance = sampleCovariance(column.own, column.benchmark);
    const product = covariance / (sampleDeviation(column.own) * sampleDeviation(column.benchmark));
    // Rounding may carry two series that move as one a trace past it.
    return Math.max(-1, Math.min(1, product));
  });

export function benchmarkRisk(own: readonly DailyReturn[], benchmark: readonly DailyReturn[]): BenchmarkRisk {
  const common = commonDays(own, benchmark);
  return {
    beta: figureOfDays(common, leastDays.ratio, days => {
      const column = columns(days);
      if (isConstant(column.benchmark)) return 'the benchmark did not move';
      return sampleCovariance(column.own, column.benchmark) / sampleCovariance(column.benchmark, column.benchmark);
    }),
    correlation: correlationOfReturns(own, benchmark),
    trackingErrorPct: figureOfDays(
      common,
      leastDays.volatility,
      days => sampleDeviation(columns(days).active) * yearly * 100,
    ),
    informationRatio: figureOfDays(common, leastDays.ratio, days => {
      const { active } = columns(days);
      return isConstant(active)
        ? 'it differed from the benchmark by the same on every day'
        : (mean(active) / sampleDeviation(active)) * yearly;
    }),
  };
}
