/**
 * The tables of the local database, as drizzle sees them; those of plans and tax are in `schema-plans`, those of
 * fundamentals and signals in `schema-signals`, those of alerts and deliveries in `schema-alerts`, those
 * of sync in `schema-sync`. The SQL in `migrations/` adds what drizzle cannot say: STRICT, WITHOUT ROWID, NOCASE and
 * triggers. A change here needs `npx drizzle-kit generate`, the same edits, and a higher `schemaVersion`; a new table
 * also a word in `synced-tables` on whether it is the user's own.
 */
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AlertType, NotificationType, Priority } from '../domain/alerts/notification.ts';
import type { Price } from '../domain/decimal.ts';
import type { EntryKind, ParcelMethod } from '../domain/ledger/entry.ts';
import { taxpayers } from '../domain/ledger/portfolio.ts';
import type { AssetKind } from '../domain/market/security.ts';
import { boolean, code, date, instant, json, jsonObject } from './column-kinds.ts';
import { decimal } from './columns.ts';

/** How many migrations this program knows; `PRAGMA user_version` of a database that is up to date. */
export const schemaVersion = 6;

export const owners = sqliteTable(
  'owners',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    taxpayer: text('taxpayer', { enum: taxpayers }).notNull(),
  },
  t => [
    uniqueIndex('owners_name').on(t.name),
    check('owners_taxpayer', sql`${t.taxpayer} IN ('individual', 'smsf', 'company', 'trust')`),
  ],
);

export const portfolios = sqliteTable(
  'portfolios',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    cashAccount: boolean('cash_account').notNull(),
    method: text('method').$type<ParcelMethod>().notNull(),
    position: integer('position').notNull(),
    createdAt: instant('created_at').notNull(),
    archivedAt: instant('archived_at'),
  },
  t => [uniqueIndex('portfolios_name').on(t.name), check('portfolios_cash_account', sql`${t.cashAccount} IN (0, 1)`)],
);

export const portfolioOwners = sqliteTable(
  'portfolio_owners',
  {
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    ownerId: text('owner_id')
      .notNull()
      .references(() => owners.id),
    pct: decimal('pct').notNull(),
    position: integer('position').notNull(),
  },
  t => [primaryKey({ columns: [t.portfolioId, t.ownerId] }), index('portfolio_owners_owner').on(t.ownerId)],
);

export const importBatches = sqliteTable(
  'import_batches',
  {
    id: text('id').primaryKey(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    format: text('format').notNull(),
    fileName: text('file_name').notNull(),
    importedAt: instant('imported_at').notNull(),
    added: integer('added').notNull(),
    duplicates: integer('duplicates').notNull(),
    rejected: integer('rejected').notNull(),
    undoneAt: instant('undone_at'),
  },
  t => [index('import_batches_portfolio').on(t.portfolioId)],
);

/** Versions of entries, only ever added to. The current one of an id is not superseded; a deletion is a version too. */
export const entries = sqliteTable(
  'entries',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    kind: text('kind').$type<EntryKind>().notNull(),
    code: code('code'),
    on: date('on_date').notNull(),
    sequence: integer('sequence'),
    units: text('units'),
    price: text('price'),
    brokerage: text('brokerage'),
    amount: text('amount'),
    details: text('details'),
    note: text('note'),
    batchId: text('batch_id').references(() => importBatches.id),
    sourceKey: text('source_key'),
    recordedAt: instant('recorded_at').notNull(),
    supersededAt: instant('superseded_at'),
    deleted: boolean('deleted').notNull().default(false),
  },
  t => [
    primaryKey({ columns: [t.id, t.version] }),
    uniqueIndex('entries_source_key')
      .on(t.portfolioId, t.sourceKey)
      .where(sql`superseded_at IS NULL AND deleted = 0 AND source_key IS NOT NULL`),
    uniqueIndex('entries_latest').on(t.id).where(sql`superseded_at IS NULL`),
    index('entries_current').on(t.portfolioId, t.on).where(sql`superseded_at IS NULL AND deleted = 0`),
    index('entries_batch').on(t.batchId).where(sql`batch_id IS NOT NULL`),
    check('entries_deleted', sql`${t.deleted} IN (0, 1)`),
    check(
      'entries_decimals',
      sql`coalesce(units, '') || coalesce(price, '') || coalesce(brokerage, '') || coalesce(amount, '') NOT GLOB '*[^-.0-9]*'`,
    ),
  ],
);

