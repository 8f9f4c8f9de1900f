/** The tables of what is planned and what is reported: rebalancing, proposed income, tax. See `schema` for the rules of a change. */
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Price } from '../domain/decimal.ts';
import { code, date, instant, jsonObject } from './column-kinds.ts';
import { decimal } from './columns.ts';
import { owners, portfolios } from './schema.ts';

/** The weights a portfolio is to have, of a code or of a GICS sector, and how far each may drift before it is acted on. */
export const rebalanceTargets = sqliteTable(
  'rebalance_targets',
  {
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    kind: text('kind', { enum: ['code', 'sector'] }).notNull(),
    name: text('name').notNull(),
    weightPct: decimal('weight_pct').notNull(),
    bandPct: decimal('band_pct'),
  },
  t => [
    primaryKey({ columns: [t.portfolioId, t.kind, t.name] }),
    check('rebalance_targets_kind', sql`${t.kind} IN ('code', 'sector')`),
  ],
);

/** Trades that a rebalancing proposed; `details` holds the figures it showed with them. */
export const suggestions = sqliteTable(
  'suggestions',
  {
    id: text('id').primaryKey(),
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    mode: text('mode').notNull(),
    code: code('code').notNull(),
    action: text('action', { enum: ['BUY', 'SELL', 'TRIM', 'ADD', 'HOLD'] }).notNull(),
    units: decimal('units').notNull(),
    price: decimal<Price>('price'),
    position: integer('position').notNull(),
    details: jsonObject('details').notNull(),
    status: text('status', { enum: ['pending', 'executed', 'rejected'] }).notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    decidedAt: instant('decided_at'),
    entryId: text('entry_id'),
  },
  t => [
    index('suggestions_portfolio').on(t.portfolioId, t.createdAt),
    check('suggestions_action', sql`${t.action} IN ('BUY', 'SELL', 'TRIM', 'ADD', 'HOLD')`),
    check('suggestions_status', sql`${t.status} IN ('pending', 'executed', 'rejected')`),
  ],
);

/** What the user said of a dividend that the provider declared on what a portfolio held. */
export const incomeDecisions = sqliteTable(
  'income_decisions',
  {
    portfolioId: text('portfolio_id')
      .notNull()
      .references(() => portfolios.id),
    code: code('code').notNull(),
    exDate: date('ex_date').notNull(),
    ordinal: integer('ordinal').notNull(),
    decision: text('decision', { enum: ['confirmed', 'dismissed'] }).notNull(),
    entryId: text('entry_id'),
    decidedAt: instant('decided_at').notNull(),
  },
  t => [
    primaryKey({ columns: [t.portfolioId, t.code, t.exDate, t.ordinal] }),
    check('income_decisions_decision', sql`${t.decision} IN ('confirmed', 'dismissed')`),
  ],
);

/** The reports of an owner's year as they were lodged. */
export const taxLocks = sqliteTable(
  'tax_locks',
  {
    ownerId: text('owner_id')
      .notNull()
      .references(() => owners.id),
    financialYear: integer('financial_year').notNull(),
    report: jsonObject('report').notNull(),
    lockedAt: instant('locked_at').notNull(),
  },
  t => [primaryKey({ columns: [t.ownerId, t.financialYear] })],
);

/** What the ledger cannot know of an owner's year: losses brought in, other taxable income, the marginal rate. */
export const ownerTaxFacts = sqliteTable(
  'owner_tax_facts',
  {
    ownerId: text('owner_id')
      .notNull()
      .references(() => owners.id),
    financialYear: integer('financial_year').notNull(),
    fact: text('fact', { enum: ['losses-brought-in', 'other-income', 'marginal-rate-pct'] }).notNull(),
    value: decimal('value').notNull(),
  },
  t => [
    primaryKey({ columns: [t.ownerId, t.financialYear, t.fact] }),
    check('owner_tax_facts_fact', sql`${t.fact} IN ('losses-brought-in', 'other-income', 'marginal-rate-pct')`),
  ],
);

/** Index numbers of consumer prices that the user entered, by quarter (`2027Q3`): they extend the table of the program. */
export const cpiIndexes = sqliteTable('cpi_indexes', {
  quarter: text('quarter').primaryKey(),
  value: decimal('value').notNull(),
  enteredAt: instant('entered_at').notNull(),
});

/** Market values of 30 June 2027, by which parcels are deemed sold: stored once, never replaced by a later fetch. */
export const marketValues = sqliteTable(
  'market_values',
  {
    code: code('code').primaryKey(),
    price: decimal<Price>('price').notNull(),
    source: text('source', { enum: ['close', 'user'] }).notNull(),
    pricedOn: date('priced_on').notNull(),
    storedAt: instant('stored_at').notNull(),
  },
  t => [check('market_values_source', sql`${t.source} IN ('close', 'user')`)],
);
