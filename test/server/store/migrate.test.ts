import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { expect, onTestFinished, test } from 'vitest';
import { Failure } from '../../../src/failure.ts';
import { migrate } from '../../../src/server/store/migrate.ts';
import { openPostgresql } from '../../../src/server/store/postgresql.ts';
import * as schema from '../../../src/server/store/schema.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { accountMigrations, openTestServer, register } from '../../support/account-server.ts';
import { describeOnPostgresql } from '../../support/describe-on-postgresql.ts';
import { query } from '../../support/postgresql.ts';

const openTables = Object.values(schema).map(table => getTableConfig(table));

test('every table of a user has the user first in its primary key, and every table says when a row was changed', () => {
  expect(openTables.map(({ name }) => name).sort()).toEqual([
    'alert_preferences',
    'login_limits',
    'notifications',
    'sessions',
    'sync_rows',
    'user_accounts',
    'user_preferences',
    'user_settings',
  ]);
  for (const { name, columns, primaryKeys } of openTables) {
    expect(columns.map(column => column.name)).toContain('updated_at');
    const key = primaryKeys[0]?.columns[0]?.name ?? columns.find(column => column.primary)?.name;
    expect([name, key]).toEqual([name, name === 'login_limits' ? 'subject' : 'user_id']);
  }
});

describeOnPostgresql('on PostgreSQL', postgresql => {
  const open = async (address: string): Promise<Store> => {
    const store = await openPostgresql(address, () => undefined);
    onTestFinished(() => store.close());
    return store;
  };

  test('of many instances that start at once on a new database, one migrates and all serve', async () => {
    const address = await postgresql().newDatabase();
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(address)));
    const applied = await Promise.all(stores.map(store => migrate(store, accountMigrations)));
    expect(applied.sort()).toEqual([0, 0, 0, 0, 0, 1]);
    const servers = await Promise.all(stores.map(store => openTestServer(store)));
    const tokens = await Promise.all(servers.map((server, index) => register(server, `user${index}`)));
    // What one instance has signed, another takes; what one ends is over for all.
    const token: string = tokens[0].access_token;
    for (const server of servers) expect((await server.send('GET', '/users/me', { token })).status).toBe(200);
    await servers[3]?.send('POST', '/auth/logout', { token });
    for (const server of servers) expect((await server.send('GET', '/users/me', { token })).status).toBe(401);
  });

  test('a database of a newer version is refused, and left as it is', async () => {
    const address = await postgresql().newDatabase();
    const store = await open(address);
    await migrate(store, accountMigrations);
    await query(address, "insert into account_migrations values ('0099_later', now())");
    await expect(migrate(store, accountMigrations)).rejects.toMatchObject({
      code: 'newer-database',
      message: expect.stringContaining('0099_later'),
    });
  });

  test('a migration that fails leaves nothing of itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'asxos-migrations-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(accountMigrations, folder, { recursive: true });
    const journal = join(folder, 'meta/_journal.json');
    const listed = JSON.parse(readFileSync(journal, 'utf8'));
    listed.entries.push({ ...listed.entries[0], idx: 9, tag: '0009_broken' });
    writeFileSync(journal, JSON.stringify(listed));
    writeFileSync(join(folder, '0009_broken.sql'), 'create table half (a int); create table half (a int);');
    const address = await postgresql().newDatabase();
    await expect(migrate(await open(address), folder)).rejects.toThrow(/half/);
    const tables = await query(address, "select tablename from pg_tables where schemaname = 'public'");
    expect(tables).toEqual([]);
  });

  test('a database that cannot be reached is said without its password', async () => {
    const failed = await openPostgresql('postgres://me:hunter2@127.0.0.1:1/accounts', () => undefined).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(Failure);
    expect(failed).toMatchObject({ code: 'unavailable', message: expect.stringContaining('127.0.0.1:1/accounts') });
    expect(String((failed as Failure).message)).not.toContain('hunter2');
  });
});
