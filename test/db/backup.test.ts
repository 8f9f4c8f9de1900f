import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyDatabase, pourInto } from '../../src/db/backup.ts';
import { openDatabase } from '../../src/db/database.ts';
import { schemaVersion } from '../../src/db/schema.ts';
import { readSetting, writeSetting } from '../../src/db/settings.ts';
import { listWatched, watch } from '../../src/db/watchlist.ts';
import { Failure } from '../../src/failure.ts';
import { code, now, open, options, temporaryFolder } from './open-database.ts';

/** A closed file that watches these codes. */
function fileThatWatches(folder: string, name: string, ...codes: string[]): string {
  const path = join(folder, name);
  const db = openDatabase(path, options);
  db.transaction(() => {
    for (const each of codes) watch(db, { code: code(each), addedAt: now });
  });
  db.close();
  return path;
}

const watchedIn = (path: string): string[] => {
  const db = openDatabase(path, options);
  try {
    return listWatched(db).map(each => each.code);
  } finally {
    db.close();
  }
};

const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
};

describe('a copy', () => {
  test('is one private file with all that was committed, also what is still in the log', async () => {
    const folder = temporaryFolder();
    const db = open(join(folder, 'asxos.db'));
    db.transaction(() => watch(db, { code: code('BHP'), addedAt: now }));
    expect(statSync(`${db.path}-wal`).size).toBeGreaterThan(0);
    const to = join(folder, 'new/folder/copy.db');
    expect(await copyDatabase(db.path, to)).toMatchObject({
      path: to,
      bytes: statSync(to).size,
      schema: schemaVersion,
    });
    expect(readdirSync(join(folder, 'new/folder'))).toEqual(['copy.db']);
    expect((statSync(to).mode & 0o777).toString(8)).toBe('600');
    expect(watchedIn(to)).toEqual(['BHP']);
  });

  test('is consistent while another process writes, and holds it up in nothing', { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'asxos.db');
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'write-steadily.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      writer.kill('SIGKILL');
    });
    await once(writer.stdout, 'data');
    const seen: unknown[] = [];
    const live = open(path);
    for (let round = 0; round < 5; round++) {
      // That the writer goes on between two copies is what shows that they hold it up in nothing.
      const goesOn = expect.poll(() => readSetting(live, 'one'), { interval: 1, timeout: 5000 });
      await goesOn.not.toBe(seen.at(-1));
      const to = join(folder, `copy-${round}.db`);
      await copyDatabase(path, to);
      const copy = open(to);
      expect(copy.raw.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(readSetting(copy, 'one')).toBe(readSetting(copy, 'other'));
      seen.push(readSetting(copy, 'one'));
    }
    expect(new Set(seen).size).toBe(5);
  });

  test.each([
    ['a folder', (folder: string) => folder, 'is a folder'],
    ['a file that is there', (folder: string) => join(folder, 'asxos.db'), 'is there already'],
    ['a place that takes no file', () => '/proc/copy.db', 'Cannot write /proc/copy.db'],
  ])('into %s is refused with its name, and nothing is left behind', async (_what, place, words) => {
    const folder = temporaryFolder();
    const path = fileThatWatches(folder, 'asxos.db', 'BHP');
    const failure = await failureOf(copyDatabase(path, place(folder)));
    expect([failure.code, failure.message]).toEqual(['cannot-write', expect.stringContaining(words)]);
    expect(failure.hint).not.toContain('--data-dir');
    expect(readdirSync(folder)).toEqual(['asxos.db']);
  });

  test('of a damaged database is not kept, and leaves the copy from before', async () => {
    const folder = temporaryFolder();
    const path = fileThatWatches(folder, 'asxos.db', 'BHP');
    const to = join(folder, 'copy.db');
    await copyDatabase(path, to);
    const bytes = readFileSync(path);
    bytes.fill(0xff, bytes.length - 4096);
    writeFileSync(path, bytes);
    expect((await failureOf(copyDatabase(path, to, { replace: true }))).code).toBe('corrupt');
    expect((await failureOf(copyDatabase(path, to, { replace: true, gently: true }))).code).toBe('corrupt');
    expect(watchedIn(to)).toEqual(['BHP']);
    truncateSync(path, 5000);
    expect((await failureOf(copyDatabase(path, join(folder, 'other.db')))).code).toBe('corrupt');
    expect(readdirSync(folder).filter(name => !name.startsWith('asxos.db'))).toEqual(['copy.db']);
  });

  test('of nothing, and of another program, is refused', async () => {
    const folder = temporaryFolder();
    expect((await failureOf(copyDatabase(join(folder, 'no.db'), join(folder, 'copy.db')))).code).toBe('not-found');
    const other = new Sqlite(join(folder, 'other.db'));
    other.exec('CREATE TABLE notes (text)');
    other.close();
    expect((await failureOf(copyDatabase(join(folder, 'other.db'), join(folder, 'copy.db')))).code).toBe('corrupt');
    expect(readdirSync(folder)).toEqual(['other.db']);
  });
});

describe('pouring a copy into a database', () => {
  test('an open connection goes on with what was poured, and can write', async () => {
    const folder = temporaryFolder();
    const live = open(fileThatWatches(folder, 'asxos.db', 'BHP', 'CBA'));
    const from = fileThatWatches(folder, 'from.db', 'WES');
    let told = 0;
    live.onChange(() => told++);
    expect(listWatched(live).map(each => each.code)).toEqual(['BHP', 'CBA']);
    await pourInto(from, live.path);
    expect(live.noticeChanges()).toBe(true);
    expect(told).toBe(1);
    expect(listWatched(live).map(each => each.code)).toEqual(['WES']);
    live.transaction(() => writeSetting(live, 'theme', 'dark'));
    expect(live.raw.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(live.raw.pragma('journal_mode', { simple: true })).toBe('wal');
  });

  test('waits for a writer, and gives up in clear words with nothing changed', { timeout: 20_000 }, async () => {
    const folder = temporaryFolder();
    const live = open(fileThatWatches(folder, 'asxos.db', 'BHP'));
    const from = fileThatWatches(folder, 'from.db', 'WES');
    live.raw.exec('BEGIN IMMEDIATE');
    const pouring = pourInto(from, live.path);
    // One that came after it and does not wait is refused: by then the first one has been, too.
    expect((await failureOf(pourInto(from, live.path, 0))).code).toBe('locked');
    live.raw.exec('COMMIT');
    await pouring;
    expect(listWatched(live).map(each => each.code)).toEqual(['WES']);
    live.raw.exec('BEGIN IMMEDIATE');
    const failure = await failureOf(pourInto(from, live.path, 100));
    expect([failure.code, failure.message]).toEqual(['locked', `${live.path} is being written by another asxos`]);
    live.raw.exec('COMMIT');
  });
});
