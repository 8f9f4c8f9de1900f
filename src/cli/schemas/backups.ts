/** Backups and exports, and what is in them. */
import { z } from 'zod';
import { count, date, decimal, instant, text } from './words.ts';

const summary = z.strictObject({
  portfolios: z.array(z.strictObject({ name: text, entries: count })),
  entries: count,
  lastEntryOn: date.nullable(),
  changedAt: instant.nullable(),
  holdings: count,
  costBase: decimal,
  watched: count,
  alerts: count,
  newestClose: date.nullable(),
});

export const backupAnswers = {
  'backup/1': z.strictObject({ file: text, bytes: count, schema: count }),
  'export/1': z.strictObject({
    format: z.enum(['jsonl', 'csv', 'ledger']),
    file: text,
    rows: count,
    warnings: z.array(text),
  }),
  'import-export/1': z.strictObject({
    exportedAt: text,
    written: z.boolean(),
    added: z.record(z.string(), count).describe('rows by table'),
    there: count,
    conflicts: z.array(z.strictObject({ table: text, key: text, reason: text })),
    before: text.nullable().describe('the copy from before it'),
  }),
  'backups/1': z.strictObject({
    backups: z.array(z.strictObject({ file: text, bytes: count, at: instant, day: date.nullable() })),
  }),
  'restore/1': z.strictObject({
    file: text,
    schema: count,
    database: text,
    restored: z.boolean(),
    kept: text.nullable(),
    inFile: summary,
    now: summary.nullable(),
    nowTrouble: text.nullable(),
  }),
} as const;
