/** Alert rules, where they stand, what a check found, and the history of what fired. */
import { z } from 'zod';
import { priorities } from '../../domain/alerts/notification.ts';
import { code, count, instant, text } from './words.ts';

const priority = z.enum(priorities);
const rule = text.describe('the rule in its one form, like "BHP above 50"');
const value = text.nullable().describe('the figure: a price, a percentage, a class or a day');

const security = z.strictObject({
  code,
  armed: z.boolean().describe('false once it has fired, until the figure is back'),
  firedAt: instant.nullable(),
  met: z.boolean().nullable().describe('whether it is so now; null where it cannot be judged'),
  value,
  now: text.describe('where it stands, in words'),
  state: text.describe('whether it is armed, in words'),
});

const alert = {
  id: count,
  rule,
  priority,
  origin: z.enum(['user', 'default']),
  paused: z.boolean().describe('not checked until it is resumed'),
  createdAt: instant,
  securities: z.array(security),
};

export const alertAnswers = {
  'alerts/1': z.strictObject({ alerts: z.array(z.strictObject(alert)) }),
  'alert/1': z.strictObject({ ...alert, added: z.boolean().describe('false where the rule was there already') }),
  'alerts-paused/1': z.strictObject({ paused: z.boolean(), alerts: z.array(z.strictObject({ id: count, rule })) }),
  'alerts-removed/1': z.strictObject({ removed: z.array(z.strictObject({ id: count, rule })) }),
  'alerts-check/1': z.strictObject({
    rules: count,
    checked: count.describe('pairs of a rule and a security'),
    fired: z.array(
      z.strictObject({
        alertId: count,
        rule,
        code,
        priority,
        value,
        message: text,
        notificationId: count.nullable().describe('null where portfolio alerts are switched off'),
      }),
    ),
    notJudged: z.array(z.strictObject({ alertId: count, rule, code, reason: text })),
    notifications: count,
  }),
  'alerts-history/1': z.strictObject({
    firings: z.array(
      z.strictObject({
        id: count,
        alertId: count,
        rule,
        code,
        at: instant,
        value,
        message: text,
        notificationId: count.nullable(),
      }),
    ),
    totalCount: count,
  }),
} as const;
