import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completePath, pathOf } from '../../src/host/path-text.ts';
import { temporaryFolder } from '../support/app.ts';

describe('pathOf', () => {
  test.each([
    ['/a/b.csv', '/a/b.csv'],
    ['  /a/b c.csv ', '/a/b c.csv'],
    ["'/a/b c.csv'", '/a/b c.csv'],
    ['"/a/b c.csv" ', '/a/b c.csv'],
    ["'/a/it'\\''s.csv'", "/a/it's.csv"],
    ['file:///a/b%20c.csv', '/a/b c.csv'],
    ['~', homedir()],
    ['~/b.csv', join(homedir(), 'b.csv')],
    ['~other/b.csv', '~other/b.csv'],
    ['file://host/a.csv', 'file://host/a.csv'],
  ])('%s is %s', (text, path) => expect(pathOf(text)).toBe(path));

  test.skipIf(process.platform === 'win32')('a backslash is before what it keeps', () => {
    expect(pathOf('/a/b\\ c\\(1\\).csv')).toBe('/a/b c(1).csv');
  });
});

describe('completePath', () => {
  const folderOf = (...names: string[]): string => {
    const folder = temporaryFolder();
    for (const name of names) {
      if (name.endsWith('/')) mkdirSync(join(folder, name));
      else writeFileSync(join(folder, name), '');
    }
    return folder;
  };

  test('one that fits is completed, a folder with its slash', () => {
    const folder = folderOf('trades.csv', 'deep/');
    expect(completePath(`${folder}/t`)).toEqual({ text: `${folder}/trades.csv`, names: ['trades.csv'] });
    expect(completePath(`${folder}/d`)).toEqual({ text: `${folder}/deep/`, names: ['deep/'] });
  });
  test('of several as much as they share, and their names sorted', () => {
    const folder = folderOf('trades-2.csv', 'trades-1.csv', 'other.csv');
    expect(completePath(`${folder}/t`)).toEqual({
      text: `${folder}/trades-`,
      names: ['trades-1.csv', 'trades-2.csv'],
    });
    expect(completePath(`${folder}/`).names).toEqual(['other.csv', 'trades-1.csv', 'trades-2.csv']);
  });
  test('hidden files only after a dot, and no name that would act on the terminal', () => {
    const folder = folderOf('.hidden', 'a\u001b[31m.csv', 'a.csv');
    expect(completePath(`${folder}/`).names).toEqual(['a.csv']);
    expect(completePath(`${folder}/.`).text).toBe(`${folder}/.hidden`);
  });
  test('what is nowhere stays as it was typed', () => {
    expect(completePath('/nowhere/at/all')).toEqual({ text: '/nowhere/at/all', names: [] });
  });
  test('the home folder stays a tilde', () => {
    expect(completePath('~/').text.startsWith('~/')).toBe(true);
  });
});
