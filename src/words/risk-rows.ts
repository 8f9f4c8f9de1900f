/** The figures of risk as people read them: what each is called, and how it is written. */
import type { Exposure } from '../domain/returns/banks-and-miners.ts';
import type { Figure } from '../domain/returns/figure.ts';
import { type PortfolioRisk, type RiskFigure, riskFigures } from '../domain/returns/portfolio-risk.ts';
import type { SignalPart } from '../domain/returns/signal-distribution.ts';
import { signalLastsSessions } from '../domain/signals/short-signal.ts';
import { formatCount, formatNumber, formatPct, unknown } from '../format.ts';
import type { AnalysisView } from '../usecases/view-analysis.ts';
import { formatSignal } from './short-signal-words.ts';

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

/** The kinds of securities as headings. */
export const kindWords = {
  share: 'Shares',
  etf: 'ETFs',
  fund: 'Funds',
  preference: 'Preference shares',
  note: 'Notes',
  bond: 'Bonds',
  index: 'Indices',
  other: 'Other',
  cash: 'Cash',
} as const;

/** Whether anything was said of what is held. */
export const isSaid = (signals: readonly SignalPart[]): boolean => signals.some(part => part.name !== undefined);

export const signalPartName = ({ name }: SignalPart): string => (name === undefined ? 'no signal' : formatSignal(name));

/** Undefined where none is too old to act on. */
export function oldSignalsLine(signals: readonly SignalPart[]): string | undefined {
  const old = signals.flatMap(part => part.old);
  if (old.length === 0) return undefined;
  return `More than ${signalLastsSessions} sessions old: the ${old.length === 1 ? 'signal' : 'signals'} of ${old.join(', ')}`;
}

/** Banks, miners and the franked share of income, in a sentence each. */
export function exposureLines({ australian, franked }: AnalysisView): string[] {
  const exposure = (what: string, { weightPct, codes }: Exposure): string =>
    weightPct.value === undefined
      ? `${what}: unknown, ${weightPct.reason}`
      : `${what}: ${formatPct(weightPct.value)}${codes.length === 0 ? '' : `, ${codes.join(' ')}`}`;
  const { pct, unknown: left } = franked;
  const missing = left === 0 ? '' : `; the franking of ${formatCount(left, 'payment')} is not known`;
  return [
    exposure('Banks', australian.banks),
    exposure('Miners', australian.miners),
    pct.value === undefined
      ? `Franked share of income: unknown, ${pct.reason}${missing}`
      : `Franked share of income: ${formatPct(pct.value)} of ${formatCount(pct.observations, 'payment')}${missing}`,
  ];
}
