import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writePrivateFile } from '../../src/host/private-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-private-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('replaces a file that others could read by one that they cannot, and leaves nothing beside it', () => {
  const path = join(folder, 'key');
  writeFileSync(path, 'old');
  chmodSync(path, 0o644);
  writePrivateFile(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['key']);
});

test('a file that cannot be written is named, and the folder is left as it was', () => {
  writeFileSync(join(folder, 'file'), 'mine');
  expect(() => writePrivateFile(join(folder, 'file', 'key'), 'new')).toThrow(
    `Cannot write ${join(folder, 'file', 'key')}`,
  );
  // A folder cannot be replaced by a file.
  expect(() => writePrivateFile(folder, 'new')).toThrow(`Cannot write ${folder}`);
  expect(readdirSync(folder)).toEqual(['file']);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine');
});
