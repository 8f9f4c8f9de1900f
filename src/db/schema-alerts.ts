/** The tables of alert rules, of what they did, and of how notifications leave the console. */
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Priority } from '../domain/alerts/notification.ts';
import { boolean, code, date, instant } from './column-kinds.ts';
import { notifications } from './schema.ts';

/** One rule of the user's, or one that the program makes at first use. */
export const alerts = sqliteTable(
  'alerts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The rule as `formatRule` writes it, so that one rule is there once. */
    rule: text('rule').notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    origin: text('origin', { enum: ['user', 'default'] }).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  t => [uniqueIndex('alerts_rule').on(t.rule), check('alerts_origin', sql`${t.origin} IN ('user', 'default')`)],
);

/** Where a rule stands for one security; no row is a rule that was never looked at for it. */
export const alertStates = sqliteTable(
  'alert_states',
  {
    alertId: integer('alert_id')
      .notNull()
      .references(() => alerts.id, { onDelete: 'cascade' }),
    code: code('code').notNull(),
    armed: boolean('armed').notNull(),
    /** What it was last compared with: a price, a percentage, a class. */
    value: text('value'),
    firedAt: instant('fired_at'),
    /** The event it last fired for, where the rule is about events. */
    eventKey: text('event_key'),
  },
  t => [primaryKey({ columns: [t.alertId, t.code] }), check('alert_states_armed', sql`${t.armed} IN (0, 1)`)],
);

/** The history of alerts, which stays when the rule or the notification is deleted. */
export const alertFirings = sqliteTable(
  'alert_firings',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    alertId: integer('alert_id').notNull(),
    rule: text('rule').notNull(),
    code: code('code').notNull(),
    at: instant('at').notNull(),
    value: text('value'),
    message: text('message').notNull(),
    notificationId: integer('notification_id'),
  },
  t => [index('alert_firings_at').on(t.at), index('alert_firings_alert').on(t.alertId, t.at)],
);

/** A notification on its way out through one channel; `outcome` is null while it waits. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    notificationId: integer('notification_id')
      .notNull()
      .references(() => notifications.id, { onDelete: 'cascade' }),
    channel: text('channel', { enum: ['desktop', 'command', 'webhook'] }).notNull(),
    /** Not before: now, the time of the digest, or of the next attempt. */
    dueAt: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    endedAt: instant('ended_at'),
    outcome: text('outcome', { enum: ['sent', 'failed', 'dropped'] }),
    error: text('error'),
  },
  t => [
    index('deliveries_waiting').on(t.dueAt).where(sql`outcome IS NULL`),
    index('deliveries_notification').on(t.notificationId),
    check('deliveries_channel', sql`${t.channel} IN ('desktop', 'command', 'webhook')`),
    check('deliveries_outcome', sql`${t.outcome} IN ('sent', 'failed', 'dropped')`),
  ],
);

/** What the checks after a refresh found wrong with stored data; a finding that is gone is deleted. */
export const dataFindings = sqliteTable(
  'data_findings',
  {
    code: code('code').notNull(),
    kind: text('kind').notNull(),
    date: date('date').notNull(),
    detail: text('detail').notNull(),
    foundAt: instant('found_at').notNull(),
  },
  t => [primaryKey({ columns: [t.code, t.kind, t.date] })],
);
