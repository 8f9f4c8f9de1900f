/** The trades that the console would suggest at this moment. They are worked out and not kept: a GET changes nothing. */
import { z } from 'zod';
import { isoInstant } from '../../domain/date.ts';
import { isNegative, isPositive, type Money, noMoney, readDecimal, toFloat } from '../../domain/decimal.ts';
import { rebalanceModes } from '../../domain/rebalance/situation.ts';
import { confidence } from '../../domain/signals/classes.ts';
import { type Rebalancing, rebalance } from '../../usecases/rebalance.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { portfolioId, portfolioIn, portfolioQuery } from '../portfolio-record.ts';
import { tickerOf } from '../ticker.ts';
import { date, figure, instant, numberOf, ok, orNull, signalClass, text, warnings, words } from '../values.ts';

const suggestion = z.object({
  ticker: text,
  name: words,
  action: z.enum(['BUY', 'SELL', 'TRIM', 'ADD', 'HOLD']),
  suggested_quantity: figure,
  suggested_value: figure,
  reason: text,
  current_signal: signalClass.nullable(),
  signal_confidence: figure,
  confidence_score: figure,
  signal_as_of: date.nullable(),
  current_shares: figure,
  current_price: figure,
  price_as_of: date,
  current_weight_pct: figure,
  target_weight_pct: figure,
  after_weight_pct: figure,
  priority: z.int(),
  brokerage: figure,
  tax: figure,
});

const rebalancingAnswer = z.object({
  status: ok,
  portfolio_id: z.int().nullable(),
  suggestions: z.array(suggestion),
  message: text,
  mode: z.enum(rebalanceModes).optional(),
  generated_at: instant.optional(),
  total_value: figure.optional(),
  cash: figure.optional(),
  cash_after: figure.optional(),
  brokerage: figure.optional(),
  taxable_gain: figure.optional(),
  tax: figure.optional(),
  warnings: warnings.optional(),
});

const amount = z
  .string()
  .transform(written => readDecimal(written) as Money | undefined)
  .refine(value => value !== undefined && !isNegative(value), 'value is not an amount of dollars')
  .transform(value => value ?? noMoney);

const rebalancingQuery = portfolioQuery.extend({
  mode: z.enum(rebalanceModes).default('signals'),
  amount: amount.optional(),
});

const paths = [
  { path: '/portfolio/rebalancing', summary: 'The trades that are suggested now' },
  { path: '/portfolio/rebalance', summary: 'The same' },
] as const;

export function addRebalancing(endpoints: Endpoints, parts: Parts): void {
  const { app } = parts;
  for (const path of paths) {
    endpoints.signedIn(
      { ...path, method: 'get', query: rebalancingQuery, answer: rebalancingAnswer },
      async ({ query }) => {
        const view = portfolioIn(parts, query.portfolio_name);
        const id = portfolioId(app, view.scope);
        const { priced, cash } = view.totals;
        const isWorthNothing = priced === 0 && !isPositive(cash ?? noMoney) && !isPositive(query.amount ?? noMoney);
        if (isWorthNothing) {
          const message = 'Portfolio has no value. Upload holdings first.';
          return { status: 'ok' as const, portfolio_id: id, suggestions: [], message };
        }
        const portfolio = query.portfolio_name ?? parts.portfolio;
        const made = await rebalance(app, { portfolio, mode: query.mode, amount: query.amount, dryRun: true });
        return rebalancingRecord(made, id, app.now());
      },
    );
  }
}

function rebalancingRecord(made: Rebalancing, id: number | null, now: number): z.input<typeof rebalancingAnswer> {
  const { plan, suggestions } = made;
  const held = new Map(plan.situation.request.candidates.map(each => [each.code, each.units]));
  const trades = suggestions.filter(row => row.action !== 'HOLD').length;
  return {
    status: 'ok',
    portfolio_id: id,
    suggestions: suggestions.map(row => {
      const said = row.signal?.said;
      return {
        ticker: tickerOf(row.code),
        name: orNull(row.name),
        action: row.action,
        suggested_quantity: toFloat(row.units),
        suggested_value: toFloat(row.value),
        reason: row.reason,
        current_signal: orNull(said?.signal),
        signal_confidence: said?.signal === undefined ? null : orNull(said.score),
        confidence_score: said?.score === undefined ? null : orNull(confidence(said.signal, said.score)),
        signal_as_of: orNull(said?.asOf),
        current_shares: numberOf(held.get(row.code)),
        current_price: toFloat(row.price.price),
        price_as_of: row.price.on,
        current_weight_pct: row.weightPct,
        target_weight_pct: orNull(row.targetPct),
        after_weight_pct: row.afterPct,
        priority: row.priority,
        brokerage: toFloat(row.brokerage),
        tax: numberOf(row.tax),
      };
    }),
    message: trades === 0 ? 'Nothing to do' : `Generated ${trades} suggestions`,
    mode: made.mode,
    generated_at: isoInstant(now),
    total_value: toFloat(plan.situation.total),
    cash: toFloat(plan.situation.cash),
    cash_after: toFloat(plan.cashAfter),
    brokerage: toFloat(plan.brokerage),
    taxable_gain: numberOf(plan.taxableGain),
    tax: numberOf(plan.tax),
    warnings: [...made.warnings],
  };
}
