/** What is held: the Dashboard, holdings, parcels. */
import { z } from 'zod';
import { amount, code, count, date, decimal, figure, lastSaid, priced, text } from './words.ts';

const totals = z.strictObject({
  value: amount,
  costBase: amount,
  gain: amount,
  gainPct: figure,
  dayChange: amount,
  dayChangePct: figure,
  realisedGain: amount,
  income: amount,
  totalReturn: amount,
  totalReturnPct: figure,
  cash: amount,
  moved: count,
  priced: count,
  unpriced: count,
  unknownCost: count,
  stale: count,
});

const holdings = z.strictObject({
  portfolio: text,
  holdings: z.array(
    z.strictObject({
      code,
      name: text.nullable(),
      units: decimal,
      averageCost: amount,
      costBase: amount,
      ...priced,
      value: amount,
      gain: amount,
      gainPct: figure,
      dayChange: amount,
      dayChangePct: figure,
      weightPct: figure,
      realisedGain: amount,
      income: amount,
      totalReturn: amount,
      totalReturnPct: figure,
      priceReason: text.nullable().describe('why the price is not simply the newest'),
      ...lastSaid,
    }),
  ),
  totals,
});

const need = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ahead'), count }),
  z.strictObject({ kind: z.enum(['unpriced', 'stale', 'quiet']), codes: z.array(code), since: date.nullable() }),
  z.strictObject({ kind: z.literal('discount'), code, units: decimal, on: date, days: count }),
  z.strictObject({ kind: z.literal('ex-dividend'), code, on: date, days: count, amount }),
  z.strictObject({ kind: z.literal('franking'), code, units: decimal, on: date, days: count, credits: decimal }),
  z.strictObject({
    kind: z.literal('notification'),
    id: count,
    type: text,
    priority: text,
    title: text,
    message: text,
  }),
]);

const dashboard = z.strictObject({
  portfolio: text,
  totals,
  movers: z.array(
    z.strictObject({ code, name: text.nullable(), price: amount, dayChange: amount, dayChangePct: figure }),
  ),
  income: z.strictObject({
    financialYear: count,
    received: decimal,
    frankingCredits: amount,
    unknownFranking: count,
    next: z.strictObject({ code, on: date, amount: decimal }).nullable(),
  }),
  needs: z.array(need),
  unreadNotifications: count,
});

const parcels = z.strictObject({
  code: code.nullable(),
  parcels: z.array(
    z.strictObject({
      id: text,
      code,
      portfolio: text.nullable(),
      acquiredOn: date,
      units: decimal,
      costBase: amount,
      costPerUnit: amount,
      value: amount,
      gain: amount,
      gainPct: figure,
      discountEligibleFrom: date.nullable(),
    }),
  ),
});

export const holdingAnswers = {
  'dashboard/1': dashboard,
  'holdings/1': holdings,
  'parcels/1': parcels,
} as const;
