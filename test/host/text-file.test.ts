import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeText, readNamedFile } from '../../src/host/text-file.ts';
import { temporaryFolder } from '../support/app.ts';

describe('decodeText', () => {
  test.each([
    ['UTF-8', Buffer.from('Café – 1')],
    ['UTF-8 with its mark', Buffer.from('\ufeffCafé – 1')],
    ['UTF-16, little end first', Buffer.from('\ufeffCafé – 1', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffCafé – 1', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from([0x43, 0x61, 0x66, 0xe9, 0x20, 0x96, 0x20, 0x31])],
  ])('%s', (_name, bytes) => expect(decodeText(bytes)).toBe('Café – 1'));

  test('nothing', () => expect(decodeText(new Uint8Array())).toBe(''));
});

describe('readNamedFile', () => {
  const folder = temporaryFolderOnce();

  test('gives the bytes', () => {
    writeFileSync(join(folder(), 'a.csv'), 'x');
    expect(Buffer.from(readNamedFile(join(folder(), 'a.csv'))).toString()).toBe('x');
  });

  test.each(['missing.csv', 'a.csv/b'])('%s is not there', name => {
    const path = join(folder(), name);
    writeFileSync(join(folder(), 'a.csv'), 'x');
    expect(() => readNamedFile(path)).toThrow(`There is no file "${path}"`);
  });

  test('a folder is no file', () => {
    const path = join(folder(), 'inside');
    mkdirSync(path);
    expect(() => readNamedFile(path)).toThrow(`"${path}" is a folder, not a file`);
  });

  test.skipIf(process.getuid?.() === 0)('one that may not be read is named (not as root, who may read all)', () => {
    const path = join(folder(), 'closed.csv');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    expect(() => readNamedFile(path)).toThrow(`Cannot read "${path}": it may not be read`);
  });
});

/** The folder of the test that asks. */
function temporaryFolderOnce(): () => string {
  let current: string | undefined;
  return () => {
    current ??= temporaryFolder();
    mkdirSync(current, { recursive: true });
    return current;
  };
}
