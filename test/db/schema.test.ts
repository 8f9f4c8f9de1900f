import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import * as schema from '../../src/db/schema.ts';
import * as alerts from '../../src/db/schema-alerts.ts';
import * as plans from '../../src/db/schema-plans.ts';
import * as signals from '../../src/db/schema-signals.ts';
import * as sync from '../../src/db/schema-sync.ts';
import { migrationsDir, open } from './open-database.ts';

type Column = { name: string; type: string; notnull: number; pk: number };

const tables = [schema, plans, signals, alerts, sync]
  .flatMap(each => Object.values(each))
  .filter(part => part instanceof SQLiteTable);
const listTables = () =>
  open()
    .statement<{ name: string; strict: number; wr: number }>(
      "SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();

test('every table is STRICT, and prices have no row id', () => {
  const found = listTables();
  expect(found.length).toBe(tables.length);
  expect(found.filter(table => table.strict !== 1)).toEqual([]);
  expect(found.find(table => table.name === 'prices')?.wr).toBe(1);
});

/** Statistics: the only floats that are stored. */
const statistics = ['drift_readings.psi', 'drift_readings.usual', 'signal_ranks.score', 'signal_ranks.weight'].concat([
  'signals.score',
  'signals.expected_return',
]);

test('no column is REAL but statistics: money, prices and units are texts', () => {
  const db = open();
  const types = listTables().flatMap(table =>
    db
      .statement<Column>('SELECT name, type FROM pragma_table_info(?)')
      .all(table.name)
      .map(column => ({ at: `${table.name}.${column.name}`, type: column.type.toUpperCase() })),
  );
  expect(types.length).toBeGreaterThan(100);
  const others = types.filter(column => !['TEXT', 'INTEGER'].includes(column.type));
  expect(others.map(column => `${column.at} ${column.type}`).sort()).toEqual(
    statistics.map(column => `${column} REAL`).sort(),
  );
  const decimals = [
    'entries.units',
    'entries.amount',
    'prices.close',
    'quotes.price',
    'dividends.per_unit',
    'splits.new_units',
  ];
  expect(types.filter(column => decimals.includes(column.at)).map(column => column.type)).toEqual(
    decimals.map(() => 'TEXT'),
  );
});

test.each(tables.map(table => [getTableConfig(table).name, table] as const))(
  'the migrations make %s as the program knows it',
  (name, table) => {
    const db = open();
    const config = getTableConfig(table);
    const stored = db.statement<Column>('SELECT name, type, "notnull", pk FROM pragma_table_info(?)').all(name);
    const expected = config.columns.map(column => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      required: column.notNull || column.primary,
    }));
    const found = stored.map(column => ({
      name: column.name,
      type: column.type.toUpperCase(),
      required: column.notnull === 1 || column.pk > 0,
    }));
    expect(found).toEqual(expected);
    const indexes = db
      .statement<{ name: string }>("SELECT name FROM pragma_index_list(?) WHERE origin = 'c' ORDER BY name")
      .all(name)
      .map(index => index.name);
    const unique = config.columns.filter(column => column.isUnique).map(column => column.uniqueName);
    expect(indexes).toEqual([...config.indexes.map(index => index.config.name), ...unique].sort());
  },
);

test('the schema version is the number of migrations', () => {
  const journal = JSON.parse(readFileSync(join(migrationsDir, 'meta/_journal.json'), 'utf8'));
  expect(schema.schemaVersion).toBe(journal.entries.length);
});

test('a money column refuses what is not a plain decimal', () => {
  const db = open();
  const insert = (units: unknown) => () =>
    db.transaction(() => {
      db.statement("INSERT INTO portfolios VALUES ('p', 'P', 0, 'fifo', 1, 0, NULL)").run();
      db.statement(
        "INSERT INTO entries (id, version, portfolio_id, kind, on_date, units, recorded_at) VALUES ('e', 1, 'p', 'bonus', '2026-03-02', ?, 0)",
      ).run(units);
    });
  expect(insert('1e5')).toThrow(/entries_decimals/);
  expect(insert('1,000')).toThrow(/entries_decimals/);
  expect(insert(Buffer.from('1'))).toThrow(/BLOB/);
  expect(insert('-1000.5')).not.toThrow();
});

test('a signal that was logged is neither changed nor deleted', () => {
  const db = open();
  db.statement("INSERT INTO signal_runs VALUES ('r', '2026-09-30', 'held', 'v1', 0, 1, '{}')").run();
  db.statement(
    "INSERT INTO signals VALUES ('2026-09-30', 'A', 'v1', 'BHP', 'r', 'BUY', NULL, 0.6, 0.01, 1, '{}')",
  ).run();
  expect(() => db.statement("UPDATE signals SET signal = 'SELL'").run()).toThrow('only ever added');
  expect(() => db.statement('DELETE FROM signals').run()).toThrow('only ever added');
  expect(() =>
    db
      .statement("INSERT INTO signals VALUES ('2026-09-30', 'B', 'v1', 'BHP', 'r', NULL, NULL, NULL, NULL, NULL, '{}')")
      .run(),
  ).toThrow('signals_abstained');
});
