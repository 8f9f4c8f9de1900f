/**
 * The risk of one series of daily time-weighted returns r, by itself.
 *
 * volatility = sample deviation of r x sqrt 252. Sharpe = mean(r - f) / sample deviation of (r - f) x sqrt 252, with the
 * cash rate of a day f = (1 + rate)^(1/252) - 1 (Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 1994, the
 * ex post ratio). Sortino divides by sqrt(mean(min(0, r - f)^2)) over all days instead (Sortino and Price 1994). The loss
 * that 95% of days stay within (VaR) is that of the k-th worst day and the expected shortfall the mean of the k worst,
 * k = 5% of the days rounded up; both are losses, so they are positive where money is lost.
 *
 * What a user sees in place of a figure: how many days there are and how many it takes; that the return never changed;
 * that no day was below the cash rate.
 */
import { type DailyReturn, type Figure, figureOfDays } from './figure.ts';
import { isConstant, isNothing, mean, sampleDeviation } from './statistics.ts';

/** Daily returns that a figure takes at least. */
export const leastDays = { drawdown: 1, volatility: 20, ratio: 60, tail: 100 } as const;

export const sessionsPerYear = 252;
export const yearly = Math.sqrt(sessionsPerYear);

const ratesOf = (days: readonly DailyReturn[]): number[] => days.map(day => day.rate);

/** What cash earns in a day at `cashRatePct` percent a year. */
export const dailyCashRate = (cashRatePct: number): number => (1 + cashRatePct / 100) ** (1 / sessionsPerYear) - 1;

/** Percent a year. */
export const volatilityPct = (returns: readonly DailyReturn[]): Figure =>
  figureOfDays(returns, leastDays.volatility, days => sampleDeviation(ratesOf(days)) * yearly * 100);

export const sharpe = (returns: readonly DailyReturn[], cashRatePct: number): Figure =>
  figureOfDays(returns, leastDays.ratio, days => {
    const excess = ratesOf(days).map(rate => rate - dailyCashRate(cashRatePct));
    return isConstant(excess)
      ? 'the return was the same on every day'
      : (mean(excess) / sampleDeviation(excess)) * yearly;
  });

export const sortino = (returns: readonly DailyReturn[], cashRatePct: number): Figure =>
  figureOfDays(returns, leastDays.ratio, days => {
    const excess = ratesOf(days).map(rate => rate - dailyCashRate(cashRatePct));
    const downside = Math.sqrt(mean(excess.map(rate => Math.min(0, rate) ** 2)));
    return isNothing(downside) ? 'no day was below the cash rate' : (mean(excess) / downside) * yearly;
  });

/** The worst twentieth of the days, rounded up, worst first. */
export const worstDays = (days: readonly DailyReturn[]): DailyReturn[] =>
  [...days].sort((a, b) => a.rate - b.rate).slice(0, Math.ceil(days.length / 20));

/** Percent of the portfolio that a day loses at most, on 95 of 100 days; below zero where even such a day gained. */
export const var95Pct = (returns: readonly DailyReturn[]): Figure =>
  figureOfDays(returns, leastDays.tail, days => -(worstDays(days).at(-1)?.rate ?? 0) * 100);

/** Percent that the worst twentieth of the days lost on average. */
export const expectedShortfall95Pct = (returns: readonly DailyReturn[]): Figure =>
  figureOfDays(returns, leastDays.tail, days => -mean(ratesOf(worstDays(days))) * 100);
