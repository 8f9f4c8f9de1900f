/**
 * What a security can be screened by: the names that a `where` expression may use, and where each value is stored.
 *
 * A percentage is compared in percent: `roe>12` is a return of 12%. A grade counts from A, the best: `grade<=B` is A or B.
 * Names are read in any case, with or without their underscores.
 */
import type { MetricName } from '../fundamentals/metrics.ts';
import { type FeatureName, features } from '../signals/features.ts';

export type FieldKind = 'number' | 'percent' | 'grade' | 'signal' | 'text';

export type ScreenField = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly title: string;
  readonly from:
    | { readonly of: 'security' | 'price' | 'signal' }
    | { readonly of: 'metric'; readonly metric: MetricName | 'piotroski' | 'marketCap' }
    | { readonly of: 'feature'; readonly feature: FeatureName };
};

type Row = readonly [name: string, kind: FieldKind, title: string];

const own: readonly Row[] = [
  ['code', 'text', 'The ASX code'],
  ['name', 'text', 'The name'],
  ['sector', 'text', 'The GICS sector, like "Health Care"'],
  ['kind', 'text', 'share, etf, fund, preference, note, bond or other'],
];
const priced: readonly Row[] = [
  ['price', 'number', 'The last price, in dollars'],
  ['change', 'percent', 'Change of the day, once it has a price; ret_1d is of the last close'],
];
const said: readonly Row[] = [
  ['signal', 'signal', 'The ensemble: STRONG_BUY, BUY, HOLD, SELL or STRONG_SELL'],
  ['signalA', 'signal', 'Model A'],
  ['signalB', 'signal', 'Model B'],
  ['score', 'number', 'The ensemble, 0 to 1'],
  ['p', 'number', 'Model A: the probability of a return above zero in 21 sessions, 0 to 1'],
  ['r', 'percent', 'Model A: the return that it expects over 21 sessions'],
  ['quality', 'number', 'Model B: its score, 0 to 1'],
  ['grade', 'grade', 'Model B: A (best), B, C, D or F'],
];
const metrics: readonly (readonly [...Row, metric: MetricName | 'piotroski' | 'marketCap'])[] = [
  ['marketCap', 'number', 'Value of all shares, in dollars; 2b is 2,000,000,000', 'marketCap'],
  ['pe', 'number', 'Price / earnings', 'pe'],
  ['pb', 'number', 'Price / book', 'pb'],
  ['ps', 'number', 'Price / sales', 'ps'],
  ['evEbitda', 'number', 'Value of the business / EBITDA', 'ev_ebitda'],
  ['earningsYield', 'percent', 'Earnings / price', 'earnings_yield'],
  ['fcfYield', 'percent', 'Free cash flow / price', 'fcf_yield'],
  ['roe', 'percent', 'Return on equity', 'roe'],
  ['roa', 'percent', 'Return on assets', 'roa'],
  ['margin', 'percent', 'Profit margin', 'profit_margin'],
  ['operatingMargin', 'percent', 'Operating margin', 'operating_margin'],
  ['revenueGrowth', 'percent', 'Revenue against the year before', 'revenue_growth_yoy'],
  ['epsGrowth', 'percent', 'Earnings per share against the year before', 'eps_growth'],
  ['revenueCagr', 'percent', 'Revenue, 3 years a year', 'revenue_cagr_3y'],
  ['debtToEquity', 'number', 'Debt / equity', 'debt_to_equity'],
  ['currentRatio', 'number', 'Current assets / current liabilities', 'current_ratio'],
  ['quickRatio', 'number', 'The same without inventory', 'quick_ratio'],
  ['interestCover', 'number', 'Earnings before interest and tax / interest', 'interest_cover'],
  ['divYield', 'percent', 'Dividends of 12 months / price', 'div_yield'],
  ['payout', 'percent', 'Dividends / earnings', 'payout'],
  ['franking', 'percent', 'Franked part of the dividends of 12 months', 'franking'],
  ['yearsWithoutCut', 'number', 'Years on end without a lower dividend', 'years_without_cut'],
  ['piotroski', 'number', 'Piotroski F, 0 to 9', 'piotroski'],
];

/** Features that are fractions of a price, a return or a share. */
const inPercent = /^(ret|mom|vol_\d|sma200_slope$|atr|macd)/;
const plainNames: Readonly<Partial<Record<FeatureName, string>>> = { adv_20_median: 'turnover' };

export const screenFields: readonly ScreenField[] = [
  ...own.map(([name, kind, title]): ScreenField => ({ name, kind, title, from: { of: 'security' } })),
  ...priced.map(([name, kind, title]): ScreenField => ({ name, kind, title, from: { of: 'price' } })),
  ...said.map(([name, kind, title]): ScreenField => ({ name, kind, title, from: { of: 'signal' } })),
  ...metrics.map(([name, kind, title, metric]): ScreenField => ({ name, kind, title, from: { of: 'metric', metric } })),
  ...features.map(
    ({ name, title, kind }): ScreenField => ({
      name: plainNames[name] ?? name,
      kind: inPercent.test(name) ? 'percent' : 'number',
      title: kind === 'boolean' ? `${title}: 1 or 0` : title,
      from: { of: 'feature', feature: name },
    }),
  ),
];

const plainly = (name: string): string => name.toLowerCase().replaceAll('_', '');
const byName: ReadonlyMap<string, ScreenField> = new Map(
  [
    ...metrics.map(([name, , , metric]) => [plainly(metric), name] as const),
    ...features.map(({ name }) => [plainly(name), plainNames[name] ?? name] as const),
    ...screenFields.map(({ name }) => [plainly(name), name] as const),
  ].map(([plain, name]) => [plain, screenFields.find(field => field.name === name) as ScreenField]),
);

export const findField = (name: string): ScreenField | undefined => byName.get(plainly(name));
