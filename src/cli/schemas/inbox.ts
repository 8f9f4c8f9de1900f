/** The inbox, and the prices that are held back. */
import { z } from 'zod';
import { notificationTypes, priorities } from '../../domain/alerts/notification.ts';
import { code, count, date, decimal, instant, text } from './words.ts';

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
  'held-back-prices/1': z.strictObject({
    prices: z.array(z.strictObject({ code, date, close: decimal, reason: text })),
  }),
  'price-accepted/1': z.strictObject({ code, date, close: decimal }),
} as const;
