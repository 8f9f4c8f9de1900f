/** The explanations that `x` opens on Performance and on the comparison: of the row selected, or of all in view. */
import { explainCorrelation } from '../domain/explain/analysis.ts';
import { benchmarkFigures, explainBenchmark } from '../domain/explain/benchmark.ts';
import { explainCommon, explainOverlap, explainSide, sideFigures } from '../domain/explain/comparison.ts';
import { contributionFigures, explainContribution } from '../domain/explain/contributions.ts';
import type { Explanation } from '../domain/explain/explanation.ts';
import {
  drawdownFigures,
  type ExplainedReturns,
  explainDrawdown,
  explainPerformance,
  explainPeriod,
  type PerformanceFigure,
  periodFigures,
} from '../domain/explain/performance.ts';
import { explainedPortfolio, explainRisk } from '../domain/explain/risk.ts';
import { riskFigures } from '../domain/returns/portfolio-risk.ts';
import type { ComparedPortfolio, Comparison } from '../usecases/compare-portfolios.ts';
import type { AnalysisView } from '../usecases/view-analysis.ts';
import type { PerformanceView } from '../usecases/view-performance.ts';
import { type Explained, wordsOf } from './explained-figures.ts';
import { cashRow } from './performance-lists.ts';
import type { CompareModel, PerformanceModel } from './performance-model.ts';

/** Pairs of the largest holdings: more than a screen can turn through helps nobody. */
const mostPaired = 8;

export function explainedPerformance(
  { tab, view, analysis }: PerformanceModel,
  selected: string | undefined,
): Explained {
  const explanations = explanationsOf(tab, view, analysis, selected);
  const [first] = explanations;
  const isOfOne = tab === 'months' || tab === 'years' || tab === 'holdings';
  return {
    title: isOfOne ? (first?.of ?? view.scope.name) : view.scope.name,
    explanations,
    entry: wordsOf(view.stored.entries),
  };
}

function explanationsOf(
  tab: PerformanceModel['tab'],
  view: PerformanceView,
  analysis: AnalysisView | undefined,
  selected: string | undefined,
): Explanation[] {
  const all: ExplainedReturns = { ...view, name: view.scope.name, days: view.stored };
  switch (tab) {
    case 'value':
      return windowFigures(all);
    case 'months':
    case 'years': {
      const period = view[tab].find(each => each.name === selected);
      return period === undefined ? [] : periodFigures.map(figure => explainPeriod(all, period, figure));
    }
    case 'holdings': {
      const row = view.stored.contributions.find(each => (each.code ?? cashRow) === selected);
      return row === undefined
        ? []
        : contributionFigures.map(figure => explainContribution(view.stored, row, figure)).toReversed();
    }
    case 'risk':
      return analysis === undefined ? [] : riskFigures.map(figure => explainRisk(explainedPortfolio(analysis), figure));
    case 'correlation':
      return analysis === undefined ? [] : pairsOf(analysis);
  }
}

/** In the order in which they are asked for most. */
const asked = [
  'profit',
  'timeWeightedPct',
  'moneyWeightedPct',
  'startValue',
  'endValue',
  'deposits',
  'withdrawals',
  'income',
] as const satisfies readonly PerformanceFigure[];

function windowFigures(all: ExplainedReturns): Explanation[] {
  const { benchmark, drawdown } = all;
  return [
    ...asked.map(figure => explainPerformance(all, figure)),
    ...(benchmark === undefined ? [] : benchmarkFigures.map(figure => explainBenchmark(all, benchmark, figure))),
    ...(drawdown === undefined ? [] : drawdownFigures.map(figure => explainDrawdown(all, drawdown, figure))),
  ];
}

function pairsOf({ correlations: { codes, rows } }: AnalysisView): Explanation[] {
  return codes.slice(0, mostPaired).flatMap((code, row) =>
    codes.slice(0, row).flatMap((other, column) => {
      const cell = rows[row]?.[column];
      return cell === undefined ? [] : [explainCorrelation(cell, [other, code])];
    }),
  );
}

export function explainedComparison({ view }: CompareModel): Explained {
  if (view === undefined) return { title: 'the comparison', explanations: [], entry: () => undefined };
  const names = view.portfolios.map(each => each.scope.name).join(' and ');
  return {
    title: names,
    explanations: comparedFigures(view, names),
    entry: wordsOf(view.portfolios.flatMap(each => each.days.entries)),
  };
}

function comparedFigures(view: Comparison, names: string): Explanation[] {
  const side = (each: ComparedPortfolio) => explainedPortfolio({ ...each, cashRatePct: view.cashRatePct });
  const sides = [side(view.portfolios[0]), side(view.portfolios[1])] as const;
  return [
    ...sideFigures.flatMap(figure => sides.map(each => explainSide(each, figure))),
    ...riskFigures.flatMap(figure => sides.map(each => explainRisk(each, figure))),
    explainCommon(view.correlation, sides),
    explainOverlap(names, view.overlap, view.overlapReason),
  ];
}
