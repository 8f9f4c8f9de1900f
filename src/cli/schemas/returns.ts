/** What has been made of the money: performance and history. */
import { z } from 'zod';
import { amount, code, count, date, decimal, figure, instant, text } from './words.ts';

const period = z.strictObject({
  name: text.describe('2026-03, or 2026 for the financial year that ends in it'),
  from: date,
  to: date,
  startValue: decimal,
  endValue: amount.describe('null where all that is held has no price'),
  deposits: decimal,
  withdrawals: decimal,
  income: decimal,
  profit: amount.describe('null where nothing of what is held had a price'),
  timeWeightedPct: figure,
});

const performance = z.strictObject({
  portfolio: text,
  from: date,
  to: date,
  startValue: decimal,
  endValue: amount,
  deposits: decimal,
  withdrawals: decimal,
  income: decimal,
  profit: amount,
  timeWeightedPct: figure,
  moneyWeightedPct: figure,
  annualised: z
    .boolean()
    .describe('whether the money-weighted return is of a year; under 365 days it is of the period'),
  benchmark: z
    .strictObject({
      code,
      reinvestment: z.enum(['dividends', 'adjusted closes', 'price only']),
      timeWeightedPct: figure,
      twinEndValue: amount,
    })
    .nullable(),
  drawdown: z
    .strictObject({
      maxPct: z.number().positive(),
      from: date,
      to: date,
      recoveredOn: date.nullable(),
      sessionsUnderWater: count,
    })
    .nullable(),
  months: z.array(period),
  years: z.array(period),
  contributions: z.array(
    z.strictObject({
      code: code.nullable().describe('null is cash'),
      startValue: decimal,
      endValue: decimal,
      price: decimal,
      income: decimal,
      costs: decimal,
      profit: decimal,
    }),
  ),
  reasons: z.record(text, text).describe('why a figure is unknown, by its field'),
});

const history = z.strictObject({
  portfolio: text,
  count,
  events: z.array(
    z.strictObject({
      at: instant,
      what: z.enum(['recorded', 'edited', 'deleted', 'restored']),
      id: text,
      version: count,
      portfolio: text,
      line: text,
      before: text.nullable(),
    }),
  ),
});

const values = z.strictObject({
  portfolio: text,
  from: date,
  to: date,
  days: z.array(
    z.strictObject({
      date,
      tradingDay: z.boolean(),
      value: amount,
      deposits: decimal,
      withdrawals: decimal,
      income: decimal,
      profit: amount.describe('null where nothing of what is held has a price'),
      timeWeightedPct: figure,
      indexPct: z.number().describe('the linked returns since the close before the first day'),
      unpriced: z.array(code),
    }),
  ),
});

const state = z.strictObject({ units: decimal, value: amount, gain: amount });
const comparison = z.strictObject({
  portfolio: text,
  before: date,
  now: date,
  holdings: z.array(z.strictObject({ code, before: state, now: state, change: state })),
  totals: z.strictObject({
    valueBefore: amount,
    valueNow: amount,
    value: amount,
    gainBefore: amount,
    gainNow: amount,
    gain: amount,
  }),
});

export const returnAnswers = {
  'history/1': history,
  'history-values/1': values,
  'history-comparison/1': comparison,
  'performance/1': performance,
} as const;
