/** Income: received, to come, and waiting to be recorded. */
import { z } from 'zod';
import { taxpayers } from '../../domain/ledger/portfolio.ts';
import { amount, code, count, date, decimal, figure, text } from './words.ts';

const received = {
  payments: count,
  amount: decimal,
  franked: amount,
  frankingCredits: amount,
  withheld: decimal,
  unknownFranking: count,
  frankedPct: figure,
  coverage: z.number(),
};

const yields = {
  yieldPct: figure,
  yieldOnCostPct: figure,
  grossedUpYieldPct: figure,
  reasons: z.array(text).describe('why a yield is null'),
};

const payment = {
  portfolio: text,
  code,
  exDate: date,
  paidOn: date.nullable(),
  units: decimal,
  perUnit: decimal,
  currency: text,
  declaredAmount: decimal.describe('in its currency'),
  amount: amount.describe('in Australian dollars; null where another currency was declared'),
  frankedPct: figure,
  frankingCredit: amount.describe('at the company rate of 30%'),
};

const total = z.strictObject({
  payments: count,
  amount: decimal,
  frankingCredits: decimal,
  foreign: count.describe('declared in another currency, and so not in the amount'),
  unknownFranking: count,
});

const estimate = z.strictObject({
  ...payment,
  basis: z.strictObject({ exDate: date, paidOn: date.nullable(), perUnit: decimal, payments: count }),
  reason: text,
});

const month = z.strictObject({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  received: decimal,
  declared: total,
  estimated: total,
});

const income = z.strictObject({
  portfolio: text,
  fy: count,
  year: z.strictObject(received),
  lastTwelveMonths: z.strictObject(received),
  ...yields,
  yieldOf: z.strictObject({ holdings: count, held: count }),
  years: z.array(z.strictObject({ fy: count, ...received })),
  holdings: z.array(
    z.strictObject({
      code,
      name: text.nullable(),
      units: amount,
      value: amount,
      costBase: amount,
      heldSince: date.nullable(),
      partYear: z.boolean(),
      year: z.strictObject(received),
      lastTwelveMonths: z.strictObject(received),
      ...yields,
    }),
  ),
  months: z.array(month),
  declared: z.array(z.strictObject(payment)),
  declaredTotal: total,
  estimatedTotal: total,
  proposals: z.array(z.strictObject({ id: text, kind: z.enum(['dividend', 'distribution']), ...payment })),
  dismissed: count,
  franking: z.array(
    z.strictObject({
      owner: text,
      taxpayer: z.enum(taxpayers),
      credits: decimal,
      unknownFranking: count,
      exempt: z.boolean(),
      allowed: decimal,
      denied: decimal,
      open: decimal,
    }),
  ),
  keep: z.array(
    z.strictObject({
      owner: text,
      code,
      exDate: date,
      units: decimal,
      credits: decimal,
      keepUntil: date.describe('the first day on which a sale keeps the credits'),
      daysNeeded: count,
    }),
  ),
});

export const incomeAnswers = {
  'income/1': income,
  'income-calendar/1': z.strictObject({
    portfolio: text,
    months: z.array(month),
    declared: z.array(z.strictObject(payment)),
    estimated: z.array(estimate),
    declaredTotal: total,
    estimatedTotal: total,
  }),
  'income-forecast/1': z.strictObject({
    portfolio: text,
    estimated: z.array(estimate),
    estimatedTotal: total,
    declaredTotal: total,
  }),
  'income-dismissed/1': z.strictObject({ id: text, code, exDate: date, portfolio: text }),
} as const;
