/**
 * The tables of fundamentals and signals. Rows of what was known on a day are only ever added: a statement that the
 * provider restated is a later row, and triggers in the migration refuse to change a signal. See `schema` for the
 * rules of a change. Statistics are REAL, amounts of statements are decimals as text.
 */
import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { boolean, code, date, instant, jsonObject } from './column-kinds.ts';

/** What the provider says of a company or fund beside its statements: sector, shares, year end. A row each time it changed. */
export const companyFacts = sqliteTable(
  'company_facts',
  {
    code: code('code').notNull(),
    seenAt: instant('seen_at').notNull(),
    shape: text('shape', { enum: ['company', 'fund', 'empty'] }).notNull(),
    facts: jsonObject('facts').notNull(),
  },
  t => [
    primaryKey({ columns: [t.code, t.seenAt] }),
    check('company_facts_shape', sql`${t.shape} IN ('company', 'fund', 'empty')`),
  ],
);

/** When the fundamentals of a code were last asked for, whether anything had changed or not. */
export const fundamentalsFetches = sqliteTable('fundamentals_fetches', {
  code: code('code').primaryKey(),
  fetchedAt: instant('fetched_at').notNull(),
});

/** Statements as sent: `figures` holds the fields that had a value, as decimal text by EODHD's field name. */
export const statements = sqliteTable(
  'statements',
  {
    code: code('code').notNull(),
    statement: text('statement', { enum: ['income', 'balance', 'cash-flow'] }).notNull(),
    period: text('period', { enum: ['year', 'quarter'] }).notNull(),
    endsOn: date('ends_on').notNull(),
    seenAt: instant('seen_at').notNull(),
    filedOn: date('filed_on'),
    currency: text('currency'),
    figures: jsonObject('figures').notNull(),
  },
  t => [
    primaryKey({ columns: [t.code, t.statement, t.period, t.endsOn, t.seenAt] }),
    check('statements_statement', sql`${t.statement} IN ('income', 'balance', 'cash-flow')`),
    check('statements_period', sql`${t.period} IN ('year', 'quarter')`),
  ],
);

/** The members of an index from when to when they were seen in it. */
export const indexMembers = sqliteTable(
  'index_members',
  {
    indexCode: code('index_code').notNull(),
    code: code('code').notNull(),
    seenAt: instant('seen_at').notNull(),
    leftAt: instant('left_at'),
  },
  t => [primaryKey({ columns: [t.indexCode, t.code, t.seenAt] })],
);

/** A learner as it was trained: `details` has its settings, its scores and the days it learned from, `trees` what it learned. */
export const models = sqliteTable('models', {
  version: text('version').primaryKey(),
  trainedThrough: date('trained_through').notNull(),
  createdAt: instant('created_at').notNull(),
  details: jsonObject('details').notNull(),
  trees: text('trees').notNull(),
});

export const signalRuns = sqliteTable(
  'signal_runs',
  {
    id: text('id').primaryKey(),
    asOf: date('as_of').notNull(),
    universe: text('universe').notNull(),
    version: text('version').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at').notNull(),
    details: jsonObject('details').notNull(),
  },
  t => [index('signal_runs_as_of').on(t.asOf)],
);

/**
 * The log of what was said: `score` is the probability of model A and the score of model B and of the ensemble.
 * A model that abstains has no signal, and the reason.
 */
export const signals = sqliteTable(
  'signals',
  {
    asOf: date('as_of').notNull(),
    model: text('model', { enum: ['A', 'B', 'ensemble'] }).notNull(),
    version: text('version').notNull(),
    code: code('code').notNull(),
    runId: text('run_id')
      .notNull()
      .references(() => signalRuns.id),
    signal: text('signal', { enum: ['STRONG_BUY', 'BUY', 'HOLD', 'SELL', 'STRONG_SELL'] }),
    abstained: text('abstained'),
    score: real('score'),
    expectedReturn: real('expected_return'),
    rank: integer('rank'),
    details: jsonObject('details').notNull(),
  },
  t => [
    primaryKey({ columns: [t.asOf, t.model, t.version, t.code] }),
    index('signals_code').on(t.code, t.model, t.asOf),
    check('signals_model', sql`${t.model} IN ('A', 'B', 'ensemble')`),
    check('signals_signal', sql`${t.signal} IN ('STRONG_BUY', 'BUY', 'HOLD', 'SELL', 'STRONG_SELL')`),
    check('signals_abstained', sql`(${t.signal} IS NULL) = (${t.abstained} IS NOT NULL)`),
  ],
);

/** The inputs of model A of a day, by name; unknown ones are not in it. */
export const signalFeatures = sqliteTable(
  'signal_features',
  {
    asOf: date('as_of').notNull(),
    version: text('version').notNull(),
    code: code('code').notNull(),
    features: jsonObject('features').notNull(),
  },
  t => [primaryKey({ columns: [t.asOf, t.version, t.code] })],
);

/** The ranked list of a day: who passed the gates, in order, with the target weight. */
export const signalRanks = sqliteTable(
  'signal_ranks',
  {
    asOf: date('as_of').notNull(),
    version: text('version').notNull(),
    rank: integer('rank').notNull(),
    code: code('code').notNull(),
    score: real('score').notNull(),
    weight: real('weight').notNull(),
    details: jsonObject('details').notNull(),
  },
  t => [primaryKey({ columns: [t.asOf, t.version, t.rank] })],
);

/** How far each input of a model has moved from what it learned on, per run. */
export const driftReadings = sqliteTable(
  'drift_readings',
  {
    runId: text('run_id')
      .notNull()
      .references(() => signalRuns.id),
    model: text('model', { enum: ['A', 'B'] }).notNull(),
    input: text('input').notNull(),
    psi: real('psi'),
    usual: real('usual'),
    drifting: boolean('drifting').notNull(),
    securities: integer('securities').notNull(),
    details: jsonObject('details').notNull(),
  },
  t => [
    primaryKey({ columns: [t.runId, t.model, t.input] }),
    check('drift_readings_model', sql`${t.model} IN ('A', 'B')`),
    check('drift_readings_drifting', sql`${t.drifting} IN (0, 1)`),
  ],
);
