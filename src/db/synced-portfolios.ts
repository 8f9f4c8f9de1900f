/** Portfolios with their owners, and their target weights, each as one row: percentages are whole only together. */
import { parcelMethods } from '../domain/ledger/entry.ts';
import type { Database } from './database.ts';
import { areReadable, type Content, exists, type Fields, pick, type SyncedKind } from './synced-kind.ts';

const fields: Fields = {
  id: 'text',
  name: 'text',
  cash_account: 'flag',
  method: parcelMethods,
  position: 'integer',
  created_at: 'integer',
  archived_at: 'integer?',
};
const columns = Object.keys(fields);
const setters = columns.filter(column => column !== 'id').map(column => `${column} = excluded.${column}`);

const isDecimal = (value: unknown): value is string => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);

type Share = readonly [owner: string, pct: string];
const isShare = (value: unknown): value is Share =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isDecimal(value[1]);
const sharesOf = ({ owners }: Content): readonly unknown[] => (Array.isArray(owners) ? owners : []);

export const syncedPortfolios: SyncedKind = {
  kind: 'portfolio',
  tables: ['portfolios', 'portfolio_owners'],
  hasOwnId: true,
  keyOf: content => String(content['id']),
  read: (db: Database) => {
    const shares = db.statement<{ owner_id: string; pct: string }>(
      'SELECT owner_id, pct FROM portfolio_owners WHERE portfolio_id = ? ORDER BY position',
    );
    return db
      .statement<Record<string, string | number | null>>(`SELECT ${columns.join(', ')} FROM portfolios`)
      .all()
      .map(row => ({
        content: { ...pick(fields, row), owners: shares.all(row['id']).map(({ owner_id, pct }) => [owner_id, pct]) },
      }));
  },
  picked: content => ({ ...pick(fields, content), owners: sharesOf(content) }),
  isReadable: content =>
    areReadable(fields, content) && sharesOf(content).length > 0 && sharesOf(content).every(isShare),
  isReady: (db, content) => sharesOf(content).every(share => isShare(share) && exists(db, 'owners', share[0])),
  write: (db, content) => {
    const id = content['id'];
    db.statement(
      `INSERT INTO portfolios (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${setters.join(', ')}`,
    ).run(...columns.map(column => content[column] ?? null));
    db.statement('DELETE FROM portfolio_owners WHERE portfolio_id = ?').run(id);
    const insert = db.statement(
      'INSERT INTO portfolio_owners (portfolio_id, owner_id, pct, position) VALUES (?, ?, ?, ?)',
    );
    for (const [position, share] of sharesOf(content).entries()) {
      if (isShare(share)) insert.run(id, ...share, position);
    }
    return true;
  },
  // Nothing deletes a portfolio; entries refer to it.
  remove: () => undefined,
};

type Target = readonly [kind: string, name: string, weight: string, band: string | null];
const isTarget = (value: unknown): value is Target => {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [kind, name, weight, band] = value;
  return (kind === 'code' || kind === 'sector') && typeof name === 'string' && isDecimal(weight) && isBand(band);
};
const isBand = (value: unknown): boolean => value === null || isDecimal(value);
const targetsIn = ({ targets }: Content): readonly unknown[] => (Array.isArray(targets) ? targets : []);

export const syncedTargets: SyncedKind = {
  kind: 'targets',
  tables: ['rebalance_targets'],
  hasOwnId: false,
  keyOf: content => String(content['portfolio']),
  read: (db: Database) => {
    const rows = db
      .statement<{ portfolio: string; kind: string; name: string; weight: string; band: string | null }>(
        `SELECT portfolio_id AS portfolio, kind, name, weight_pct AS weight, band_pct AS band FROM rebalance_targets
         ORDER BY portfolio_id, kind, name`,
      )
      .all();
    return [...Map.groupBy(rows, row => row.portfolio)].map(([portfolio, own]) => ({
      content: { portfolio, targets: own.map(({ kind, name, weight, band }) => [kind, name, weight, band]) },
    }));
  },
  picked: content => ({ portfolio: content['portfolio'] ?? null, targets: targetsIn(content) }),
  isReadable: content => typeof content['portfolio'] === 'string' && targetsIn(content).every(isTarget),
  isReady: (db, content) => exists(db, 'portfolios', content['portfolio']),
  write: (db, content) => {
    syncedTargets.remove(db, content);
    const insert = db.statement(
      'INSERT INTO rebalance_targets (portfolio_id, kind, name, weight_pct, band_pct) VALUES (?, ?, ?, ?, ?)',
    );
    for (const target of targetsIn(content)) if (isTarget(target)) insert.run(content['portfolio'], ...target);
    return true;
  },
  remove: (db, content) => {
    db.statement('DELETE FROM rebalance_targets WHERE portfolio_id = ?').run(content['portfolio']);
  },
};
