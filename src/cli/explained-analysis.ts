/** The explanations of the reports of analysis and comparison, by the pointers of their JSON. */
import {
  explainCorrelation,
  explainExposure,
  explainFranked,
  explainLimit,
  explainPart,
  explainSignalPart,
  explainWorth,
  frankedFigures,
  limitFigures,
  partFigures,
  signalPartFigures,
  valueFigures,
} from '../domain/explain/analysis.ts';
import {
  type ExplainedSide,
  explainCommon,
  explainOverlap,
  explainSectorDifference,
  explainSectorWeight,
  explainShared,
  explainSharedWeight,
  explainSide,
  sideFigures,
} from '../domain/explain/comparison.ts';
import { drawdownFigures, explainDrawdown } from '../domain/explain/performance.ts';
import { explainCashRate, explainedPortfolio, explainRisk, sameFigure } from '../domain/explain/risk.ts';
import { riskFigures } from '../domain/returns/portfolio-risk.ts';
import type { ComparedPortfolio, Comparison } from '../usecases/compare-portfolios.ts';
import type { AnalysisView } from '../usecases/view-analysis.ts';
import { type Explained, explainedAt } from './explained.ts';

/** Why the figures of an analysis are what they are. */
export function explainAnalysis(view: AnalysisView): Explained[] {
  const { drawdown, allocation, australian, franked, correlations, days, from, to } = view;
  const all = explainedPortfolio(view);
  const risks = explainedAt('/risk', riskFigures, figure => explainRisk(all, figure));
  return [
    ...explainedAt('', valueFigures, figure => explainWorth(all, figure)),
    { at: '/cashRatePct', why: explainCashRate(all.name, view.cashRatePct) },
    ...risks,
    ...risks.map(({ at, why }, index) => ({ at: `/figures/${index}/value`, why: sameFigure(why, at) })),
    ...(drawdown === undefined
      ? []
      : explainedAt('/drawdown', drawdownFigures, figure => explainDrawdown(all, drawdown, figure))),
    ...(['securities', 'sectors', 'kinds'] as const).flatMap(name =>
      allocation[name].flatMap((part, index) =>
        explainedAt(`/${name}/${index}`, partFigures, figure => explainPart(all, part, figure)),
      ),
    ),
    ...view.signals.flatMap((part, index) =>
      explainedAt(`/signals/${index}`, signalPartFigures, figure => explainSignalPart(all, part, figure)),
    ),
    ...(['banks', 'miners'] as const).map(name => ({
      at: `/${name}/weightPct`,
      why: explainExposure(all, name, australian[name]),
    })),
    ...explainedAt('/franked', frankedFigures, figure =>
      explainFranked(franked, days.ledger.income, { from, to }, figure),
    ),
    ...correlations.rows.flatMap((row, at) =>
      row.map((cell, column) => ({
        at: `/correlations/values/${at}/${column}`,
        why: explainCorrelation(cell, [correlations.codes[at] ?? '', correlations.codes[column] ?? '']),
      })),
    ),
    ...view.concentrationWarnings.flatMap((warning, index) =>
      explainedAt(`/limits/${index}`, limitFigures, figure => explainLimit(all, correlations, warning, figure)),
    ),
  ];
}

/** Why the figures of two portfolios beside each other are what they are. */
export function explainComparison(view: Comparison): Explained[] {
  const { portfolios, overlap, overlapReason, correlation, cashRatePct } = view;
  const side = (each: ComparedPortfolio): ExplainedSide => explainedPortfolio({ ...each, cashRatePct });
  const sides = [side(portfolios[0]), side(portfolios[1])] as const;
  const names = sides.map(each => each.name).join(' and ');
  return [
    { at: '/cashRatePct', why: explainCashRate(names, cashRatePct) },
    ...sides.flatMap((each, index) => [
      ...explainedAt(`/portfolios/${index}`, sideFigures, figure => explainSide(each, figure)),
      ...explainedAt(`/portfolios/${index}/risk`, riskFigures, figure => explainRisk(each, figure)),
    ]),
    { at: '/correlation/value', why: explainCommon(correlation, sides) },
    { at: '/overlap/sharedPct', why: explainOverlap(names, overlap, overlapReason) },
    ...(overlap?.codes ?? []).flatMap((row, index) => [
      ...sides.map((each, which) => ({
        at: `/overlap/codes/${index}/weightPcts/${which}`,
        why: explainSharedWeight(each, row),
      })),
      { at: `/overlap/codes/${index}/sharedPct`, why: explainShared(sides, row) },
    ]),
    ...(overlap?.sectors ?? []).flatMap((row, index) => [
      ...sides.map((each, which) => ({
        at: `/sectors/${index}/weightPcts/${which}`,
        why: explainSectorWeight(each, row.sector),
      })),
      { at: `/sectors/${index}/differencePct`, why: explainSectorDifference(sides, row) },
    ]),
  ];
}
