/** The reports whose figures `why` explains, how each is made, and what it takes to ask for one. */
import type { LocalDate } from '../domain/date.ts';
import type { Units } from '../domain/decimal.ts';
import { frankedFigures, partFigures } from '../domain/explain/analysis.ts';
import { benchmarkFigures } from '../domain/explain/benchmark.ts';
import { gainLineFigures } from '../domain/explain/capital-gain.ts';
import { sideFigures } from '../domain/explain/comparison.ts';
import { contributionFigures } from '../domain/explain/contributions.ts';
import { dividendFigures } from '../domain/explain/dividend.ts';
import { qualityFigures } from '../domain/explain/fundamentals.ts';
import { holdingFigures, totalFigures } from '../domain/explain/holdings.ts';
import { incomeTotalFigures } from '../domain/explain/income-total.ts';
import { parcelFigures } from '../domain/explain/parcel.ts';
import { paymentFigures } from '../domain/explain/payment.ts';
import { drawdownFigures, performanceFigures } from '../domain/explain/performance.ts';
import { receivedFigures, yieldFigures } from '../domain/explain/received-income.ts';
import { effectFigures, methodFigures, saleFigures, waitingFigures } from '../domain/explain/sale-preview.ts';
import { signalFigures } from '../domain/explain/signal.ts';
import { taxYearFigures } from '../domain/explain/tax-year.ts';
import { trustFigures } from '../domain/explain/trust.ts';
import { metricNames } from '../domain/fundamentals/metrics.ts';
import type { Code } from '../domain/market/security.ts';
import { riskFigures } from '../domain/returns/portfolio-risk.ts';
import { Failure } from '../failure.ts';
import { taxQuestion } from './commands/tax.ts';
import type { Run } from './program.ts';
import type { Report } from './report.ts';

/** What may be asked of a report beside the figure. */
export type Asked = {
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly fy?: number;
  readonly owner?: string;
  /** Units of a sale, and the portfolio to compare with. */
  readonly units?: Units;
  readonly against?: string;
  /** The security asked about, for reports that are of one. */
  readonly code?: Code | undefined;
};

/** A report whose figures can be asked about, and how it is made. */
export type Explainable = {
  readonly figures: readonly string[];
  /**
   * A report of a window takes days, one of a year a year, an owner's year an owner too, a sale its units, a pair the
   * other portfolio. All of a report of a security, a sale or a pair is of what was asked.
   */
  readonly of: 'now' | 'window' | 'year' | "owner's year" | 'security' | 'sale' | 'pair';
  readonly report: (run: Run, asked: Asked) => Promise<Report>;
};

const gains = async (run: Run, asked: Asked): Promise<Report> => {
  const { viewTaxYear } = await import('../usecases/view-tax-year.ts');
  const { capitalGainsReport } = await import('./tax/capital-gains-report.ts');
  return capitalGainsReport(viewTaxYear(run.app, taxQuestion(run, asked)), run.app.today());
};

const assessed = async (run: Run, asked: Asked): Promise<Report> => {
  const { viewTaxYear } = await import('../usecases/view-tax-year.ts');
  const { incomeReport } = await import('./tax/income-report.ts');
  return incomeReport(viewTaxYear(run.app, taxQuestion(run, asked)), run.app.today());
};

