/** Sync: what came of it, how it stands, and how a device takes part. */
import { z } from 'zod';
import { code, count, date, instant, text } from './words.ts';

const conflicts = z.array(
  z.strictObject({
    entry: text,
    versions: z
      .array(
        z.strictObject({ version: count, recordedAt: instant, deleted: z.boolean(), current: z.boolean(), line: text }),
      )
      .describe('what devices have made of it; the current one counts until one is kept'),
  }),
);
const refused = z.array(z.strictObject({ id: text, clock: text, kind: text, reason: text, at: instant }));
const rows = z.array(z.strictObject({ kind: text, count }));
const recoveryCode = text.nullable().describe('shown once; null where the one that was printed holds');

export const syncAnswers = {
  'sync/1': z.strictObject({
    pulled: count.describe('versions that were new here'),
    pushed: count,
    requests: count,
    unpushed: count,
    waiting: count.describe('rows that wait for what they refer to, or for a newer asxos'),
    changed: rows.describe('rows that changed here'),
    withdrawn: z.array(z.strictObject({ entry: text, duplicateOf: text })),
    conflicts,
    refused,
    aheadAt: instant.nullable().describe('what the clock of another device says, where it is far ahead'),
    problems: z.array(z.strictObject({ entry: text, code: code.nullable(), date, message: text })),
  }),
  'sync-status/1': z.strictObject({
    device: text.nullable().describe('null where this device takes no part'),
    syncedAt: instant.nullable(),
    unpushed: count,
    waiting: count,
    devices: z.array(z.strictObject({ id: text, name: text, joinedAt: instant.nullable() })),
    rows,
    conflicts,
    refused,
  }),
  'sync-enrolled/1': z.strictObject({
    device: text,
    where: z.enum(['keychain', 'file']),
    first: z.boolean(),
    recoveryCode,
  }),
  'sync-passphrase/1': z.strictObject({ recoveryCode }),
  'sync-settled/1': z.strictObject({ entry: text, kept: count, deleted: z.boolean() }),
} as const;
