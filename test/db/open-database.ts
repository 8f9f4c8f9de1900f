import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '../../src/db/database.ts';
import { insertOwner, insertPortfolio } from '../../src/db/portfolios.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { decimal } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';

export const migrationsDir = join(import.meta.dirname, '../../migrations');
/** 2026-03-02T00:00:00Z */
export const now = 1_772_409_600_000;
export const options: DatabaseOptions = { migrationsDir, now: () => now };
export const code = parseCode;
export const date = parseLocalDate;

/** A directory that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'asxos-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A database in memory, or in the file at `path`; closed after the test. */
export function open(path = ':memory:', changes: Partial<DatabaseOptions> = {}): Database {
  const db = openDatabase(path, { ...options, ...changes });
  onTestFinished(() => db.close());
  return db;
}

/** A database with the portfolios `p1` (Main) and `p2` (Super). */
export function openWithPortfolios(path?: string): Database {
  const db = open(path);
  db.transaction(() => {
    for (const [id, name] of [
      ['p1', 'Main'],
      ['p2', 'Super'],
    ] as const) {
      const owner = { id: `owner of ${id}`, name, taxpayer: 'individual' } as const;
      insertOwner(db, owner);
      const owners = [{ ...owner, pct: decimal('100') }];
      insertPortfolio(db, { id, name, cashAccount: false, method: 'fifo', owners, createdAt: now });
    }
  });
  return db;
}
