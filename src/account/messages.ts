/**
 * What client and account server say to each other over HTTP: one schema for each body, read by both. Field names are
 * those of the reference server; bounds carry the words that a person is told.
 */
import { z } from 'zod';

/** PostgreSQL's text holds every character but this one. */
const text = z.string().refine(value => !value.includes('\u0000'), 'must not contain the NUL character');

const passwordLength = { least: 8, most: 100 };
export const shortPassword = `Password must be at least ${passwordLength.least} characters`;
export const longPassword = `Password must be at most ${passwordLength.most} characters`;
const password = z.string().min(passwordLength.least, shortPassword).max(passwordLength.most, longPassword);

const email = z
  .email('value is not a valid email address')
  .max(254, 'Email address must be at most 254 characters')
  .meta({ example: 'ann@example.com' });
const fullName = text.max(200, 'Full name must be at most 200 characters');

const username = z
  .string()
  .min(3, 'Username must be at least 3 characters')
  .max(50, 'Username must be at most 50 characters')
  .regex(/^[A-Za-z0-9_-]*$/, 'Username may have letters, digits, _ and - alone');

export const registerRequest = z.strictObject({ username, email, password, full_name: fullName.nullish() });
/** Any password is taken, so that a wrong one is answered as wrong, whatever its length. */
export const loginRequest = z.strictObject({ username: text, password: z.string() });
export const refreshRequest = z.strictObject({ refresh_token: z.string().optional() });
export const profileRequest = z.strictObject({ email: email.nullish(), full_name: fullName.nullish() });
export const passwordRequest = z.strictObject({ current_password: z.string(), new_password: z.string() });

/** An ISO instant in UTC with its `Z`. */
const instant = z.string().meta({ format: 'date-time' });
const count = z.int().min(0);

const tokenUser = z.object({
  user_id: z.int(),
  username: z.string(),
  email: z.string(),
  full_name: z.string().nullable(),
  is_verified: z.boolean(),
});
export const userAnswer = tokenUser.extend({
  is_active: z.boolean(),
  created_at: instant,
  last_login_at: instant.nullable(),
});
export const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  /** Seconds. */
  expires_in: count,
  /** Absent in the answers of the reference server. */
  refresh_token: z.string().optional(),
  refresh_expires_in: count.optional(),
  user: tokenUser,
});
export type UserAnswer = z.infer<typeof userAnswer>;
export type TokenAnswer = z.infer<typeof tokenAnswer>;

export const messageAnswer = z.object({ message: z.string(), detail: z.string().optional() });
export const countedAnswer = z.object({ message: z.string(), count });

/** Any JSON in an object. */
const jsonObject = z.record(z.string(), z.unknown());
export const settingsRequest = z.strictObject({ settings: jsonObject });
export const settingsAnswer = z.object({ user_id: z.int(), settings: jsonObject, updated_at: instant });
/** The setting under which a client uploads its own notifications in clear, for other clients of this API. */
export const uploadSetting = 'sync.notifications';

const notificationTypes = ['signal_change', 'portfolio_alert', 'system', 'drift_detected', 'model_update'] as const;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type NotificationType = (typeof notificationTypes)[number];
export type Priority = (typeof priorities)[number];

const notificationAnswer = z.object({
  notification_id: z.int(),
  notification_type: z.enum(notificationTypes),
  title: z.string(),
  message: z.string(),
  data: jsonObject.nullable(),
  is_read: z.boolean(),
  priority: z.enum(priorities),
  created_at: instant,
  read_at: instant.nullable(),
});
export const notificationsAnswer = z.object({
  notifications: z.array(notificationAnswer),
  total_count: count,
  unread_count: count,
});

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const rowId = z.string().regex(uuid7, 'value is not a UUIDv7 in lower case').meta({ format: 'uuid' });
const givenInstant = z.iso.datetime({ error: 'value is not an ISO instant in UTC' });
export const uploadRequest = z.strictObject({
  notifications: z
    .array(
      z.strictObject({
        /** The client's own id of it: what is uploaded twice is kept once. */
        id: rowId,
        notification_type: z.enum(notificationTypes),
        title: text.max(200, 'Title must be at most 200 characters'),
        message: text.max(4000, 'Message must be at most 4000 characters'),
        data: jsonObject.nullish(),
        priority: z.enum(priorities).default('normal'),
        is_read: z.boolean().default(false),
        created_at: givenInstant,
        expires_at: givenInstant.nullish(),
      }),
    )
    .max(200),
});
export type UploadedNotification = z.infer<typeof uploadRequest>['notifications'][number];

