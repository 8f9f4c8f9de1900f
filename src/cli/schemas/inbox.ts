/** The inbox, what goes out of it, what its owner wants to be told, and the prices that are held back. */
import { z } from 'zod';
import { channels } from '../../domain/alerts/delivery.ts';
import { alertTypes, notificationTypes, priorities } from '../../domain/alerts/notification.ts';
import { frequencies } from '../../domain/alerts/preferences.ts';
import { code, count, date, decimal, figure, instant, text } from './words.ts';

const channel = z.enum(channels);
const preference = z.strictObject({
  type: z.enum(alertTypes),
  enabled: z.boolean(),
  frequency: z.enum(frequencies),
  minConfidence: z.number().min(0).max(1),
  lossPct: figure,
  gainPct: figure,
});

export const inboxAnswers = {
  'notifications/1': z.strictObject({
    notifications: z.array(
      z.strictObject({
        id: count,
        type: z.enum(notificationTypes),
        priority: z.enum(priorities),
        title: text,
        message: text,
        data: z.unknown(),
        isRead: z.boolean(),
        createdAt: instant,
        readAt: instant.nullable(),
        expiresAt: instant.nullable(),
      }),
    ),
    totalCount: count,
    unreadCount: count,
  }),
  'notifications-changed/1': z.strictObject({ count }),
  'deliveries/1': z.strictObject({
    deliveries: z.array(
      z.strictObject({
        id: count,
        notificationId: count,
        title: text,
        channel,
        outcome: z.enum(['sent', 'failed', 'dropped']).nullable().describe('null while it waits'),
        attempts: count,
        dueAt: instant,
        endedAt: instant.nullable(),
        error: text.nullable(),
      }),
    ),
    totalCount: count,
  }),
  'delivery/1': z.strictObject({
    sent: count,
    failed: count,
    waiting: count,
    dropped: count,
    troubles: z.array(z.strictObject({ channel, reason: text, hint: text.nullable() })),
  }),
  'alert-preferences/1': z.strictObject({ preferences: z.array(preference) }),
  'held-back-prices/1': z.strictObject({
    prices: z.array(z.strictObject({ code, date, close: decimal, reason: text })),
  }),
  'price-accepted/1': z.strictObject({ code, date, close: decimal }),
} as const;
