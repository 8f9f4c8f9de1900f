/** Fundamentals in words and rows, shared by the command line and the console. */
import { decimal, type Money, plain } from '../domain/decimal.ts';
import type { Figure } from '../domain/fundamentals/figure.ts';
import type { MetricName } from '../domain/fundamentals/metrics.ts';
import type { Category } from '../domain/signals/quality-anchors.ts';
import { formatNumber, formatPct, unknown } from '../format.ts';

export const categoryTitles: Readonly<Record<Category, string>> = {
  valuation: 'Valuation',
  profitability: 'Profitability',
  growth: 'Growth',
  health: 'Financial health',
  income: 'Income',
};

export const metricTitles: Readonly<Record<MetricName, string>> = {
  pe: 'Price / earnings',
  earnings_yield: 'Earnings yield',
  pb: 'Price / book',
  ps: 'Price / sales',
  ev_ebitda: 'EV / EBITDA',
  fcf_yield: 'Free cash flow yield',
  roe: 'Return on equity',
  roa: 'Return on assets',
  profit_margin: 'Profit margin',
  operating_margin: 'Operating margin',
  revenue_growth_yoy: 'Revenue growth',
  eps_growth: 'EPS growth',
  revenue_cagr_3y: 'Revenue, 3 years a year',
  debt_to_equity: 'Debt / equity',
  current_ratio: 'Current ratio',
  quick_ratio: 'Quick ratio',
  interest_cover: 'Interest cover',
  equity_to_assets: 'Equity / assets',
  debt_to_assets: 'Debt / assets',
  div_yield: 'Dividend yield',
  payout: 'Payout',
  franking: 'Franking',
  years_without_cut: 'Years without a cut',
  free_cash_flow: 'Free cash flow',
};

const multiples: ReadonlySet<MetricName> = new Set([
  'pe',
  'pb',
  'ps',
  'ev_ebitda',
  'debt_to_equity',
  'current_ratio',
  'quick_ratio',
  'interest_cover',
]);

/** A metric as people read it: a multiple, a percentage, a count or an amount in millions. */
export function formatMetric(name: MetricName, value: number | undefined): string {
  if (value === undefined) return unknown;
  if (name === 'years_without_cut') return formatNumber(value, { places: 0 });
  if (name === 'free_cash_flow') return formatMillions(value);
  return multiples.has(name) ? formatNumber(value, { places: 2 }) : formatPct(value * 100);
}

/** An amount of a statement in millions: `28,467.0m`. */
export const formatMillions = (value: number | undefined): string =>
  value === undefined ? unknown : `${formatNumber(value / 1e6, { places: 1 })}m`;

/** `.82`, as scores are written. */
export const formatScore = (score: number | undefined): string =>
  score === undefined ? unknown : formatNumber(score).replace(/^0(?=[.])/, '');

/** An amount as the statement has it, else as it was worked out. */
export function exactMoney(figure: Figure): Money | undefined {
  if (figure.value === undefined) return undefined;
  const from = figure.from;
  const text = typeof from === 'object' ? from.statement.figures[from.field] : undefined;
  return decimal(plain(decimal(text ?? String(figure.value)))) as Money;
}
