import { describe, expect, test } from 'vitest';
import { listAlerts } from '../../src/db/alerts.ts';
import type { Database } from '../../src/db/database.ts';
import { makeDefaultAlerts, readRemovedDefaults } from '../../src/db/default-alerts.ts';
import { countUnread } from '../../src/db/notifications.ts';
import { editTimes } from '../../src/db/sync-rows.ts';
import type { Content, SyncedKind } from '../../src/db/synced-kind.ts';
import { syncedKinds } from '../../src/db/synced-tables.ts';
import { now, open, openWithPortfolios } from './open-database.ts';

const marketData = 'market data';
const calculated = 'worked out here, from market data';
const machine = 'the state of this machine';

/** Why a table never syncs. */
const neverSynced: Readonly<Record<string, string>> = {
  securities: marketData,
  security_aliases: marketData,
  prices: marketData,
  price_histories: marketData,
  quotes: marketData,
  dividends: marketData,
  splits: marketData,
  suspect_prices: marketData,
  company_facts: marketData,
  statements: marketData,
  index_members: marketData,
  fundamentals_fetches: machine,
  signals: calculated,
  signal_runs: calculated,
  signal_features: calculated,
  signal_ranks: calculated,
  drift_readings: calculated,
  models: calculated,
  suggestions: calculated,
  data_findings: calculated,
  alert_states: calculated,
  alert_firings: calculated,
  deliveries: machine,
  job_runs: machine,
  eodhd_calls: machine,
  // The quota, what was asked when, trading days, and the portfolio in use: commands on one device must not go into
  // another portfolio because someone turned to it on the next.
  settings: machine,
  sync_state: machine,
  sync_rows: machine,
  sync_refused: machine,
  row_edits: machine,
};

const kindOf = (name: string): SyncedKind => {
  const found = syncedKinds.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`There is no kind ${name}`);
  return found;
};
const contents = (db: Database, kind: string): Content[] =>
  kindOf(kind)
    .read(db)
    .map(({ content }) => content);
const run = (db: Database, ...statements: string[]): void =>
  db.transaction(() => {
    for (const sql of statements) db.statement(sql).run();
  });

test('every table either syncs or says why it never does', () => {
  const tables = open()
    .statement<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => name);
  const synced = new Set(['entries', ...syncedKinds.flatMap(kind => kind.tables)]);
  expect([...synced].filter(table => table in neverSynced)).toEqual([]);
  expect([...synced, ...Object.keys(neverSynced)].sort()).toEqual(tables.sort());
});

/** One row of each kind, written by SQL as the console would. */
const rows = [
  "INSERT INTO import_batches VALUES ('b1', 'p1', 'commsec', 'a.csv', 1, 2, 3, 4, NULL)",
  "INSERT INTO watchlist VALUES ('BHP', 1, 'why', 5)",
  "INSERT INTO alert_preferences VALUES ('portfolio_alert', 1, '{\"loss_pct\":12}')",
  "INSERT INTO alerts VALUES (7, 'BHP above 50', 'high', 'user', 6)",
  "INSERT INTO settings VALUES ('alerts.removedDefaults', '[\"gain\"]')",
  "INSERT INTO notifications VALUES (3, 'portfolio_alert', 'low', 't', 'm', '{}', 1, 2, NULL, 'alert|7|BHP above 50|BHP|x')",
  "INSERT INTO rebalance_targets VALUES ('p1', 'code', 'BHP', '12.5', NULL)",
  "INSERT INTO income_decisions VALUES ('p1', 'BHP', '2026-03-05', 0, 'dismissed', NULL, 9)",
  "INSERT INTO tax_locks VALUES ('owner of p1', 2025, '{}', 10)",
  "INSERT INTO owner_tax_facts VALUES ('owner of p1', 2026, 'other-income', '90000')",
  "INSERT INTO cpi_indexes VALUES ('2027Q3', '103.4', 11)",
  "INSERT INTO market_values VALUES ('BHP', '45.2', 'user', '2027-06-30', 12)",
];

describe('what one console has is written in another as it was', () => {
  const source = openWithPortfolios;
  test.each(syncedKinds.map(kind => [kind.kind, kind] as const))('%s', (_name, kind) => {
    const from = source();
    run(from, ...rows);
    const found = kind.read(from);
    expect(found.length).toBeGreaterThan(0);
    const to = kind.kind === 'owner' || kind.kind === 'portfolio' ? open() : openWithPortfolios();
    to.transaction(() => {
      if (kind.kind === 'portfolio')
        for (const { content } of kindOf('owner').read(from)) kindOf('owner').write(to, content);
      // The event has to have been told there.
      if (kind.kind === 'read') {
        to.statement(
          "INSERT INTO notifications VALUES (9, 'portfolio_alert', 'low', 't', 'm', '{}', 1, NULL, NULL, 'alert|2|BHP above 50|BHP|x')",
        ).run();
      }
      for (const { content } of found) {
        const received: Content = JSON.parse(JSON.stringify({ ...content, ofANewerAsxos: 1 }));
        expect([kind.isReadable(received), kind.isReady(to, received)]).toEqual([true, true]);
        expect(kind.write(to, kind.picked(received))).toBe(true);
        // Twice is as once.
        kind.write(to, kind.picked(received));
      }
    });
    expect(JSON.stringify(kind.read(to))).toBe(JSON.stringify(found));
    if (kind.kind === 'owner' || kind.kind === 'portfolio') return;
    to.transaction(() => {
      for (const { content } of found) kind.remove(to, content);
    });
    expect(kind.read(to)).toEqual([]);
  });
});

