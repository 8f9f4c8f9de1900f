/** Whether database files are whole by SQLite's own word, whoever was killed or refused while writing them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect } from 'vitest';

export function expectWholeFile(path: string): void {
  const file = new Sqlite(path);
  try {
    expect([path, file.pragma('integrity_check')]).toEqual([path, [{ integrity_check: 'ok' }]]);
    expect([path, file.pragma('foreign_key_check')]).toEqual([path, []]);
  } finally {
    file.close();
  }
}

/** The database of a data directory, and whatever is offered there as a backup. */
export function expectWhole(dataDir: string): void {
  if (existsSync(join(dataDir, 'asxos.db'))) expectWholeFile(join(dataDir, 'asxos.db'));
  const backups = join(dataDir, 'backups');
  const names = existsSync(backups) ? readdirSync(backups).filter(name => /^[^.].*[.]db$/.test(name)) : [];
  for (const name of names) expectWholeFile(join(backups, name));
}
