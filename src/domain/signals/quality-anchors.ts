/**
 * Which metrics Model B scores, by what a company is, and between which two anchors each is scored.
 *
 * A score is linear from 0 at the first anchor to 100 at the second, and is clamped there. Anchors are absolute, so no
 * peer moves a score. Banks and insurers have no current assets and no EBITDA: they have a set of their own. Property
 * trusts (REITs) are valued by price to book and yield, and judged by debt to assets; what the two sets do not say is
 * as for other companies.
 */
import type { MetricName } from '../fundamentals/metrics.ts';
import type { CompanyFacts } from '../fundamentals/statement.ts';

export const categories = ['valuation', 'profitability', 'growth', 'health', 'income'] as const;
export type Category = (typeof categories)[number];

export type CompanyKind = 'general' | 'bank' | 'reit';

/** Income is shown and weighs nothing. */
export const categoryWeights: Readonly<Record<Category, number>> = {
  profitability: 0.3,
  health: 0.25,
  growth: 0.2,
  valuation: 0.25,
  income: 0,
};

/** `anchors` is absent where a metric is shown and not scored. */
export type MetricRule = { readonly name: MetricName; readonly anchors?: readonly [zero: number, hundred: number] };

const rule = (name: MetricName, zero?: number, hundred?: number): MetricRule =>
  zero === undefined || hundred === undefined ? { name } : { name, anchors: [zero, hundred] };

const income = [
  rule('div_yield', 0, 0.06),
  rule('payout', 1.1, 0.6),
  rule('franking'),
  rule('years_without_cut'),
  rule('free_cash_flow'),
];

const profitability = [
  rule('roe', 0, 0.2),
  rule('roa', 0, 0.1),
  rule('profit_margin', 0, 0.2),
  rule('operating_margin', 0, 0.25),
];
const growth = [
  rule('revenue_growth_yoy', -0.1, 0.2),
  rule('eps_growth', -0.2, 0.25),
  rule('revenue_cagr_3y', -0.05, 0.15),
];

export const metricRules: Readonly<Record<CompanyKind, Readonly<Record<Category, readonly MetricRule[]>>>> = {
  general: {
    valuation: [
      rule('pe'),
      rule('earnings_yield', 0, 0.1),
      rule('pb', 6, 1),
      rule('ps', 8, 0.8),
      rule('ev_ebitda', 20, 6),
      rule('fcf_yield', 0, 0.08),
    ],
    profitability,
    growth,
    health: [
      rule('debt_to_equity', 2, 0.2),
      rule('current_ratio', 0.5, 2),
      rule('quick_ratio', 0.4, 1.5),
      rule('interest_cover', 1, 10),
    ],
    income,
  },
  bank: {
    valuation: [rule('pe'), rule('earnings_yield', 0, 0.1), rule('pb', 6, 1)],
    profitability: [rule('roe', 0, 0.2), rule('roa', 0, 0.015), rule('profit_margin', 0, 0.2)],
    growth: [rule('eps_growth', -0.2, 0.25)],
    health: [rule('equity_to_assets', 0.03, 0.1)],
    income,
  },
  reit: {
    valuation: [rule('pe'), rule('pb', 2, 0.7), rule('div_yield', 0, 0.06)],
    profitability,
    growth,
    health: [rule('debt_to_assets', 0.6, 0.2), rule('interest_cover', 1, 10)],
    income,
  },
};

/** What a company is by its GICS group and industry, or by the provider's own industry. */
export function companyKindOf({ industry = '', sector = '' }: Pick<CompanyFacts, 'industry' | 'sector'>): CompanyKind {
  if (/\bREITs?\b|real estate investment trust/i.test(industry)) return 'reit';
  return sector === 'Financials' && /\bbanks?\b|insurance/i.test(industry) ? 'bank' : 'general';
}
