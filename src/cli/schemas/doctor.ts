/** What the doctor found. */
import { z } from 'zod';
import { findingKinds } from '../../domain/market/quality.ts';
import { code, date, instant, text } from './words.ts';

export const doctorAnswers = {
  'doctor/1': z.strictObject({
    checks: z.array(
      z.strictObject({
        id: text,
        status: z.enum(['ok', 'warning', 'problem', 'unknown']),
        finding: text,
        why: text,
        fix: text.nullable(),
      }),
    ),
    findings: z
      .array(z.strictObject({ code, kind: z.enum(findingKinds), date, detail: text, foundAt: instant }))
      .optional()
      .describe('of doctor data'),
  }),
  'restore-drill/1': z.strictObject({
    backup: text,
    takenAt: instant.nullable().describe('when the backup was taken, where it says so'),
    missing: z
      .array(z.strictObject({ recordedAt: instant, deleted: z.boolean(), line: text }))
      .describe('versions of entries that were recorded before it was taken and are not in it'),
    knownAt: instant.nullable().describe('when the last entry of the backup was recorded'),
    reports: z.array(z.strictObject({ report: text, equal: z.boolean() })),
    changedSince: z.array(text).describe('tables without a history that are others now'),
  }),
} as const;
