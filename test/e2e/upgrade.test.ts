/**
 * Databases of every earlier schema, as the programs of then left them (`scripts/old-databases.ts`), opened by this one:
 * brought up to date with a copy taken first, every entry and every holding as it was. One of a newer asxos is refused.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { schemaVersion } from '../../src/db/schema.ts';
import { plain } from '../../src/domain/decimal.ts';
import { describe as describeError, exitCodeOf } from '../../src/failure.ts';
import { backUp } from '../../src/usecases/back-up.ts';
import { examine } from '../../src/usecases/examine.ts';
import { listBackups } from '../../src/usecases/list-backups.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { restoreBackup } from '../../src/usecases/restore-backup.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';

const schemas = join(import.meta.dirname, '../fixtures/schemas');
const earlier = Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1);

/** The stored database as a file in a folder of its own. */
function unpack(schema: number): { dataDir: string; path: string } {
  const dataDir = temporaryFolder();
  const path = join(dataDir, 'asxos.db');
  writeFileSync(path, '', { mode: 0o600 });
  const file = new Sqlite(path);
  file.pragma('foreign_keys = OFF');
  file.exec(readFileSync(join(schemas, `schema-${schema}.sql`), 'utf8'));
  file.close();
  return { dataDir, path };
}

function rowsOf(path: string, tables: readonly string[]): unknown[] {
  const file = new Sqlite(path, { readonly: true });
  const rows = tables.map(table => file.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());
  file.close();
  return rows;
}
const kept = ['entries', 'portfolios', 'portfolio_owners', 'owners', 'import_batches', 'prices', 'watchlist'];

/** The evening of the day whose closes are stored. */
const now = Date.UTC(2025, 6, 1, 10);

test('a database of every earlier schema is stored', () => {
  const names = readdirSync(schemas).filter(name => name.endsWith('.sql'));
  expect(names.sort()).toEqual(earlier.map(schema => `schema-${schema}.sql`));
});

describe.each(earlier)('a database of schema %i', schema => {
  test('is opened with every entry and holding as it was, from a copy on; the doctor is content', async () => {
    const { dataDir, path } = unpack(schema);
    const before = rowsOf(path, kept);
    const { app } = await openTestApp({ dataDir, now });
    const holdings = viewPortfolio(app, { portfolio: 'all' }).holdings.map(({ code, units, costBase, value }) => ({
      code,
      units: plain(units),
      costBase: costBase === undefined ? null : plain(costBase),
      value: value === undefined ? null : plain(value),
    }));
    const shown: unknown[] = JSON.parse(readFileSync(join(schemas, `schema-${schema}.json`), 'utf8'));
    expect(holdings).toHaveLength(shown.length);
    expect(holdings).toEqual(expect.arrayContaining(shown));
    const [copy, ...others] = listBackups(app);
    expect(others).toEqual([]);
    expect(copy?.path).toBe(join(dataDir, `backups/asxos-schema${schema}-20250701T100000Z.db`));
    const found = await examine(app, { signal: new AbortController().signal });
    const ofData = /^(database|references|schema|permissions|writable|locks|ledger|cash|duplicates)$/;
    expect(found.filter(({ id, status }) => ofData.test(id) && status === 'ok')).toHaveLength(9);
    await app.close();
    // A column that has come since is no change of what was there.
    expect(rowsOf(path, kept)).toMatchObject(before);
    expect(rowsOf(copy?.path ?? '', kept)).toEqual(before);
  });

  test('is restored over a newer one, and takes new entries', async () => {
    const { path } = unpack(schema);
    const dataDir = temporaryFolder();
    const { app } = await openTestApp({ dataDir, now });
    recordEntry(app, 'buy 1 NAB @ 30 on 2025-02-03');
    await app.close();
    const report = await restoreBackup(app, path, { write: true });
    expect(report).toMatchObject({ schema, restored: true });
    recordEntry(app, 'buy 1 BHP @ 40 on 2025-06-30', { portfolio: 'Main' });
    const bhp = viewPortfolio(app, { portfolio: 'Main' }).holdings.find(({ code }) => code === 'BHP');
    expect(bhp && plain(bhp.units)).toBe('121');
    await app.close();
  });
});

test('one of a newer asxos is refused, untouched, and can still be backed up', async () => {
  const { dataDir, path } = unpack(schemaVersion - 1);
  const file = new Sqlite(path);
  file.exec(`ALTER TABLE entries ADD COLUMN colour TEXT; PRAGMA user_version = ${schemaVersion + 1}`);
  file.close();
  const bytes = readFileSync(path);
  const { app } = await openTestApp({ dataDir, now });
  const refusal = (() => {
    try {
      return app.db;
    } catch (error) {
      return error;
    }
  })();
  expect(exitCodeOf(refusal)).toBe(65);
  expect(describeError(refusal)).toMatchObject({
    code: 'newer-database',
    message: `${path} was made by a newer asxos (schema ${schemaVersion + 1}, this program knows ${schemaVersion})`,
    hint: expect.stringContaining('Upgrade asxos'),
  });
  const found = await examine(app, { signal: new AbortController().signal });
  expect(found.find(({ id }) => id === 'schema')?.status).toBe('problem');
  await backUp(app, join(dataDir, 'taken.db'));
  expect(rowsOf(join(dataDir, 'taken.db'), kept)).toEqual(rowsOf(path, kept));
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(readdirSync(dataDir).sort()).toEqual(['asxos.db', 'taken.db']);
});