export const explainable: readonly Explainable[] = [
  {
    figures: [...holdingFigures, ...totalFigures],
    of: 'now',
    report: async ({ app, portfolio }) => {
      const { viewPortfolio } = await import('../usecases/view-portfolio.ts');
      const { holdingsReport } = await import('./commands/holdings.ts');
      return holdingsReport(viewPortfolio(app, { portfolio }), app.now());
    },
  },
  {
    figures: [...new Set([...performanceFigures, ...benchmarkFigures, ...drawdownFigures, ...contributionFigures])],
    of: 'window',
    report: async ({ app, portfolio }, { from, to }) => {
      const { viewPerformance } = await import('../usecases/view-performance.ts');
      const { performanceReport } = await import('./commands/performance.ts');
      return performanceReport(viewPerformance(app, { portfolio, from, to }), 'year');
    },
  },
  {
    figures: [...new Set([...riskFigures, ...partFigures, ...frankedFigures, 'cashRatePct'])],
    of: 'window',
    report: async ({ app, portfolio }, { from, to }) => {
      const { viewAnalysis } = await import('../usecases/view-analysis.ts');
      const { analysisReport } = await import('./commands/analyze.ts');
      return analysisReport(viewAnalysis(app, { portfolio, from, to }));
    },
  },
  { figures: [...taxYearFigures, ...gainLineFigures], of: "owner's year", report: gains },
  { figures: [...incomeTotalFigures, ...dividendFigures, ...trustFigures], of: "owner's year", report: assessed },
  {
    figures: [...yieldFigures, ...receivedFigures, ...paymentFigures],
    of: 'year',
    report: async (run, { fy }) => {
      const { incomeOf, summaryReport } = await import('./commands/income.ts');
      return summaryReport(await incomeOf(run, fy));
    },
  },
  {
    figures: [...qualityFigures, ...metricNames],
    of: 'security',
    report: async (run, { code }) => {
      const { fundamentalsOf, fundamentalsReport } = await import('./commands/fundamentals.ts');
      if (code === undefined) throw nameSecurity('Fundamentals are');
      return fundamentalsReport(await fundamentalsOf(run, code, undefined));
    },
  },
  {
    figures: signalFigures,
    of: 'security',
    report: async (run, { code }) => {
      const { signalsOf } = await import('./commands/signals.ts');
      if (code === undefined) throw nameSecurity('Signals are');
      return signalsOf(run, code);
    },
  },
  {
    figures: parcelFigures,
    of: 'security',
    report: async (run, { code }) => {
      const { parcelsOf } = await import('./commands/parcels.ts');
      if (code === undefined) throw nameSecurity('Parcels are');
      return parcelsOf(run, code, {});
    },
  },
  {
    figures: [...new Set([...saleFigures, ...methodFigures, ...effectFigures, ...waitingFigures])],
    of: 'sale',
    report: async ({ app, portfolio }, { code, units }) => {
      const { viewSalePreview } = await import('../usecases/preview-sale.ts');
      const { previewReport } = await import('./commands/sell-preview.ts');
      if (code === undefined || units === undefined) throw nameSecurity('A sale is');
      return previewReport(viewSalePreview(app, { code, units, portfolio }), app.today());
    },
  },
  {
    figures: [...new Set([...sideFigures, ...riskFigures, 'sharedPct', 'differencePct', 'cashRatePct'])],
    of: 'pair',
    report: async ({ app, portfolio }, { against = '', from, to }) => {
      const { comparePortfolios } = await import('../usecases/compare-portfolios.ts');
      const { viewPortfolios } = await import('../usecases/manage-portfolios.ts');
      const { comparisonReport } = await import('./commands/compare.ts');
      const first = portfolio ?? viewPortfolios(app).portfolios.find(each => each.current)?.name ?? 'all';
      return comparisonReport(comparePortfolios(app, [first, against], { from, to }));
    },
  },
  {
    // Of the suggestions that are pending, as they were made.
    figures: ['targetPct', 'afterPct', 'priority', 'brokerage', 'tax', 'cashAfter'],
    of: 'now',
    report: async ({ app, portfolio }) => {
      const { viewSuggestions } = await import('../usecases/manage-suggestions.ts');
      const { listReport } = await import('./commands/suggestions.ts');
      return listReport(viewSuggestions(app, { portfolio }), app.today());
    },
  },
];

/** Every figure that can be asked about. */
export const figureNames: readonly string[] = [...new Set(explainable.flatMap(each => each.figures))];

const nameSecurity = (what: string): Failure =>
  new Failure('invalid-input', `${what} of one security, not of the portfolio`, {
    hint: 'Name a security: asxos why FIGURE CODE.',
  });
