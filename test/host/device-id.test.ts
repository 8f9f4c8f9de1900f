import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deviceId } from '../../src/host/device-id.ts';
import { idSequence } from '../../src/host/ids.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-device-'));
  path = join(folder, 'data', 'device-id');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('is made once, for its owner alone, and stays', () => {
  const newId = idSequence();
  const id = deviceId(path, newId);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(deviceId(path, newId)).toBe(id);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readdirSync(join(folder, 'data'))).toEqual(['device-id']);
});

test('of two that make it at once both answer the one that was first', () => {
  const newId = idSequence();
  let first = '';
  // The second process comes between the look and the making of the first.
  const second = deviceId(path, () => {
    first = deviceId(path, newId);
    return newId();
  });
  expect(second).toBe(first);
});

test('a file that holds something else is named, with the way out', () => {
  writeFileSync(join(folder, 'id'), 'two words\n');
  expect(() => deviceId(join(folder, 'id'), idSequence())).toThrow(/id holds no id$/);
});