/** The kinds of alert, in the order in which an account is given them. */
export const alertTypes = [
  'signal_strong_buy',
  'signal_strong_sell',
  'signal_change',
  'drift_detected',
  'portfolio_alert',
  'model_update',
] as const;
export type AlertType = (typeof alertTypes)[number];
export const alertType = z.enum(alertTypes);

const alertSettings = z.looseObject({
  frequency: z.enum(['immediate', 'daily', 'weekly']).optional(),
  min_confidence: z.number().min(0).max(1).optional(),
});
export type AlertSettings = z.infer<typeof alertSettings>;
export const defaultAlertSettings: AlertSettings = { frequency: 'immediate', min_confidence: 0.7 };

export const preferencesRequest = z
  .array(z.strictObject({ alert_type: alertType, enabled: z.boolean(), settings: alertSettings.optional() }))
  .max(50);
export const preferenceRequest = z.strictObject({
  enabled: z.boolean().optional(),
  settings: alertSettings.optional(),
});
export const preferenceAnswer = z.object({ alert_type: alertType, enabled: z.boolean(), settings: alertSettings });
export type PreferenceAnswer = z.infer<typeof preferenceAnswer>;
export const preferencesAnswer = z.object({ preferences: z.array(preferenceAnswer) });

/** As a client reads them: another server, or a newer one, may know kinds that this one does not. */
export const anyPreference = preferenceAnswer.extend({ alert_type: z.string(), settings: jsonObject });
export const anyPreferences = z.object({ preferences: z.array(anyPreference) });
export const anyNotifications = notificationsAnswer.extend({
  notifications: z.array(notificationAnswer.extend({ notification_type: z.string(), priority: z.string() })),
});

/** Rows that one push or pull carries at most. */
export const syncBatch = { push: 500, pull: 1000 };

/**
 * One version of one thing: the server stores it under its id and clock and reads no part of it. `blob` is sealed on
 * the device; a tombstone has none or one.
 */
export const syncRow = z.strictObject({
  id: rowId,
  kind: z.string().regex(/^[a-z][a-z0-9_.-]{0,39}$/, 'value is not a kind: up to 40 lower-case letters, digits, _ . -'),
  /** A hybrid logical clock, as text. */
  clock: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, 'value is not a clock: up to 64 letters, digits, . _ : -'),
  blob: z
    .base64('value is not base64')
    .max(131_072, 'A sealed blob must be at most 131072 characters of base64')
    .nullable(),
  deleted: z.boolean(),
});
export type SyncRow = z.infer<typeof syncRow>;
/** The kind of the row in which a device says that it takes part; a new one is told to the account's owner. */
export const deviceKind = 'device';

export const pushRequest = z.strictObject({ rows: z.array(syncRow).min(1).max(syncBatch.push) });
/** `replayed` were stored before, under the same id and clock. */
export const pushAnswer = z.object({ stored: count, replayed: count });
export const pullAnswer = z.object({
  rows: z.array(syncRow),
  /** Where the next pull goes on. */
  cursor: z.string(),
  more: z.boolean(),
});

/** One thing that is wrong with a request, and where. */
export const problem = z.object({
  loc: z.array(z.union([z.string(), z.int()])),
  msg: z.string(),
  type: z.string(),
  ctx: jsonObject.optional(),
});
export type Problem = z.infer<typeof problem>;
export const refusalAnswer = z.object({ detail: z.union([z.string(), z.array(problem)]) });
