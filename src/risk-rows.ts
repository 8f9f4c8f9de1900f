/** The figures of risk as people read them: what each is called, and how it is written. */
import type { Figure } from './domain/returns/figure.ts';
import { type PortfolioRisk, type RiskFigure, riskFigures } from './domain/returns/portfolio-risk.ts';
import { formatNumber, formatPct, unknown } from './format.ts';

const labels: Readonly<Record<RiskFigure, string>> = {
  volatilityPct: 'Volatility, a year',
  sharpe: 'Sharpe ratio',
  sortino: 'Sortino ratio',
  maxDrawdownPct: 'Deepest fall',
  var95Pct: '1-day loss, 95% VaR',
  expectedShortfall95Pct: 'Mean of the worst 5% of days',
  beta: 'Beta',
  correlation: 'Correlation with benchmark',
  trackingErrorPct: 'Tracking error, a year',
  informationRatio: 'Information ratio',
  herfindahl: 'Herfindahl index',
  top1Pct: 'Largest, of securities',
  top5Pct: '5 largest, of securities',
};

export type RiskRow = { readonly figure: RiskFigure; readonly label: string; readonly of: Figure };

export const riskRows = (risk: PortfolioRisk): RiskRow[] =>
  riskFigures.map(figure => ({ figure, label: labels[figure], of: risk[figure] }));

export const formatRisk = (figure: RiskFigure, { value }: Figure): string =>
  value === undefined
    ? unknown
    : figure.endsWith('Pct')
      ? formatPct(value, { places: 2 })
      : formatNumber(value, { places: figure === 'herfindahl' ? 3 : 2 });

/** The `risk` of the JSON answers: the values alone. `observations` is of the daily returns. */
export const riskValues = (risk: PortfolioRisk, observations: number) => ({
  ...Object.fromEntries(riskFigures.map(figure => [figure, risk[figure].value])),
  observations,
});

/** Why figures are unknown, by their JSON fields. */
export const riskReasons = (risk: PortfolioRisk): Record<string, string> =>
  Object.fromEntries(
    riskFigures.flatMap(figure => {
      const { reason } = risk[figure];
      return reason === undefined ? [] : [[figure, reason]];
    }),
  );
