/**
 * What syncs, table by table.
 *
 * What the user said syncs: owners, portfolios, imports, entries, what is watched, rules and preferences of alerts, what
 * was read, targets, decisions on dividends, tax facts, locks and numbers entered by hand. Market data, what is worked
 * out from it, caches and the state of this machine never leave it. A new table has to be put here, or into the list of
 * those that never sync in this file's test, with the reason.
 */

import { alertTypes } from '../domain/alerts/notification.ts';
import { taxpayers } from '../domain/ledger/portfolio.ts';
import type { Database } from './database.ts';
import { incomeDecisions, ownerTaxFacts } from './schema-plans.ts';
import { syncedAlerts, syncedDefaultAlerts } from './synced-alerts.ts';
import { areReadable, type Content, exists, type Fields, pick, type SyncedKind } from './synced-kind.ts';
import { syncedPortfolios, syncedTargets } from './synced-portfolios.ts';
import { syncedReads } from './synced-reads.ts';

type Table = {
  readonly kind: string;
  readonly table: string;
  readonly key: readonly string[];
  readonly fields: Fields;
  readonly hasOwnId?: boolean;
  /** The tables whose ids these columns hold. */
  readonly refersTo?: Readonly<Record<string, string>>;
  /** A column that tells the user's own rows from those of the program. */
  readonly own?: readonly [column: string, value: string];
  /** The column that says when a row was last changed. */
  readonly editedAt?: string;
};

type Value = string | number | null;

function tableKind(table: Table): SyncedKind {
  const { kind, table: name, key, fields, refersTo = {}, own, editedAt } = table;
  const columns = Object.keys(fields);
  const others = columns.filter(column => !key.includes(column));
  const all = own === undefined ? columns : [...columns, own[0]];
  const where = own === undefined ? '' : ` WHERE ${own[0]} = '${own[1]}'`;
  const updates = [...others, ...(own === undefined ? [] : [own[0]])].map(each => `${each} = excluded.${each}`);
  const select = `SELECT ${columns.join(', ')} FROM ${name}${where}`;
  const insert = `INSERT INTO ${name} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${updates.join(', ')}`;
  const isOne = [...key.map(each => `${each} = ?`), ...(own === undefined ? [] : [`${own[0]} = '${own[1]}'`])];
  const values = (content: Content, of: readonly string[]): Value[] => of.map(each => (content[each] ?? null) as Value);
  return {
    kind,
    tables: [name],
    hasOwnId: table.hasOwnId ?? false,
    keyOf: content => key.map(column => String(content[column])).join('\n'),
    read: (db: Database) =>
      db
        .statement<Record<string, Value>>(select)
        .all()
        .map(row => ({
          content: pick(fields, row),
          ...(editedAt === undefined ? {} : { editedAt: Number(row[editedAt]) }),
        })),
    picked: content => pick(fields, content),
    isReadable: content => areReadable(fields, content),
    isReady: (db, content) => Object.entries(refersTo).every(([column, of]) => exists(db, of, content[column])),
    write: (db, content) => {
      db.statement(insert).run(...values(content, columns), ...(own === undefined ? [] : [own[1]]));
      return true;
    },
    remove: (db, content) => {
      db.statement(`DELETE FROM ${name} WHERE ${isOne.join(' AND ')}`).run(...values(content, key));
    },
  };
}

/** In an order in which nothing refers to what comes after it; entries, which are versions, come after imports. */
export const syncedKinds: readonly SyncedKind[] = [
  tableKind({
    kind: 'owner',
    table: 'owners',
    key: ['id'],
    hasOwnId: true,
    fields: { id: 'text', name: 'text', taxpayer: taxpayers },
  }),
  syncedPortfolios,
  tableKind({
    kind: 'import',
    table: 'import_batches',
    key: ['id'],
    hasOwnId: true,
    fields: {
      id: 'text',
      portfolio_id: 'text',
      format: 'text',
      file_name: 'text',
      imported_at: 'integer',
      added: 'integer',
      duplicates: 'integer',
      rejected: 'integer',
      undone_at: 'integer?',
    },
    refersTo: { portfolio_id: 'portfolios' },
  }),
  tableKind({
    kind: 'watch',
    table: 'watchlist',
    key: ['code'],
    fields: { code: 'code', position: 'integer', note: 'text?', added_at: 'integer' },
  }),
  tableKind({
    kind: 'preference',
    table: 'alert_preferences',
    key: ['type'],
    fields: { type: alertTypes, enabled: 'flag', settings: 'json' },
  }),
  syncedAlerts,
  syncedDefaultAlerts,
  syncedReads,
  syncedTargets,
  tableKind({
    kind: 'income-decision',
    table: 'income_decisions',
    key: ['portfolio_id', 'code', 'ex_date', 'ordinal'],
    fields: {
      portfolio_id: 'text',
      code: 'code',
      ex_date: 'date',
      ordinal: 'integer',
      decision: incomeDecisions.decision.enumValues,
      entry_id: 'text?',
      decided_at: 'integer',
    },
    refersTo: { portfolio_id: 'portfolios' },
    editedAt: 'decided_at',
  }),
  tableKind({
    kind: 'tax-lock',
    table: 'tax_locks',
    key: ['owner_id', 'financial_year'],
    fields: { owner_id: 'text', financial_year: 'integer', report: 'json', locked_at: 'integer' },
    refersTo: { owner_id: 'owners' },
    editedAt: 'locked_at',
  }),
  tableKind({
    kind: 'tax-fact',
    table: 'owner_tax_facts',
    key: ['owner_id', 'financial_year', 'fact'],
    fields: { owner_id: 'text', financial_year: 'integer', fact: ownerTaxFacts.fact.enumValues, value: 'decimal' },
    refersTo: { owner_id: 'owners' },
  }),
  tableKind({
    kind: 'cpi',
    table: 'cpi_indexes',
    key: ['quarter'],
    fields: { quarter: 'text', value: 'decimal', entered_at: 'integer' },
    editedAt: 'entered_at',
  }),
  // The close that a refresh stored is market data; what the user entered over it is not.
  tableKind({
    kind: 'market-value',
    table: 'market_values',
    key: ['code'],
    fields: { code: 'code', price: 'decimal', priced_on: 'date', stored_at: 'integer' },
    own: ['source', 'user'],
    editedAt: 'stored_at',
  }),
];
