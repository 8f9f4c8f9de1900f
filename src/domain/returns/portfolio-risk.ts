/** Every figure of the risk of a portfolio, by the names that scripts know them by. */
import type { LocalDate } from '../date.ts';
import { type BenchmarkRisk, benchmarkRisk } from './benchmark-risk.ts';
import { type Concentration, concentration, type Valued } from './concentration.ts';
import type { Drawdown } from './drawdown.ts';
import { type DailyReturn, type Figure, figureOf, figureOfDays } from './figure.ts';
import { expectedShortfall95Pct, leastDays, sharpe, sortino, var95Pct, volatilityPct } from './risk.ts';

export type PortfolioRisk = BenchmarkRisk &
  Concentration & {
    readonly volatilityPct: Figure;
    readonly sharpe: Figure;
    readonly sortino: Figure;
    readonly maxDrawdownPct: Figure;
    readonly var95Pct: Figure;
    readonly expectedShortfall95Pct: Figure;
  };

/** In the order in which people read them. */
export const riskFigures = [
  'volatilityPct',
  'sharpe',
  'sortino',
  'maxDrawdownPct',
  'var95Pct',
  'expectedShortfall95Pct',
  'beta',
  'correlation',
  'trackingErrorPct',
  'informationRatio',
  'herfindahl',
  'top1Pct',
  'top5Pct',
] as const satisfies readonly (keyof PortfolioRisk)[];
export type RiskFigure = (typeof riskFigures)[number];

export type BenchmarkSeries = {
  readonly returns: readonly DailyReturn[];
  /** Why some or all are missing; undefined where none is. */
  readonly reason: string | undefined;
};

export type RiskInput = {
  readonly returns: readonly DailyReturn[];
  readonly benchmark: BenchmarkSeries;
  readonly cashRatePct: number;
  /** Undefined where the linked index never fell. */
  readonly drawdown: Drawdown | undefined;
  /** What was held at the end of the window. */
  readonly holdings: readonly Valued[];
  readonly asOf: LocalDate;
};

export function portfolioRisk({ returns, benchmark, cashRatePct, drawdown, holdings, asOf }: RiskInput): PortfolioRisk {
  return {
    volatilityPct: volatilityPct(returns),
    sharpe: sharpe(returns, cashRatePct),
    sortino: sortino(returns, cashRatePct),
    maxDrawdownPct: maxDrawdownPct(returns, drawdown),
    var95Pct: var95Pct(returns),
    expectedShortfall95Pct: expectedShortfall95Pct(returns),
    ...besideBenchmark(returns, benchmark),
    ...concentration(holdings, asOf),
  };
}

const maxDrawdownPct = (returns: readonly DailyReturn[], drawdown: Drawdown | undefined): Figure =>
  figureOfDays(returns, leastDays.drawdown, () => drawdown?.maxPct ?? 0);

/** Without any return of the benchmark the reason is that, and not the days that are missing for it. */
function besideBenchmark(returns: readonly DailyReturn[], benchmark: BenchmarkSeries): BenchmarkRisk {
  const reason = benchmark.returns.length === 0 ? benchmark.reason : undefined;
  if (reason === undefined) return benchmarkRisk(returns, benchmark.returns);
  const none = figureOf(reason, { from: undefined, to: undefined }, 0);
  return { beta: none, correlation: none, trackingErrorPct: none, informationRatio: none };
}
