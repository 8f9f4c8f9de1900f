/** What the portfolio risks and what it is made of. */
import { z } from 'zod';
import type { Figure } from '../../domain/returns/figure.ts';
import type { PortfolioRisk, RiskFigure } from '../../domain/returns/portfolio-risk.ts';
import { refusal } from '../../http/refusal.ts';
import { type AnalysisView, viewAnalysis } from '../../usecases/view-analysis.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { portfolioId, portfolioIn, portfolioQuery } from '../portfolio-record.ts';
import { count, date, figure, numberOf, orNull, text, warnings, words } from '../values.ts';

/** By the names that the reference server has for some of them, and for the others by ours. */
const figures = {
  volatility: 'volatilityPct',
  sharpe_ratio: 'sharpe',
  sortino_ratio: 'sortino',
  beta: 'beta',
  correlation: 'correlation',
  max_drawdown_pct: 'maxDrawdownPct',
  var_95_pct: 'var95Pct',
  expected_shortfall_95_pct: 'expectedShortfall95Pct',
  tracking_error_pct: 'trackingErrorPct',
  information_ratio: 'informationRatio',
  herfindahl_index: 'herfindahl',
  top_holding_weight_pct: 'top1Pct',
  top_5_weight_pct: 'top5Pct',
} as const satisfies Readonly<Record<string, RiskFigure>>;
type FigureName = keyof typeof figures;
const names = Object.keys(figures) as FigureName[];

const riskAnswer = z.object({
  as_of: date,
  portfolio_id: z.int().nullable(),
  total_value: figure,
  total_return_pct: figure,
  volatility: figure,
  sharpe_ratio: figure,
  sortino_ratio: figure,
  beta: figure,
  correlation: figure,
  max_drawdown_pct: figure,
  var_95_pct: figure,
  expected_shortfall_95_pct: figure,
  tracking_error_pct: figure,
  information_ratio: figure,
  herfindahl_index: figure,
  top_holding_weight_pct: figure,
  top_5_weight_pct: figure,
  observations: count,
  benchmark: words,
  sector_weights: z.record(text, figure),
  signal_distribution: z.record(text, count),
  reasons: z.record(text, text).describe('why a figure is null'),
  warnings,
});

export function addRisk(endpoints: Endpoints, parts: Parts): void {
  const { app } = parts;
  endpoints.signedIn(
    {
      method: 'get',
      path: '/portfolio/risk-metrics',
      summary: 'Volatility, Sharpe, beta, drawdown, concentration',
      query: portfolioQuery,
      answer: riskAnswer,
    },
    ({ query }) => {
      const { scope, totals } = portfolioIn(parts, query.portfolio_name);
      if (totals.priced === 0) {
        throw refusal(404, 'No holdings with current prices found. Cannot calculate metrics.');
      }
      const view = viewAnalysis(app, { portfolio: query.portfolio_name ?? parts.portfolio });
      return {
        as_of: view.to,
        portfolio_id: portfolioId(app, scope),
        total_value: numberOf(view.totals.value),
        total_return_pct: orNull(totals.totalReturnPct),
        ...figuresOf(view.risk),
        observations: view.returns.length,
        benchmark: orNull(view.benchmark?.code),
        sector_weights: sectorWeights(view),
        signal_distribution: Object.fromEntries(
          view.signals.map(({ name, codes }) => [name ?? 'UNKNOWN', codes.length]),
        ),
        reasons: reasonsOf(view.risk),
        warnings: [...view.concentrationWarnings.map(each => each.message), ...view.warnings],
      };
    },
  );
}

const figuresOf = (risk: PortfolioRisk) =>
  Object.fromEntries(names.map(name => [name, orNull(risk[figures[name]].value)])) as Record<FigureName, number | null>;

const reasonsOf = (risk: PortfolioRisk): Record<string, string> =>
  Object.fromEntries(
    names.flatMap(name => {
      const { reason }: Figure = risk[figures[name]];
      return reason === undefined ? [] : [[name, reason]];
    }),
  );

const sectorWeights = ({ allocation }: AnalysisView): Record<string, number | null> =>
  Object.fromEntries(allocation.sectors.map(({ name, weightPct }) => [name ?? 'Unknown', orNull(weightPct)]));