test.each([
  ['portfolio', { owners: [] }],
  ['portfolio', { method: 'of-a-newer-asxos' }],
  ['owner', { taxpayer: 'cooperative' }],
  ['watch', { code: 'bhp' }],
  ['alert', { rule: 'BHP reverses 3 times' }],
  ['preference', { settings: '[]' }],
  ['targets', { targets: [['code', 'BHP', 'much', null]] }],
  ['tax-fact', { value: '1e5' }],
  ['market-value', { price: null }],
])('%s: %j is not read', (name, change) => {
  const db = openWithPortfolios();
  run(db, ...rows);
  const [content] = contents(db, name);
  expect(kindOf(name).isReadable({ ...content, ...change })).toBe(false);
});

test('the close that a refresh stored stays here; the value of the user comes over it', () => {
  const db = openWithPortfolios();
  run(db, "INSERT INTO market_values VALUES ('BHP', '45', 'close', '2027-06-30', 12)");
  expect(contents(db, 'market-value')).toEqual([]);
  const content = { code: 'BHP', price: '46', priced_on: '2027-06-30', stored_at: 13 };
  db.transaction(() => kindOf('market-value').write(db, content));
  expect(contents(db, 'market-value')).toEqual([content]);
});

test('a default rule that was removed elsewhere is not made here, and not told as removed where it stands', () => {
  const db = openWithPortfolios();
  db.transaction(() => makeDefaultAlerts(db, now));
  expect(contents(db, 'default-alert')).toEqual([]);
  db.transaction(() => kindOf('default-alert').write(db, { side: 'gain', removed: 1, priority: 'normal' }));
  expect([listAlerts(db).length, readRemovedDefaults(db)]).toEqual([1, ['gain']]);
  db.transaction(() => kindOf('default-alert').write(db, { side: 'loss', removed: 0, priority: 'urgent' }));
  expect(listAlerts(db).map(({ priority }) => priority)).toEqual(['urgent']);
});

test('a rule of the user whose text a default has waits, and takes no second place', () => {
  const db = openWithPortfolios();
  db.transaction(() => makeDefaultAlerts(db, now));
  const [rule] = listAlerts(db);
  const content = { rule: rule?.text ?? '', priority: 'low', created_at: 1 };
  db.transaction(() => expect(kindOf('alert').write(db, content)).toBe(false));
  expect(listAlerts(db).length).toBe(2);
});

test('what was read elsewhere is read here, once it is told; a deleted one is not marked unread elsewhere', () => {
  const db = openWithPortfolios();
  const read = { event: 'signal|BHP', read_at: 5 };
  db.transaction(() => expect(kindOf('read').write(db, read)).toBe(false));
  run(db, "INSERT INTO notifications VALUES (1, 'system', 'low', 't', 'm', '{}', 1, NULL, NULL, 'signal|BHP')");
  db.transaction(() => expect(kindOf('read').write(db, read)).toBe(true));
  expect(countUnread(db)).toBe(0);
  expect(kindOf('read').isDeletion?.(db, read)).toBe(false);
  run(db, 'UPDATE notifications SET read_at = NULL');
  expect(kindOf('read').isDeletion?.(db, read)).toBe(true);
  run(db, 'DELETE FROM notifications');
  expect(kindOf('read').isDeletion?.(db, read)).toBe(false);
});

test('when a row was changed is known by its key, and of one that is gone', () => {
  const db = openWithPortfolios();
  db.transaction(() => makeDefaultAlerts(db, now));
  run(db, ...rows.filter(row => !row.includes('settings')));
  // Reading says itself when it was done.
  for (const kind of syncedKinds.filter(each => each.kind !== 'read')) {
    const edits = editTimes(db, kind.tables);
    for (const { content } of kind.read(db))
      expect([kind.kind, edits.get(kind.keyOf(content))]).toEqual([kind.kind, now]);
  }
  run(db, 'DELETE FROM row_edits', 'DELETE FROM watchlist', 'DELETE FROM alerts');
  expect(editTimes(db, ['watchlist'])).toEqual(new Map([['BHP', now]]));
  expect([...editTimes(db, ['alerts']).keys()].sort()).toEqual(['BHP above 50', 'gain', 'loss']);
});
