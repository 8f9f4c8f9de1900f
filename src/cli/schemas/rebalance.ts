/** Targets, rebalancings and what becomes of their suggestions. */
import { z } from 'zod';
import { actions } from '../../domain/rebalance/suggestions.ts';
import { signalClasses } from '../../domain/signals/classes.ts';
import { amount, code, count, date, decimal, figure, instant, text } from './words.ts';

const status = z.enum(['pending', 'executed', 'rejected']);

const suggestion = {
  code,
  name: text.nullable(),
  action: z.enum(actions),
  units: decimal,
  price: amount,
  value: decimal,
  weightPct: z.number(),
  targetPct: figure,
  afterPct: z.number(),
  reason: text,
  signal: z.enum(signalClasses).nullable().describe('of the ensemble, in mode signals'),
  confidence: figure,
  signalAsOf: date.nullable(),
  signalVersion: text.nullable(),
  priority: count,
  brokerage: decimal,
  tax: amount,
};

const rebalancing = z.strictObject({
  portfolio: text,
  mode: text,
  suggestions: z.array(
    z.strictObject({
      ...suggestion,
      id: text.nullable(),
      priceAsOf: date,
      priceSource: z.enum(['quote', 'close']),
      target: text.nullable(),
      bandPct: figure,
      status: status.nullable(),
      parcels: z.array(
        z.strictObject({
          id: text,
          acquiredOn: date,
          units: decimal,
          costBase: amount,
          proceeds: decimal,
          gain: amount,
          discountEligible: z.boolean(),
          tax: amount,
        }),
      ),
      waits: z.array(
        z.strictObject({
          parcel: text,
          from: date,
          days: count,
          gainSaved: decimal,
          taxSaved: amount,
          deferredOnly: z.boolean(),
        }),
      ),
    }),
  ),
  bindings: z.array(z.strictObject({ constraint: text, target: text, words: text })),
  unpriced: z.array(code),
  total: decimal,
  cash: decimal,
  cashAfter: decimal,
  brokerage: decimal,
  taxableGain: amount,
  tax: amount,
  marginalRatePct: z.number().nullable(),
  driftBefore: decimal,
  driftAfter: decimal,
  proved: z.boolean(),
  stored: z.boolean(),
});

const targets = z.strictObject({
  portfolio: text,
  targets: z.array(
    z.strictObject({ kind: z.enum(['code', 'sector']), name: text, weightPct: z.number(), bandPct: z.number() }),
  ),
  sumPct: z.number(),
});

const stored = z.strictObject({
  ...suggestion,
  id: text,
  mode: text,
  status,
  createdAt: instant,
  expiresAt: instant,
  entry: text.nullable(),
});

export const rebalanceAnswers = {
  'rebalance/1': rebalancing,
  'targets/1': targets,
  'suggestions/1': z.strictObject({ portfolio: text, suggestions: z.array(stored), cash: amount, cashAfter: amount }),
  'suggestion/1': z.strictObject({ suggestion: stored, line: text.nullable(), recorded: z.boolean() }),
} as const;
