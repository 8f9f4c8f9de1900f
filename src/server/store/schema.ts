/**
 * The tables of the account server. Every table but the two that find an account (`user_accounts` by its name, and
 * `login_limits` by what is being tried) has `user_id` first in its primary key, and every query on it names one user:
 * a store of many machines can spread the rows by user.
 */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AlertSettings, AlertType, NotificationType, Priority } from '../../account/messages.ts';
import { document, instant } from './columns.ts';

const madeAndChanged = () => ({
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const userAccounts = pgTable(
  'user_accounts',
  {
    userId: bigint('user_id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    /** What the account is called where machines share it. */
    syncId: uuid('sync_id').notNull(),
    username: text('username').notNull(),
    email: text('email').notNull(),
    fullName: text('full_name'),
    passwordHash: text('password_hash').notNull(),
    isActive: boolean('is_active').notNull().default(true),
    isVerified: boolean('is_verified').notNull().default(false),
    /** Raised when all sessions end; a token of an older one is refused. */
    sessionVersion: integer('session_version').notNull().default(1),
    lastLoginAt: instant('last_login_at'),
    ...madeAndChanged(),
  },
  table => [
    uniqueIndex('user_accounts_username').on(sql`lower(${table.username})`),
    uniqueIndex('user_accounts_email').on(sql`lower(${table.email})`),
  ],
);

const userId = () =>
  bigint('user_id', { mode: 'number' })
    .notNull()
    .references(() => userAccounts.userId, { onDelete: 'cascade' });

/** What the server itself keeps of how an account is used: where its sync stands. */
export const userPreferences = pgTable('user_preferences', {
  userId: userId().primaryKey(),
  /** Names this account's sequence, so that a cursor of another one is known. */
  syncEpoch: uuid('sync_epoch').notNull(),
  /** The sequence of the row stored last. */
  syncSequence: bigint('sync_sequence', { mode: 'number' }).notNull().default(0),
  ...madeAndChanged(),
});

/** What clients keep of their user, as JSON. */
export const userSettings = pgTable('user_settings', {
  userId: userId().primaryKey(),
  settings: document('settings').$type<Record<string, unknown>>().notNull(),
  ...madeAndChanged(),
});

export const notifications = pgTable(
  'notifications',
  {
    userId: userId(),
    notificationId: bigint('notification_id', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    /** The id that the uploading client gave it, or one of the server's. */
    syncId: uuid('sync_id').notNull(),
    notificationType: text('notification_type').$type<NotificationType>().notNull(),
    title: text('title').notNull(),
    message: text('message').notNull(),
    data: document('data').$type<Record<string, unknown>>(),
    priority: text('priority').$type<Priority>().notNull(),
    isRead: boolean('is_read').notNull().default(false),
    readAt: instant('read_at'),
    expiresAt: instant('expires_at'),
    ...madeAndChanged(),
  },
  table => [
    primaryKey({ columns: [table.userId, table.notificationId] }),
    uniqueIndex('notifications_sync').on(table.userId, table.syncId),
    // Read backwards for the newest first.
    index('notifications_newest').on(table.userId, table.createdAt, table.notificationId),
    index('notifications_expiry').on(table.expiresAt).where(sql`not ${table.isRead}`),
  ],
);

export const alertPreferences = pgTable(
  'alert_preferences',
  {
    userId: userId(),
    alertType: text('alert_type').$type<AlertType>().notNull(),
    enabled: boolean('enabled').notNull(),
    /** Null while the user has set none: the defaults hold. */
    settings: document('settings').$type<AlertSettings>(),
    ...madeAndChanged(),
  },
  table => [primaryKey({ columns: [table.userId, table.alertType] })],
);

/** One sign-in: an access token that is renewed, and one refresh token at a time. */
export const sessions = pgTable(
  'sessions',
  {
    userId: userId(),
    sessionId: uuid('session_id').notNull(),
    /** The sign-in that this one comes from: they are revoked together. */
    familyId: uuid('family_id').notNull(),
    /** A digest of what names the device. */
    device: text('device').notNull(),
    /** The one refresh token that is good. */
    refreshId: uuid('refresh_id').notNull(),
    refreshExpiresAt: instant('refresh_expires_at').notNull(),
    endedAt: instant('ended_at'),
    ...madeAndChanged(),
  },
  table => [
    primaryKey({ columns: [table.userId, table.sessionId] }),
    index('sessions_device').on(table.userId, table.device),
    index('sessions_expiry').on(table.refreshExpiresAt),
  ],
);

/** Every version of everything that syncs, as it was sealed. */
export const syncRows = pgTable(
  'sync_rows',
  {
    userId: userId(),
    rowId: uuid('row_id').notNull(),
    clock: text('clock').notNull(),
    kind: text('kind').notNull(),
    blob: text('blob'),
    isDeleted: boolean('is_deleted').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    ...madeAndChanged(),
  },
  table => [
    primaryKey({ columns: [table.userId, table.rowId, table.clock] }),
    uniqueIndex('sync_rows_sequence').on(table.userId, table.sequence),
  ],
);

/** Tries that failed, by what was tried; they outlive a restart and hold for all instances. */
export const loginLimits = pgTable(
  'login_limits',
  {
    subject: text('subject').primaryKey(),
    tries: integer('tries').notNull(),
    /** When the first of them was. */
    startedAt: instant('started_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  table => [index('login_limits_expiry').on(table.expiresAt)],
);
