/** What is recorded: entries, imports, portfolios. */
import { z } from 'zod';
import { entryKinds, parcelMethods } from '../../domain/ledger/entry.ts';
import { taxpayers } from '../../domain/ledger/portfolio.ts';
import { amount, code, count, date, decimal, instant, text } from './words.ts';

const entry = z.strictObject({
  id: text,
  kind: z.enum(entryKinds),
  code: code.nullable(),
  date,
  units: amount,
  price: amount,
  brokerage: amount,
  amount,
  portfolio: text,
  batch: text.nullable(),
  note: text.nullable(),
  line: text,
});

const state = z.strictObject({ units: decimal, costBase: amount });
const recorded = z.strictObject({
  entry,
  sentence: text,
  written: z.boolean(),
  createdPortfolio: z.boolean(),
  effect: z.strictObject({
    code: code.nullable(),
    before: state,
    after: state,
    disposal: z
      .strictObject({
        units: decimal,
        proceeds: decimal,
        parcels: z.array(
          z.strictObject({
            parcel: text,
            acquiredOn: date,
            units: decimal,
            costBase: amount,
            proceeds: decimal,
            gain: amount,
            discountEligible: z.boolean(),
          }),
        ),
      })
      .nullable(),
    income: z
      .strictObject({
        amount: decimal,
        franked: amount,
        frankingCredit: amount,
        withheld: amount,
        financialYear: count,
      })
      .nullable(),
    received: z.strictObject({ code, before: state, after: state }).nullable(),
    excessGains: z.array(
      z.strictObject({ acquiredOn: date, on: date, units: decimal, amount: decimal, discountEligible: z.boolean() }),
    ),
    sales: z
      .array(z.strictObject({ entry: text, date, gainBefore: amount, gainAfter: amount }))
      .describe('recorded sales whose cost base the entry changes'),
    cashBefore: decimal,
    cashAfter: decimal,
  }),
});

const changedEntry = z.strictObject({ entry, sentence: text });
const rows = z.array(z.strictObject({ line: count, reason: text }));

const portfolio = {
  id: text,
  name: text,
  owners: z.array(z.strictObject({ name: text, taxpayer: z.enum(taxpayers), pct: z.number() })),
  cashAccount: z.boolean(),
  method: z.enum(parcelMethods),
  archived: z.boolean(),
};

export const entryAnswers = {
  'entry/1': recorded,
  'entries/1': z.strictObject({ portfolio: text, entries: z.array(entry), count }),
  'entry-versions/1': z.strictObject({
    id: text,
    versions: z.array(
      z.strictObject({
        version: count,
        recordedAt: instant,
        supersededAt: instant.nullable(),
        deleted: z.boolean(),
        entry,
      }),
    ),
  }),
  'entry-deleted/1': changedEntry,
  'entry-restored/1': changedEntry,
  'import/1': z.strictObject({
    batch: text.nullable(),
    format: text,
    layoutVerified: z.boolean(),
    portfolio: text,
    written: z.boolean(),
    added: count,
    duplicates: count,
    rejected: rows,
    skipped: rows,
    warnings: z.array(text),
    holdings: z
      .array(z.strictObject({ code, units: decimal, costBase: amount, averageCost: amount }))
      .optional()
      .describe('with --dry-run: what the portfolio would then hold'),
  }),
  'imports/1': z.strictObject({
    imports: z.array(
      z.strictObject({
        batch: text,
        portfolio: text,
        format: text,
        fileName: text,
        importedAt: instant,
        added: count,
        duplicates: count,
        rejected: count,
        undoneAt: instant.nullable(),
      }),
    ),
  }),
  'import-undone/1': z.strictObject({ batch: text, fileName: text, removed: count }),
  'import-formats/1': z.strictObject({
    formats: z.array(z.strictObject({ id: text, title: text, verified: z.boolean(), headers: z.array(text) })),
  }),
  'portfolios/1': z.strictObject({ portfolios: z.array(z.strictObject({ ...portfolio, current: z.boolean() })) }),
  'portfolio/1': z.strictObject({ portfolio: z.strictObject(portfolio) }),
} as const;
