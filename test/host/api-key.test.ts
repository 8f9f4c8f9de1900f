import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasApiKey, isApiKey, makeApiKey, readDigest, removeApiKey } from '../../src/host/api-key.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-api-key-'));
  path = join(folder, 'data', 'api-key');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a key is long, never the same, and kept as a digest that its owner alone can read', () => {
  const key = makeApiKey(path);
  expect(key).toMatch(/^asxos_[\w-]{43}$/);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/^sha256:[0-9a-f]{64}\n$/);
  expect(text).not.toContain(key.slice(6));
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect([isApiKey(path, key), isApiKey(path, `${key} `), isApiKey(path, '')]).toEqual([true, false, false]);
  const next = makeApiKey(path);
  expect([next === key, isApiKey(path, key), isApiKey(path, next)]).toEqual([false, false, true]);
});

test('where there is none, or something else in its place, nothing is the key', () => {
  expect([hasApiKey(path), readDigest(path), isApiKey(path, ''), removeApiKey(path)]).toEqual([
    false,
    undefined,
    false,
    false,
  ]);
  const key = makeApiKey(path);
  for (const spoilt of ['', 'sha256:', `sha256:${'g'.repeat(64)}`, key]) {
    writeFileSync(path, spoilt);
    expect(isApiKey(path, key)).toBe(false);
    expect(() => readDigest(path)).toThrow(
      `Cannot read the file of the API key ${path}: it is not what asxos api key writes`,
    );
  }
  expect([removeApiKey(path), hasApiKey(path)]).toEqual([true, false]);
});