export const securities = sqliteTable(
  'securities',
  {
    code: code('code').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind').$type<AssetKind>().notNull(),
    isin: text('isin'),
    sector: text('sector'),
    currency: text('currency'),
    listed: boolean('listed').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  t => [
    index('securities_isin').on(t.isin).where(sql`isin IS NOT NULL`),
    check('securities_listed', sql`${t.listed} IN (0, 1)`),
  ],
);

export const securityAliases = sqliteTable(
  'security_aliases',
  {
    oldCode: code('old_code').notNull(),
    newCode: code('new_code').notNull(),
    changedOn: date('changed_on').notNull(),
  },
  t => [primaryKey({ columns: [t.oldCode, t.changedOn] })],
);

/** As sent by the provider. Lean: what all bars of a security share lies in `price_histories`. */
export const prices = sqliteTable(
  'prices',
  {
    code: code('code').notNull(),
    date: date('date').notNull(),
    open: text('open').notNull(),
    high: text('high').notNull(),
    low: text('low').notNull(),
    close: text('close').notNull(),
    adjustedClose: text('adjusted_close').notNull(),
    volume: text('volume').notNull(),
  },
  t => [primaryKey({ columns: [t.code, t.date] })],
);

export const priceHistories = sqliteTable('price_histories', {
  code: code('code').primaryKey(),
  firstDate: date('first_date').notNull(),
  lastDate: date('last_date').notNull(),
  fetchedAt: instant('fetched_at').notNull(),
  fullFetchedAt: instant('full_fetched_at'),
  source: text('source').notNull(),
});

export const quotes = sqliteTable('quotes', {
  code: code('code').primaryKey(),
  at: instant('at'),
  price: decimal<Price>('price'),
  open: decimal<Price>('open'),
  high: decimal<Price>('high'),
  low: decimal<Price>('low'),
  volume: decimal('volume'),
  previousClose: decimal<Price>('previous_close'),
  fetchedAt: instant('fetched_at').notNull(),
  source: text('source').notNull(),
});

/** `ordinal` tells two dividends of one ex-date apart: an ordinary and a special one, perhaps of the same amount. */
export const dividends = sqliteTable(
  'dividends',
  {
    code: code('code').notNull(),
    exDate: date('ex_date').notNull(),
    ordinal: integer('ordinal').notNull(),
    paidOn: date('paid_on'),
    recordDate: date('record_date'),
    declaredOn: date('declared_on'),
    perUnit: decimal<Price>('per_unit').notNull(),
    adjustedPerUnit: decimal<Price>('adjusted_per_unit'),
    currency: text('currency').notNull(),
    frankedPct: decimal('franked_pct'),
    fetchedAt: instant('fetched_at').notNull(),
  },
  t => [primaryKey({ columns: [t.code, t.exDate, t.ordinal] })],
);

export const splits = sqliteTable(
  'splits',
  {
    code: code('code').notNull(),
    date: date('date').notNull(),
    newUnits: decimal('new_units').notNull(),
    oldUnits: decimal('old_units').notNull(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  t => [primaryKey({ columns: [t.code, t.date] })],
);

/** A close that moved too far to be believed until it is confirmed or released. */
export const suspectPrices = sqliteTable(
  'suspect_prices',
  {
    code: code('code').notNull(),
    date: date('date').notNull(),
    close: decimal<Price>('close').notNull(),
    reason: text('reason').notNull(),
    releasedAt: instant('released_at'),
  },
  t => [primaryKey({ columns: [t.code, t.date] })],
);

export const watchlist = sqliteTable('watchlist', {
  code: code('code').primaryKey(),
  position: integer('position').notNull(),
  note: text('note'),
  addedAt: instant('added_at').notNull(),
});

export const settings = sqliteTable('settings', { key: text('key').primaryKey(), value: json('value').notNull() });

export const jobRuns = sqliteTable(
  'job_runs',
  {
    id: integer('id').primaryKey(),
    job: text('job').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    outcome: text('outcome', { enum: ['done', 'partly', 'failed'] }),
    calls: integer('calls').notNull().default(0),
    message: text('message'),
  },
  t => [
    index('job_runs_job').on(t.job, t.startedAt),
    check('job_runs_outcome', sql`${t.outcome} IN ('done', 'partly', 'failed')`),
  ],
);

/** What each request to EODHD cost; `day` is the UTC day whose quota it was taken from. */
export const eodhdCalls = sqliteTable(
  'eodhd_calls',
  {
    id: integer('id').primaryKey(),
    day: date('day').notNull(),
    at: instant('at').notNull(),
    endpoint: text('endpoint').notNull(),
    cost: integer('cost').notNull(),
    status: integer('status'),
  },
  t => [index('eodhd_calls_day').on(t.day, t.cost)],
);

/** `event_key` names the event that was told of, so that it is told once. */
export const notifications = sqliteTable(
  'notifications',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    type: text('type').$type<NotificationType>().notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    title: text('title').notNull(),
    message: text('message').notNull(),
    data: jsonObject('data').notNull(),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
    expiresAt: instant('expires_at'),
    eventKey: text('event_key').unique('notifications_event_key'),
  },
  t => [
    index('notifications_unread').on(t.createdAt).where(sql`read_at IS NULL`),
    // Whatever is filtered by lies in the index, so that counting and paging read no notification that is not shown.
    index('notifications_newest').on(t.createdAt, t.id, t.type, t.priority, t.readAt, t.expiresAt),
    index('notifications_expiry').on(t.expiresAt, t.readAt).where(sql`expires_at IS NOT NULL`),
  ],
);

export const alertPreferences = sqliteTable(
  'alert_preferences',
  {
    type: text('type').$type<AlertType>().primaryKey(),
    enabled: boolean('enabled').notNull(),
    settings: jsonObject('settings').notNull(),
  },
  t => [check('alert_preferences_enabled', sql`${t.enabled} IN (0, 1)`)],
);
