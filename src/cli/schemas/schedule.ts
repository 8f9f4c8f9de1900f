/** The schedule and what is installed of it. */
import { z } from 'zod';
import { text } from './words.ts';

const scheduler = z.enum(['cron', 'systemd']);
const units = z.strictObject({ service: text, timer: text });
const key = z.strictObject({
  source: z.enum(['environment', 'keychain', 'file']).nullable().describe('where this command finds the key'),
  job: z.enum(['crontab', 'file']).nullable().describe('where the job finds it without a keychain'),
  file: text,
  problem: text.nullable(),
});

export const scheduleAnswers = {
  'schedule/1': z.strictObject({
    cron: text,
    systemd: units,
    units: units.describe('the paths of the two'),
    installed: scheduler.nullable(),
    isCurrent: z.boolean().nullable(),
    key,
  }),
  'schedule-installed/1': z.strictObject({ installed: scheduler, isChanged: z.boolean(), key }),
  'schedule-removed/1': z.strictObject({ removed: z.array(scheduler) }),
} as const;
