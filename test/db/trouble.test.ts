import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSetting, writeSetting } from '../../src/db/settings.ts';
import { databaseTrouble } from '../../src/db/trouble.ts';
import { open, temporaryFolder } from './open-database.ts';

test('a file that another process writes to for too long is locked', () => {
  const path = join(temporaryFolder(), 'asxos.db');
  const [first, second] = [open(path), open(path)];
  second.raw.pragma('busy_timeout = 10');
  first.transaction(() => {
    expect(() => second.transaction(() => writeSetting(second, 'theme', 'dark'))).toThrow(
      expect.objectContaining({
        code: 'locked',
        message: `${path} is being written by another asxos`,
        hint: expect.stringContaining('try again'),
      }),
    );
    expect(readSetting(second, 'theme')).toBeUndefined();
  });
  second.transaction(() => writeSetting(second, 'theme', 'dark'));
  expect(readSetting(first, 'theme')).toBe('dark');
});

test('a full disk leaves what was there, and the database usable', () => {
  const db = open(join(temporaryFolder(), 'asxos.db'));
  db.transaction(() => writeSetting(db, 'theme', 'dark'));
  const pages = Number(db.raw.pragma('page_count', { simple: true }));
  db.raw.pragma(`max_page_count = ${pages + 1}`);
  const fill = () =>
    db.transaction(() => {
      writeSetting(db, 'theme', 'light');
      writeSetting(db, 'long', 'x'.repeat(100_000));
    });
  expect(fill).toThrow(expect.objectContaining({ code: 'cannot-write', message: expect.stringContaining('full') }));
  expect(readSetting(db, 'theme')).toBe('dark');
  db.transaction(() => writeSetting(db, 'theme', 'mono'));
  expect(readSetting(db, 'theme')).toBe('mono');
});

test('queries made by drizzle say the same as our own', () => {
  const db = open();
  const insert = () => db.transaction(() => writeSetting(db, 'long', 'x'.repeat(1_000_000)));
  db.raw.pragma(`max_page_count = ${Number(db.raw.pragma('page_count', { simple: true })) + 1}`);
  expect(insert).toThrow(expect.objectContaining({ name: 'Failure', code: 'cannot-write' }));
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written to', () => {
  const folder = join(temporaryFolder(), 'closed');
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  expect(() => open(join(folder, 'asxos.db'))).toThrow(
    expect.objectContaining({ code: 'cannot-write', message: expect.stringContaining('permission denied') }),
  );
});

test('what is no trouble of the file stays what it is', () => {
  const bug = new TypeError('x is not a function');
  expect(databaseTrouble(bug, '/a.db')).toBe(bug);
  const db = open();
  expect(() => db.raw.prepare('SELECT * FROM absent')).toThrow('no such table: absent');
  expect(() => db.raw.prepare('SELECT * FROM absent')).not.toThrow(expect.objectContaining({ name: 'Failure' }));
});
