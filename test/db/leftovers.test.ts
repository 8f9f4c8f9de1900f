import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyDatabase } from '../../src/db/backup.ts';
import { makeDaily } from '../../src/db/backups.ts';
import { makeScratch } from '../../src/db/restore.ts';
import { date, now, open, temporaryFolder } from './open-database.ts';

/** A folder as a process that was killed leaves it, so many minutes ago. */
function leave(path: string, minutes: number): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'half.db'), 'half');
  const then = Date.now() / 1000 - minutes * 60;
  utimesSync(path, then, then);
}

test('a copy removes what a killed one of its name left, once it is old, and nothing else', async () => {
  const folder = temporaryFolder();
  const { path } = open(join(folder, 'asxos.db'));
  const out = join(folder, 'out');
  for (const name of ['.copy.db-AbC123', '.other.db-AbC123', '.copy.db-mine', 'copy']) leave(join(out, name), 90);
  leave(join(out, '.copy.db-xYz789'), 5);
  await copyDatabase(path, join(out, 'copy.db'));
  expect(readdirSync(out).sort()).toEqual(['.copy.db-mine', '.copy.db-xYz789', '.other.db-AbC123', 'copy', 'copy.db']);
});

test('a restore removes the folder of a killed one', () => {
  const folder = temporaryFolder();
  leave(join(folder, '.restore-AbC123'), 90);
  makeScratch(join(folder, 'asxos.db')).remove();
  expect(readdirSync(folder)).toEqual([]);
});

test('the daily backup removes what any killed one left in backups/', async () => {
  const folder = temporaryFolder();
  const { path } = open(join(folder, 'asxos.db'));
  const backups = join(folder, 'backups');
  for (const name of ['.asxos-2026-02-27.db-AbC123', '.asxos-schema1-20260302T000000Z.db'])
    leave(join(backups, name), 90);
  await makeDaily(path, { today: date('2026-03-02'), now, gently: false });
  expect(readdirSync(backups)).toEqual(['asxos-2026-03-02.db']);
});
