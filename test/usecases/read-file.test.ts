import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { completePath, readTypedFile } from '../../src/usecases/read-file.ts';
import { temporaryFolder } from '../support/app.ts';

it('a file is read however its path is written', () => {
  const path = join(temporaryFolder(), 'Trade list.csv');
  writeFileSync(path, 'Köln');
  const file = { path, name: 'Trade list.csv', text: 'Köln' };
  for (const typed of [path, ` ${path} `, `'${path}'`, `"${path}"`, pathToFileURL(path).href]) {
    expect(readTypedFile(typed)).toEqual(file);
  }
});

it('a file that is not there is named, and how to find it', () => {
  const path = join(temporaryFolder(), 'none.csv');
  expect(() => readTypedFile(path)).toThrow(
    expect.objectContaining({
      code: 'not-found',
      message: `There is no file "${path}"`,
      hint: 'Check its name; tab completes it.',
    }),
  );
});

it('a typed path is completed as far as its folder makes certain', () => {
  const folder = temporaryFolder();
  for (const name of ['trades-1.csv', 'trades-2.csv', 'holdings.csv']) writeFileSync(join(folder, name), '');
  const { text, names } = completePath(join(folder, 't'));
  expect([text, names]).toEqual([join(folder, 'trades-'), ['trades-1.csv', 'trades-2.csv']]);
});
