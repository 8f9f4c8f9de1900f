/** What the statements of a company say, and how good model B finds it. */
import { z } from 'zod';
import type { Code } from '../../domain/market/security.ts';
import { gradeWords } from '../../domain/signals/model-b.ts';
import { refusal } from '../../http/refusal.ts';
import { type CompanyMetrics, viewMetrics } from '../../usecases/view-metrics.ts';
import { snapshot, snapshotOf, verdictOf } from '../model-b-record.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { symbolOf, tickerQuery } from '../ticker.ts';
import { date, figure, grade, instant, instantOf, orNull, signalClass, text, words } from '../values.ts';

const metricsAnswer = z.object({
  symbol: text,
  sector: words,
  industry: words,
  metrics: z.object({
    valuation: z.object({ pe_ratio: figure, pb_ratio: figure, market_cap: figure }),
    profitability: z.object({ roe: figure, profit_margin: figure, eps: figure }),
    growth: z.object({ revenue_growth_yoy: figure, eps_growth: figure }),
    financial_health: z.object({
      debt_to_equity: figure,
      current_ratio: figure,
      quick_ratio: figure,
      free_cash_flow: figure,
    }),
    income: z.object({ div_yield: figure }),
  }),
  updated_at: instant.nullable(),
  period_end: date.nullable(),
});

const qualityAnswer = z.object({
  symbol: text,
  as_of: date,
  quality: z.object({ score: grade, grade_description: text, confidence: figure }),
  signal: signalClass,
  expected_return: figure,
  rank: z.int().nullable(),
  fundamentals_snapshot: snapshot,
  created_at: instant.nullable(),
});

export function addFundamentals(endpoints: Endpoints, { app }: Parts): void {
  endpoints.signedIn(
    {
      method: 'get',
      path: '/fundamentals/metrics',
      summary: 'Metrics of a company, from what is stored',
      query: tickerQuery,
      answer: metricsAnswer,
    },
    ({ query }) => {
      const found = viewMetrics(app, [query.ticker]).get(query.ticker);
      if (found === undefined) throw refusal(404, `No fundamental data found for ${symbolOf(query.ticker)}`);
      return metricsRecord(query.ticker, found);
    },
  );

  endpoints.signedIn(
    {
      method: 'get',
      path: '/fundamentals/quality',
      summary: 'The grade of a company by model B, as it was last said',
      query: tickerQuery,
      answer: qualityAnswer,
    },
    ({ query }) => {
      const symbol = symbolOf(query.ticker);
      const said = verdictOf(app, query.ticker);
      if (said === undefined) {
        throw refusal(404, `No Model B quality score found for ${symbol}. Signal may not have been generated yet.`);
      }
      const { asOf, vote, expectedReturn, at } = said;
      return {
        symbol,
        as_of: asOf,
        quality: { score: vote.grade, grade_description: gradeWords[vote.grade], confidence: vote.score },
        signal: vote.signal,
        expected_return: orNull(expectedReturn),
        rank: orNull(vote.rank),
        fundamentals_snapshot: snapshotOf(viewMetrics(app, [query.ticker], { asOf }).get(query.ticker)),
        created_at: instantOf(at),
      };
    },
  );
}

function metricsRecord(code: Code, found: CompanyMetrics): z.input<typeof metricsAnswer> {
  const { pe_ratio, pb_ratio, roe, debt_to_equity, profit_margin } = snapshotOf(found);
  const metric = (name: Parameters<CompanyMetrics['metric']>[0]) => orNull(found.metric(name));
  return {
    symbol: symbolOf(code),
    sector: orNull(found.sector),
    industry: orNull(found.industry),
    metrics: {
      valuation: { pe_ratio, pb_ratio, market_cap: orNull(found.marketCap) },
      profitability: { roe, profit_margin, eps: orNull(found.eps) },
      growth: { revenue_growth_yoy: metric('revenue_growth_yoy'), eps_growth: metric('eps_growth') },
      financial_health: {
        debt_to_equity,
        current_ratio: metric('current_ratio'),
        quick_ratio: metric('quick_ratio'),
        free_cash_flow: metric('free_cash_flow'),
      },
      income: { div_yield: metric('div_yield') },
    },
    updated_at: instantOf(found.fetchedAt),
    period_end: orNull(found.periodTo),
  };
}
