/**
 * Notifications: what the console has to tell its owner, and how urgent it is.
 *
 * A notification is about one event. An event key (`ex-dividend|BHP|2026-03-05`) makes it once per event, however often
 * the check runs. After `expiresAt` it counts as read and is no longer shown.
 */
import type { Instant } from '../date.ts';

export const notificationTypes = [
  'signal_change',
  'portfolio_alert',
  'system',
  'drift_detected',
  'model_update',
] as const;
export type NotificationType = (typeof notificationTypes)[number];

/** From least to most urgent. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

export type NotificationDraft = {
  readonly type: NotificationType;
  readonly priority: Priority;
  readonly title: string;
  readonly message: string;
  /** What it is about, for a program: `{code: 'BHP', ...}`. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant | undefined;
  /** Once per event; undefined where every occurrence counts. */
  readonly eventKey?: string | undefined;
};

export type Notification = NotificationDraft & { readonly id: number; readonly readAt: Instant | undefined };

/** The kinds of alert a user can turn off, as the account server names them. */
export const alertTypes = [
  'signal_strong_buy',
  'signal_strong_sell',
  'signal_change',
  'drift_detected',
  'portfolio_alert',
  'model_update',
] as const;
export type AlertType = (typeof alertTypes)[number];

export type AlertPreference = {
  readonly type: AlertType;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
};

/** `priority` or a more urgent one. */
export const isAtLeast = (priority: Priority, least: Priority): boolean =>
  priorities.indexOf(priority) >= priorities.indexOf(least);
