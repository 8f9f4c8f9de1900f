/** What Performance and the comparison show, from the stored data. */
import type { App } from '../app.ts';
import type { LocalDate } from '../domain/date.ts';
import { rangeStart } from '../domain/returns/chart-range.ts';
import { type Comparison, comparePortfolios } from '../usecases/compare-portfolios.ts';
import { type AnalysisView, viewAnalysis } from '../usecases/view-analysis.ts';
import { type PerformanceView, viewPerformance } from '../usecases/view-performance.ts';
import { keepLast } from './keep-last.ts';
import type { ListModel } from './list-model.ts';
import { contributionList, periodList } from './performance-lists.ts';
import type { PerformanceList, PerformanceRange, PerformanceTab } from './state.ts';

export type PerformanceModel = {
  readonly kind: 'performance';
  readonly tab: PerformanceTab;
  readonly view: PerformanceView;
  /** Of the tabs Risk and Correlation. */
  readonly analysis: AnalysisView | undefined;
  /** Of the tabs that are lists. */
  readonly list: { readonly name: PerformanceList; readonly model: ListModel } | undefined;
};

export type CompareModel = {
  readonly kind: 'compare';
  /** Undefined where the other portfolio is the one in use. */
  readonly view: Comparison | undefined;
};

type Stamp = readonly [revision: number, day: string];

const windowOf = (range: PerformanceRange, today: LocalDate): { from?: LocalDate } =>
  range === 'All' ? {} : { from: rangeStart(range, today) };

export function openPerformanceModels(app: App) {
  const performance = keepLast((...[, , range, portfolio]: [...Stamp, PerformanceRange, string | undefined]) =>
    viewPerformance(app, { portfolio, ...windowOf(range, app.today()) }),
  );
  const analysis = keepLast((...[, , range, portfolio]: [...Stamp, PerformanceRange, string | undefined]) =>
    viewAnalysis(app, { portfolio, ...windowOf(range, app.today()) }),
  );
  const comparison = keepLast((...[, , range, own, other]: [...Stamp, PerformanceRange, string, string]) =>
    own === other ? undefined : comparePortfolios(app, [own, other], windowOf(range, app.today())),
  );
  const lists = keepLast((view: PerformanceView) => ({
    months: periodList(view.months, 'months'),
    years: periodList(view.years, 'years'),
    holdings: contributionList(view.stored.contributions),
  }));

  return {
    performance(
      stamp: Stamp,
      tab: PerformanceTab,
      range: PerformanceRange,
      portfolio: string | undefined,
    ): PerformanceModel {
      const view = performance(...stamp, range, portfolio);
      const isAnalysed = tab === 'risk' || tab === 'correlation';
      const isListed = tab === 'months' || tab === 'years' || tab === 'holdings';
      return {
        kind: 'performance',
        tab,
        view,
        analysis: isAnalysed ? analysis(...stamp, range, portfolio) : undefined,
        list: isListed ? { name: tab === 'holdings' ? 'contributions' : tab, model: lists(view)[tab] } : undefined,
      };
    },
    compare: (stamp: Stamp, range: PerformanceRange, own: string, other: string): CompareModel => ({
      kind: 'compare',
      view: comparison(...stamp, range, own, other),
    }),
  };
}
