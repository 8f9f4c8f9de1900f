import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { whyLost } from '../../src/db/lost.ts';
import { options, temporaryFolder } from './open-database.ts';

/** The path of a database that was closed, with files of these names in the folder of its backups. */
function closedWith(...backups: readonly string[]): string {
  const path = join(temporaryFolder(), 'asxos.db');
  openDatabase(path, options).close();
  const folder = join(dirname(path), 'backups');
  if (backups.length > 0) mkdirSync(folder);
  for (const name of backups) writeFileSync(join(folder, name), 'a backup');
  return path;
}
const empty = (path: string): void => truncateSync(path, 0);

test.each([
  ['gone', rmSync],
  ['empty', empty],
])('a database that is %s beside its backups is not begun anew', (word, lose) => {
  const path = closedWith('asxos-2026-03-01.db');
  expect(whyLost(path)).toBeUndefined();
  lose(path);
  expect(() => openDatabase(path, options)).toThrow(`${path} is ${word}, and there are backups of it`);
  expect(whyLost(path)).toMatchObject({
    code: 'corrupt',
    hint: expect.stringMatching(/asxos restore .* move the folder backups away/),
  });
  // As the hint says it.
  rmSync(join(dirname(path), 'backups'), { recursive: true });
  openDatabase(path, options).close();
});

test('one that was never backed up is new', () => {
  for (const path of [closedWith(), closedWith('other-2026-03-01.db', 'asxos-2026-03-01.txt')]) {
    rmSync(path);
    expect(whyLost(path)).toBeUndefined();
    openDatabase(path, options).close();
  }
});

test('an empty one whose log holds something is left to SQLite', () => {
  const path = closedWith('asxos-2026-03-01.db');
  empty(path);
  writeFileSync(`${path}-wal`, 'what was committed');
  expect(whyLost(path)).toBeUndefined();
});
