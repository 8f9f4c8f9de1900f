/** Risk and make-up: the analysis of one portfolio, and two side by side. */
import { z } from 'zod';
import { riskFigures } from '../../domain/returns/portfolio-risk.ts';
import { signalClasses } from '../../domain/signals/classes.ts';
import { amount, code, count, date, decimal, figure, text } from './words.ts';

const riskNames = Object.fromEntries(riskFigures.map(name => [name, figure])) as Record<
  (typeof riskFigures)[number],
  typeof figure
>;
const risk = z.strictObject({ ...riskNames, observations: count.describe('daily returns') });
const reasons = z.record(text, text).describe('why a figure is unknown, by its field');

const measured = {
  reason: text.nullable(),
  from: date.nullable(),
  to: date.nullable(),
  observations: count,
};
const part = { codes: z.array(code), value: decimal, weightPct: figure };
const exposure = z.strictObject({ weightPct: figure, codes: z.array(code), ...measured });

const analyze = z.strictObject({
  portfolio: text,
  from: date,
  to: date,
  value: amount,
  cash: amount,
  cashRatePct: z.number(),
  benchmark: z.strictObject({ code, reinvestment: z.enum(['dividends', 'adjusted closes', 'price only']) }).nullable(),
  risk,
  figures: z.array(z.strictObject({ figure: z.enum(riskFigures), value: figure, ...measured })),
  reasons,
  drawdown: z
    .strictObject({
      maxPct: z.number().positive(),
      from: date,
      to: date,
      recoveredOn: date.nullable(),
      sessionsUnderWater: count,
    })
    .nullable(),
  securities: z.array(z.strictObject({ name: text.nullable(), ...part })),
  sectors: z.array(
    z.strictObject({ sector: text.nullable().describe('null is not known; Cash is the cash account'), ...part }),
  ),
  kinds: z.array(z.strictObject({ kind: text.nullable(), ...part })),
  signals: z.array(
    z.strictObject({
      signal: z.enum(signalClasses).nullable().describe('of the ensemble; null is no signal'),
      count,
      ...part,
      stale: count.describe('more than 5 sessions behind the last close'),
    }),
  ),
  unpriced: z.array(code),
  banks: exposure,
  miners: exposure,
  franked: z.strictObject({ pct: figure, unknown: count.describe('payments of unknown franking'), ...measured }),
  correlations: z.strictObject({
    from: date.nullable(),
    to: date.nullable(),
    codes: z.array(code),
    values: z.array(z.array(figure)),
    observations: z.array(z.array(count)),
    reasons: z.array(z.strictObject({ codes: z.tuple([code, code]), reason: text })),
  }),
  warnings: z.array(text),
  limits: z
    .array(z.strictObject({ rule: text, codes: z.array(code), value: z.number(), limit: z.number() }))
    .describe('of each warning, in the same order'),
});

const weightPcts = z.tuple([z.number(), z.number()]);

const compare = z.strictObject({
  from: date,
  to: date,
  cashRatePct: z.number(),
  portfolios: z.array(
    z.strictObject({
      name: text,
      firstEntry: date.nullable(),
      value: amount,
      cash: amount,
      holdings: count,
      unpriced: count,
      profit: amount,
      timeWeightedPct: figure,
      moneyWeightedPct: figure,
      annualised: z.boolean(),
      risk,
      reasons,
    }),
  ),
  correlation: z.strictObject({ value: figure, ...measured }),
  overlap: z.strictObject({
    sharedPct: figure,
    codes: z.array(z.strictObject({ code, weightPcts, sharedPct: z.number() })),
    reason: text.nullable(),
  }),
  sectors: z.array(z.strictObject({ sector: text.nullable(), weightPcts, differencePct: z.number() })),
});

export const analysisAnswers = { 'analyze/1': analyze, 'compare/1': compare } as const;
