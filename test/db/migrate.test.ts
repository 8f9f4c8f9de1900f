import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { schemaVersion } from '../../src/db/schema.ts';
import { readSetting, writeSetting } from '../../src/db/settings.ts';
import { listWatched, watch } from '../../src/db/watchlist.ts';
import { Failure } from '../../src/failure.ts';
import { code, migrationsDir, now, open, openWithPortfolios, options, temporaryFolder } from './open-database.ts';

const next = schemaVersion + 1;

/** The migrations with one more. */
function migrationsWith(sql: string): string {
  const dir = join(temporaryFolder(), 'migrations');
  cpSync(migrationsDir, dir, { recursive: true });
  const path = join(dir, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8'));
  journal.entries.push({ idx: schemaVersion, version: '6', when: 0, tag: 'next', breakpoints: true });
  writeFileSync(path, JSON.stringify(journal));
  writeFileSync(join(dir, 'next.sql'), sql);
  return dir;
}

/** A closed file with something in it. */
function filledFile(): string {
  const path = join(temporaryFolder(), 'asxos.db');
  const db = openDatabase(path, options);
  db.transaction(() => {
    writeSetting(db, 'theme', 'dark');
    watch(db, { code: code('BHP'), addedAt: now });
  });
  db.close();
  return path;
}

const failureOf = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
};

describe('a migration of a file with data', () => {
  test('keeps a private copy from before it, and the data', () => {
    const path = filledFile();
    const dir = migrationsWith('ALTER TABLE watchlist ADD COLUMN colour TEXT;');
    const db = open(path, { migrationsDir: dir, schema: next });
    expect(db.raw.pragma('user_version', { simple: true })).toBe(next);
    expect(db.raw.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.raw.prepare('SELECT code, colour FROM watchlist').all()).toEqual([{ code: 'BHP', colour: null }]);
    const backups = join(path, '../backups');
    const copy = `asxos-schema${schemaVersion}-20260302T000000Z.db`;
    expect(readdirSync(backups)).toEqual([copy]);
    expect((statSync(backups).mode & 0o777).toString(8)).toBe('700');
    expect((statSync(join(backups, copy)).mode & 0o777).toString(8)).toBe('600');
    expect(readSetting(open(join(backups, copy)), 'theme')).toBe('dark');
  });

  test('that fails leaves the bytes as they were, and says where the copy is', () => {
    const path = filledFile();
    const bytes = readFileSync(path);
    const dir = migrationsWith(
      'DELETE FROM settings; ALTER TABLE watchlist ADD COLUMN colour TEXT; SELECT no_such_function();',
    );
    const failure = failureOf(() => open(path, { migrationsDir: dir, schema: next }));
    const [copy = ''] = readdirSync(join(path, '../backups'));
    expect(failure.code).toBe('corrupt');
    expect(failure.message).toContain(`${path} could not be brought to schema ${next} and was left as it was`);
    expect(failure.message).toContain('no_such_function');
    expect(failure.hint).toContain(join(path, '../backups', copy));
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(readSetting(open(path), 'theme')).toBe('dark');
  });

  test('that leaves rows without their parents is undone', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    openWithPortfolios(path);
    const dir = migrationsWith("DELETE FROM owners WHERE id = 'owner of p1';");
    const failure = failureOf(() => open(path, { migrationsDir: dir, schema: next }));
    expect(failure.message).toContain('rows refer to rows that are gone');
    expect(open(path).raw.prepare('SELECT count(*) AS n FROM owners').get()).toEqual({ n: 2 });
  });

  test('that rebuilds a table keeps the rows that refer to it', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    openWithPortfolios(path);
    const dir = migrationsWith(`
      CREATE TABLE new_owners (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, taxpayer TEXT NOT NULL) STRICT;
      INSERT INTO new_owners SELECT id, name, taxpayer FROM owners;
      DROP TABLE owners;
      ALTER TABLE new_owners RENAME TO owners;`);
    const db = open(path, { migrationsDir: dir, schema: next });
    expect(db.raw.prepare('SELECT portfolio_id, owner_id FROM portfolio_owners ORDER BY 1').all()).toEqual([
      { portfolio_id: 'p1', owner_id: 'owner of p1' },
      { portfolio_id: 'p2', owner_id: 'owner of p2' },
    ]);
  });

  test('that another process has done in the meantime is not done again', () => {
    const path = filledFile();
    const dir = migrationsWith('ALTER TABLE watchlist ADD COLUMN colour TEXT;');
    open(path, { migrationsDir: dir, schema: next });
    const again = open(path, { migrationsDir: dir, schema: next });
    expect(listWatched(again).map(watched => watched.code)).toEqual(['BHP']);
    expect(readdirSync(join(path, '../backups'))).toHaveLength(1);
  });
});

test('a new file needs no copy', () => {
  const path = join(temporaryFolder(), 'asxos.db');
  open(path);
  expect(existsSync(join(path, '../backups'))).toBe(false);
});

describe('a file that is not ours to open', () => {
  test('of a newer asxos', () => {
    const path = filledFile();
    const raw = new Sqlite(path);
    raw.pragma(`user_version = ${next}`);
    raw.close();
    const failure = failureOf(() => open(path));
    expect(failure.code).toBe('newer-database');
    expect(failure.message).toBe(
      `${path} was made by a newer asxos (schema ${next}, this program knows ${schemaVersion})`,
    );
    expect(failure.hint).toContain('Upgrade asxos');
  });

  test('of another program', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    const raw = new Sqlite(path);
    raw.exec('CREATE TABLE notes (text TEXT); PRAGMA user_version = 1');
    raw.close();
    const bytes = readFileSync(path);
    const failure = failureOf(() => open(path));
    expect([failure.code, failure.message]).toEqual([
      'corrupt',
      `${path} is a database of another program, not of asxos`,
    ]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('that is no database', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    writeFileSync(path, 'Date,Code,Units\n'.repeat(100));
    const failure = failureOf(() => open(path));
    expect(failure.code).toBe('corrupt');
    expect(failure.message).toContain(path);
    expect(failure.hint).toMatch(/good copy in its place.*backups/);
    expect(readFileSync(path, 'utf8')).toBe('Date,Code,Units\n'.repeat(100));
  });

  test('that was cut short', () => {
    const path = filledFile();
    truncateSync(path, 3 * 4096 + 100);
    const failure = failureOf(() => {
      const db = open(path);
      db.raw.prepare('PRAGMA integrity_check').all();
      listWatched(db);
      readSetting(db, 'theme');
    });
    expect(failure.code).toBe('corrupt');
  });
});

test('processes that open a fresh file at once all succeed', { timeout: 60_000 }, async () => {
  const path = join(temporaryFolder(), 'asxos.db');
  const script = join(import.meta.dirname, 'open-and-write.ts');
  const run = (name: string) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, [script, path, name], { stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      child.stdout.on('data', chunk => (output += chunk));
      child.stderr.on('data', chunk => (output += chunk));
      child.on('error', reject);
      child.on('close', status => resolve(`${status} ${output.trim()}`));
    });
  const names = ['one', 'two', 'three', 'four'];
  expect(await Promise.all(names.map(run))).toEqual(names.map(() => '0 written'));
  const db = open(path);
  expect(names.map(name => readSetting(db, name))).toEqual(names);
  expect(existsSync(join(path, '../backups'))).toBe(false);
});
