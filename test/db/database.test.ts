import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { schemaVersion } from '../../src/db/schema.ts';
import { readSetting, writeSetting } from '../../src/db/settings.ts';
import { open, options, temporaryFolder } from './open-database.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test('the connection has the pragmas that the store relies on', () => {
  const db = open(join(temporaryFolder(), 'asxos.db'));
  const pragma = (name: string) => db.raw.pragma(name, { simple: true });
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('foreign_keys')).toBe(1);
  expect(pragma('busy_timeout')).toBe(5000);
  expect(pragma('synchronous')).toBe(1);
});

test('a new file, its log and its folder are for the user alone', () => {
  const folder = join(temporaryFolder(), 'new/asxos');
  const db = open(join(folder, 'asxos.db'));
  db.transaction(() => writeSetting(db, 'theme', 'dark'));
  expect(modeOf(folder)).toBe('700');
  expect(readdirSync(folder).sort()).toEqual(['asxos.db', 'asxos.db-shm', 'asxos.db-wal']);
  for (const file of readdirSync(folder)) expect(modeOf(join(folder, file))).toBe('600');
});

test('what was written is there when the file is opened again', () => {
  const path = join(temporaryFolder(), 'asxos.db');
  const first = openDatabase(path, options);
  first.transaction(() => writeSetting(first, 'theme', 'mono'));
  first.close();
  expect(readSetting(open(path), 'theme')).toBe('mono');
});

test('an up-to-date file is opened without the migrations', () => {
  const path = join(temporaryFolder(), 'asxos.db');
  openDatabase(path, options).close();
  const db = open(path, { migrationsDir: join(path, 'nowhere') });
  expect(readSetting(db, 'theme')).toBeUndefined();
});

describe('a transaction', () => {
  test('undoes everything when its work throws, and leaves the connection usable', () => {
    const db = open();
    const work = () => {
      writeSetting(db, 'theme', 'dark');
      throw new Error('stop');
    };
    expect(() => db.transaction(work)).toThrow('stop');
    expect(readSetting(db, 'theme')).toBeUndefined();
    expect(db.transaction(() => 7)).toBe(7);
  });

  test('is not nested, does not wait, and is required to write', () => {
    const db = open();
    expect(() => db.transaction(() => db.transaction(() => 1))).toThrow('A transaction inside a transaction');
    const late = async () => writeSetting(db, 'theme', 'dark');
    expect(() => db.transaction(late)).toThrow('cannot wait for a promise');
    expect(readSetting(db, 'theme')).toBeUndefined();
    expect(() => writeSetting(db, 'theme', 'dark')).toThrow('A write outside a transaction');
  });

  test('foreign keys hold', () => {
    const db = open();
    const orphan = () => db.statement("INSERT INTO portfolio_owners VALUES ('nobody', 'nobody', '100', 0)").run();
    expect(() => db.transaction(orphan)).toThrow(/FOREIGN KEY/);
  });
});

describe('the revision', () => {
  test('grows with a change, and not with a transaction that changes nothing', () => {
    const db = open();
    let heard = 0;
    const stop = db.onChange(() => heard++);
    const before = db.revision();
    db.transaction(() => readSetting(db, 'theme'));
    expect([db.revision(), heard]).toEqual([before, 0]);
    db.transaction(() => writeSetting(db, 'theme', 'dark'));
    expect([db.revision(), heard]).toEqual([before + 1, 1]);
    stop();
    db.transaction(() => writeSetting(db, 'theme', 'light'));
    expect([db.revision(), heard]).toEqual([before + 2, 1]);
  });

  test('a change that was undone is none', () => {
    const db = open();
    const before = db.revision();
    expect(() =>
      db.transaction(() => {
        writeSetting(db, 'theme', 'dark');
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(db.revision()).toBe(before);
  });

  test('a change by another connection is noticed once', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    const console_ = open(path);
    const other = open(path);
    let heard = 0;
    console_.onChange(() => heard++);
    const before = console_.revision();
    expect(console_.noticeChanges()).toBe(false);
    other.transaction(() => writeSetting(other, 'theme', 'dark'));
    expect(console_.revision()).toBe(before + 1);
    expect(heard).toBe(0);
    expect(console_.noticeChanges()).toBe(true);
    expect(console_.noticeChanges()).toBe(false);
    expect(heard).toBe(1);
    expect(readSetting(console_, 'theme')).toBe('dark');
  });
});

describe('for reading only', () => {
  test('reads, and refuses to write', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    const writer = open(path);
    writer.transaction(() => writeSetting(writer, 'theme', 'dark'));
    const db = open(path, { readOnly: true });
    expect(readSetting(db, 'theme')).toBe('dark');
    expect(() => db.transaction(() => writeSetting(db, 'theme', 'light'))).toThrow(
      expect.objectContaining({ code: 'cannot-write' }),
    );
  });

  test('makes no file, and says when there is none', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    expect(() => open(path, { readOnly: true })).toThrow(
      expect.objectContaining({ code: 'not-found', message: `There is no database at ${path}` }),
    );
    expect(existsSync(path)).toBe(false);
  });

  test('does not migrate', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    openDatabase(path, options).close();
    expect(() => open(path, { readOnly: true, schema: 99 })).toThrow(
      new RegExp(`schema ${schemaVersion}, this program needs 99`),
    );
  });
});

describe('a place that cannot be written', () => {
  test('a folder that is a file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file/asxos.db');
    expect(() => open(path)).toThrow(
      expect.objectContaining({ code: 'cannot-write', message: expect.stringContaining(path) }),
    );
  });

  test('a file that is a folder', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    mkdirSync(path);
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'cannot-write' }));
  });

  test('a link that goes nowhere', () => {
    const path = join(temporaryFolder(), 'asxos.db');
    symlinkSync(path, path);
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'cannot-write' }));
  });
});
