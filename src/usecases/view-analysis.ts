/** What a portfolio risks and what it is made of: every figure with its window, its observations and its reason. */
import type { App } from '../app.ts';
import { readAdjustedCloses } from '../db/adjusted-closes.ts';
import {
  type PortfolioAnalysis,
  readPortfolioAnalysis,
  sessionsOf,
  valuationWarnings,
} from '../db/portfolio-analysis.ts';
import { readScope, type Scope } from '../db/scope.ts';
import { readShortSignals } from '../db/short-signals.ts';
import { readOverrides } from '../db/trading-days.ts';
import type { LocalDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { type ConcentrationWarning, concentrationWarnings } from '../domain/returns/concentration-warnings.ts';
import { type CorrelationMatrix, correlationMatrix } from '../domain/returns/correlation.ts';
import { type SignalPart, signalDistribution } from '../domain/returns/signal-distribution.ts';
import { windowUpTo } from '../domain/returns/window.ts';

export type AnalysisView = PortfolioAnalysis & {
  readonly scope: Scope;
  /** Percent a year that cash is taken to earn. */
  readonly cashRatePct: number;
  /** Of the priced holdings, largest first. */
  readonly correlations: CorrelationMatrix;
  /** By the ensemble's class, as of the end of the window. */
  readonly signals: readonly SignalPart[];
  readonly concentrationWarnings: readonly ConcentrationWarning[];
  /** Priced holdings as a fraction of all; 1 when there are none. */
  readonly coverage: number;
  /** What the figures rest on and what is missing, in words. */
  readonly warnings: readonly string[];
  readonly simulated: boolean;
};

export type AnalysisOptions = {
  readonly portfolio?: string | undefined;
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
};

export function viewAnalysis(app: App, options: AnalysisOptions = {}): AnalysisView {
  const { db } = app;
  const scope = readScope(db, options.portfolio);
  const cashRatePct = Number(app.config.cashRatePct);
  const analysis = readPortfolioAnalysis(db, scope.portfolios, {
    ...windowUpTo(app.today(), options),
    now: app.now(),
    today: app.today(),
    benchmark: app.config.benchmark,
    cashRatePct,
  });
  const { from, to, holdings, totals, classified, allocation, australian } = analysis;
  const priced = holdings.filter(row => row.value !== undefined).map(row => row.code);
  const sessions = sessionsOf(db, { from, to });
  const window = { from: sessions[0] ?? from, to };
  const correlations = correlationMatrix(readAdjustedCloses(db, priced, window), sessions);
  const overrides = readOverrides(db);
  const said = readShortSignals(db, priced, {
    closed: to < app.today() ? to : latestCloseDue(app.now(), overrides),
    overrides,
  });
  return {
    ...analysis,
    scope,
    cashRatePct,
    correlations,
    signals: signalDistribution(classified, said, allocation),
    concentrationWarnings: concentrationWarnings({ holdings: classified, allocation, australian, correlations }),
    coverage: holdings.length === 0 ? 1 : totals.priced / holdings.length,
    warnings: valuationWarnings(analysis),
    simulated: app.simulated,
  };
}
