/** Tax: capital gains, income, the pack, locks, facts, the index and market values, and a sale that is only thought of. */
import { z } from 'zod';
import { amount, code, count, date, decimal, instant, text } from './words.ts';

const taxpayer = z.enum(['individual', 'smsf', 'company', 'trust']);
const year = z.int();
const category = z.enum(['current', 'deferred', 'later']);
const gainClass = z.enum(['full-rate', 'discountable', 'deferred-full-rate', 'deferred-discountable', 'later']);
const pct = z.number();
const carried = z.array(z.strictObject({ madeIn: year.nullable(), amount: decimal }));
const source = { entry: text, batch: text.nullable(), sourceKey: text.nullable() };

const disposal = z.strictObject({
  code,
  portfolio: text,
  ownerPct: pct,
  event: z.enum(['A1', 'G1', 'E4', 'E10']),
  acquiredOn: date,
  disposedOn: date,
  units: amount,
  proceeds: amount,
  costBase: amount,
  reducedCostBase: amount,
  gain: amount,
  category,
  discountEligible: z.boolean(),
  discountEligibleFrom: date.nullable(),
  marketValue20270630: amount,
  indexationFactor: amount,
  indexationEstimated: z.boolean(),
  indexedCostBase: amount,
  ...source,
  parcel: text,
  parcelBatch: text.nullable(),
  parcelSourceKey: text.nullable(),
  rules: z.array(text),
});

const rule = z.strictObject({ id: text, says: text, source: text, from: date });

const capitalGains = z.strictObject({
  fy: year,
  owner: text,
  taxpayer,
  disposals: z.array(disposal),
  trusts: z.array(z.strictObject({ code, entry: text, discounted: decimal, grossedUp: decimal, other: decimal })),
  trustGains: decimal,
  gains: z.array(z.strictObject({ class: gainClass, amount: decimal, afterLosses: amount })),
  discountGains: decimal,
  otherGains: decimal,
  losses: decimal,
  lossesCarriedIn: decimal,
  carriedIn: carried,
  lossesUsed: z.array(z.strictObject({ madeIn: year.nullable(), amount: decimal, against: gainClass })),
  discount: decimal,
  netCapitalGain: amount,
  lossesCarriedOut: decimal,
  carriedOut: carried,
  minimumTaxCapitalGain: amount,
  minimumTaxGap: amount,
  washSales: z.array(z.strictObject({ entry: text, code, soldOn: date, buy: text, boughtOn: date })),
  rules: z.array(rule),
  lockedAt: instant.nullable(),
  lockedDifference: z
    .array(z.strictObject({ figure: text, locked: amount, now: amount }))
    .nullable()
    .describe('null where the year is not locked'),
});

const income = z.strictObject({
  fy: year,
  owner: text,
  taxpayer,
  dividends: z.array(
    z.strictObject({
      code,
      kind: z.enum(['dividend', 'distribution', 'drp']),
      portfolio: text,
      ownerPct: pct,
      exDate: date.nullable(),
      paidOn: date,
      units: amount,
      amount: decimal,
      franked: amount,
      unfranked: amount,
      frankingCredit: amount,
      creditAssumed: z.boolean(),
      creditAllowed: amount,
      reason: text.nullable(),
      foreign: z.boolean(),
      foreignTax: decimal,
      tfnWithheld: decimal,
      licAttributable: amount,
      ...source,
      rules: z.array(text),
    }),
  ),
  trusts: z.array(
    z.strictObject({
      code,
      cash: decimal,
      franked: amount,
      unfranked: amount,
      interest: amount,
      otherIncome: amount,
      frankingCredit: amount,
      creditAllowed: amount,
      discountGains: amount,
      otherGains: amount,
      foreignIncome: amount,
      foreignTaxOffset: amount,
      tfnWithheld: amount,
      taxDeferred: amount,
      amitIncrease: amount,
      amitDecrease: amount,
      reason: text.nullable(),
      statements: text,
      rules: z.array(text),
    }),
  ),
  interest: z.array(
    z.strictObject({ portfolio: text, paidOn: date, amount: decimal, entry: text, rules: z.array(text) }),
  ),
  totals: z.strictObject({
    dividends: decimal,
    franked: decimal,
    unfranked: decimal,
    frankingCredits: decimal,
    creditsAllowed: decimal,
    creditsDenied: decimal,
    creditsOpen: decimal,
    trustIncome: decimal,
    unattributedCash: decimal,
    interest: decimal,
    foreignIncome: decimal,
    foreignTaxPaid: decimal,
    foreignTaxOffset: decimal,
    tfnWithheld: decimal,
    licDeduction: decimal,
    assessable: decimal,
  }),
  smallHolder: z.boolean(),
  rules: z.array(rule),
});

const preview = z.strictObject({
  portfolio: text,
  code,
  units: decimal,
  held: decimal,
  on: date,
  price: decimal,
  priceSource: z.enum(['quote', 'close', 'user']),
  priceAsOf: date.nullable(),
  brokerage: decimal,
  brokerageFrom: z.enum(['user', 'last trade', 'none']),
  proceeds: decimal,
  methods: z.array(
    z.strictObject({
      method: text,
      gain: amount,
      taxableGain: amount,
      tax: amount,
      parcels: z.array(
        z.strictObject({
          owner: text,
          parcel: text,
          acquiredOn: date,
          units: amount,
          category,
          proceeds: amount,
          costBase: amount,
          gain: amount,
          discountEligible: z.boolean(),
          discountEligibleFrom: date.nullable(),
        }),
      ),
      owners: z.array(
        z.strictObject({
          owner: text,
          taxpayer,
          fy: year,
          gain: amount,
          netCapitalGainBefore: amount,
          netCapitalGainAfter: amount,
          taxableGain: amount,
          marginalRatePct: pct.nullable(),
          tax: amount,
        }),
      ),
      waiting: z.array(z.strictObject({ on: date, days: count, saves: amount, savesTax: amount })),
    }),
  ),
});

export const taxAnswers = {
  'tax-cgt/1': capitalGains,
  'tax-income/1': income,
  'tax-pack/1': z.strictObject({ fy: year, owner: text, folder: text, files: z.array(text) }),
  'tax-lock/1': z.strictObject({ fy: year, owner: text, figures: count.nullable() }),
  'tax-facts/1': z.strictObject({
    owner: text,
    facts: z.array(
      z.strictObject({
        fy: year,
        fact: z.enum(['losses-brought-in', 'other-income', 'marginal-rate-pct']),
        value: decimal,
      }),
    ),
  }),
  'tax-cpi/1': z.strictObject({
    indexes: z.array(z.strictObject({ quarter: text, index: decimal, source: z.enum(['asxos', 'user']) })),
  }),
  'tax-market-values/1': z.strictObject({
    marketValues: z.array(z.strictObject({ code, price: decimal, source: z.enum(['close', 'user']), pricedOn: date })),
  }),
  'sell-preview/1': preview,
} as const;
