import { describe, expect, it } from 'vitest';
import { money } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { portfolioRisk, type RiskInput, riskFigures } from '../../../src/domain/returns/portfolio-risk.ts';
import { daily, dayAt, repeated } from './rates-by-day.ts';

/**
 * 100 days of 2%, 0%, 0%, -1% in turn beside a market of 1%, 1%, -1%, -1%. Of each four days the mean is 0.25% and 0, the
 * squares about the mean sum to 4.75 and 4 (in squared percents), the products to 3, and the differences are 1, -1, 1, 0.
 */
const input: RiskInput = {
  returns: daily(repeated([0.02, 0, 0, -0.01], 25)),
  benchmark: { returns: daily(repeated([0.01, 0.01, -0.01, -0.01], 25)), reason: undefined },
  cashRatePct: 0,
  drawdown: {
    maxPct: 1,
    peakOn: dayAt(2),
    troughOn: dayAt(3),
    recoveredOn: dayAt(4),
    sessionsUnderWater: 2,
  },
  // 60 + 30 + 10 of 100, and one without a price.
  holdings: [
    { code: 'AAA' as Code, value: money('60') },
    { code: 'BBB' as Code, value: money('30') },
    { code: 'CCC' as Code, value: money('10') },
    { code: 'DDD' as Code, value: undefined },
  ],
  asOf: dayAt(99),
};

const year = Math.sqrt(252);

describe('the risk of a portfolio', () => {
  it('is every one of its figures', () => {
    const risk = portfolioRisk(input);
    const deviation = Math.sqrt((25 * 4.75) / 99);
    const expected: Record<(typeof riskFigures)[number], number> = {
      volatilityPct: deviation * year,
      sharpe: (0.25 / deviation) * year,
      // A quarter of the days lost 1%.
      sortino: (0.25 / Math.sqrt(1 / 4)) * year,
      maxDrawdownPct: 1,
      var95Pct: 1,
      expectedShortfall95Pct: 1,
      beta: 3 / 4,
      correlation: 3 / Math.sqrt(4.75 * 4),
      // 1, -1, 1, 0 lie 0.75, -1.25, 0.75 and -0.25 from their mean: squares of 2.75.
      trackingErrorPct: Math.sqrt((25 * 2.75) / 99) * year,
      informationRatio: (0.25 / Math.sqrt((25 * 2.75) / 99)) * year,
      herfindahl: 0.36 + 0.09 + 0.01,
      top1Pct: 60,
      top5Pct: 100,
    };
    expect(Object.fromEntries(riskFigures.map(name => [name, risk[name].value]))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, expect.closeTo(value, 9)])),
    );
    expect(Object.keys(risk).sort()).toEqual([...riskFigures].sort());
    for (const name of riskFigures) {
      const isOfHoldings = /herfindahl|top/.test(name);
      expect([name, risk[name].observations, risk[name].to]).toEqual([name, isOfHoldings ? 3 : 100, dayAt(99)]);
    }
  });

  it('takes the cash rate from the returns of both ratios', () => {
    const risk = portfolioRisk({ ...input, cashRatePct: 5 });
    const cash = (1.05 ** (1 / 252) - 1) * 100;
    expect(risk.sharpe.value).toBeCloseTo(((0.25 - cash) / Math.sqrt((25 * 4.75) / 99)) * year, 9);
    const downside = Math.sqrt(((1 + cash) ** 2 + 2 * cash ** 2) / 4);
    expect(risk.sortino.value).toBeCloseTo(((0.25 - cash) / downside) * year, 9);
    expect(risk.beta.value).toBeCloseTo(0.75, 12);
  });

  it('has the fifth worst of 100 days as its VaR, and the mean of the five as its shortfall', () => {
    const returns = daily(Array.from({ length: 100 }, (_, index) => (index - 50) / 1000));
    const { var95Pct, expectedShortfall95Pct } = portfolioRisk({ ...input, returns });
    expect([var95Pct.value, expectedShortfall95Pct.value]).toEqual([expect.closeTo(4.6, 9), expect.closeTo(4.8, 9)]);
  });

  it('of an index that never fell has a drawdown of nothing; without a day it has none', () => {
    expect(portfolioRisk({ ...input, drawdown: undefined }).maxDrawdownPct).toMatchObject({
      value: 0,
      observations: 100,
      from: dayAt(0),
    });
    expect(portfolioRisk({ ...input, returns: [], drawdown: undefined }).maxDrawdownPct).toMatchObject({
      value: undefined,
      reason: '0 daily returns are too few; it takes 1',
    });
  });

  it('says what the benchmark lacks where it has no return at all, and only there', () => {
    const beside = ['beta', 'correlation', 'trackingErrorPct', 'informationRatio'] as const;
    const none = portfolioRisk({ ...input, benchmark: { returns: [], reason: 'no prices of XJO' } });
    for (const name of beside) {
      expect(none[name]).toEqual({
        value: undefined,
        reason: 'no prices of XJO',
        from: undefined,
        to: undefined,
        observations: 0,
      });
    }
    expect(none.volatilityPct.value).toBeDefined();
    const some = portfolioRisk({ ...input, benchmark: { ...input.benchmark, reason: 'no prices before 2024' } });
    expect(some.beta.value).toBeCloseTo(0.75, 12);
    const few = portfolioRisk({ ...input, benchmark: { returns: daily([0.01]), reason: 'no prices before April' } });
    expect(few.beta.reason).toBe('1 daily return is too few; it takes 60');
    const empty = portfolioRisk({ ...input, benchmark: { returns: [], reason: undefined } });
    expect(empty.correlation.reason).toBe('0 daily returns are too few; it takes 60');
  });
});
