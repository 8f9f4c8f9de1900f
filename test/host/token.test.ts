import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Keychain } from '../../src/host/keychain.ts';
import { findToken, removeToken, saveToken, type TokenPlaces } from '../../src/host/token.ts';

let folder: string;
let keyPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-token-'));
  keyPath = join(folder, 'data', 'eodhd.key');
});
afterEach(() => rmSync(folder, { recursive: true }));

const keychainOf = (kept: Map<string, string>): Keychain => ({
  available: true,
  get: async account => kept.get(account),
  set: async (account, secret) => void kept.set(account, secret),
  remove: async account => kept.delete(account),
});
const absent: Keychain = { available: false, reason: 'there is none here' };

const placesWith = (keychain: Keychain, env: TokenPlaces['env'] = {}) => {
  let opened = 0;
  const places: TokenPlaces = {
    env,
    keyPath,
    openKeychain: async () => {
      opened += 1;
      return keychain;
    },
  };
  return { places, opened: () => opened };
};

describe('finding the key', () => {
  test('is nowhere at first', async () => {
    expect(await findToken(placesWith(absent).places)).toBeUndefined();
    expect(await findToken(placesWith(keychainOf(new Map())).places)).toBeUndefined();
  });

  test('the environment wins, and the keychain is not even opened', async () => {
    const { places, opened } = placesWith(keychainOf(new Map([['eodhd', 'kept']])), { EODHD_API_TOKEN: ' given \n' });
    expect(await findToken(places)).toEqual({ token: 'given', source: 'environment' });
    expect(opened()).toBe(0);
  });

  test('an empty variable is none', async () => {
    const { places } = placesWith(keychainOf(new Map([['eodhd', 'kept']])), { EODHD_API_TOKEN: '' });
    expect(await findToken(places)).toEqual({ token: 'kept', source: 'keychain' });
  });

  test.skipIf(process.platform === 'win32')('a key file that others can read is not used', async () => {
    const { places } = placesWith(absent);
    await saveToken(places, 'file', 'sesame');
    for (const mode of [0o640, 0o604, 0o660]) {
      chmodSync(keyPath, mode);
      await expect(findToken(places)).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining(`mode 0${mode.toString(8)}`),
        hint: `Run: chmod 600 ${keyPath}`,
      });
    }
    chmodSync(keyPath, 0o400);
    expect(await findToken(places)).toEqual({ token: 'sesame', source: 'file' });
  });

  test('an empty key file is named', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(keyPath, '\n', { mode: 0o600 });
    await expect(findToken(placesWith(absent).places)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(keyPath),
    });
  });
});

describe('storing the key', () => {
  test('in a file of mode 0600 in a folder of mode 0700', async () => {
    const { places } = placesWith(absent);
    await saveToken(places, 'file', 'sesame\n');
    expect(readFileSync(keyPath, 'utf8')).toBe('sesame\n');
    expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(await findToken(places)).toEqual({ token: 'sesame', source: 'file' });
  });

  test('in one place takes it out of the other', async () => {
    const kept = new Map<string, string>();
    const { places } = placesWith(keychainOf(kept));
    await saveToken(places, 'file', 'first');
    await saveToken(places, 'keychain', 'second');
    expect(existsSync(keyPath)).toBe(false);
    expect(await findToken(places)).toEqual({ token: 'second', source: 'keychain' });
    await saveToken(places, 'file', 'third');
    expect(kept.size).toBe(0);
    expect(await findToken(places)).toEqual({ token: 'third', source: 'file' });
  });

  test('without a keychain says why, and the ways out', async () => {
    await expect(saveToken(placesWith(absent).places, 'keychain', 'sesame')).rejects.toMatchObject({
      code: 'refused',
      message: 'There is no keychain to store the key in: there is none here',
      hint: expect.stringMatching(/EODHD_API_TOKEN.*key set --file/),
    });
  });

  test.each(['', '  \n', 'two words', 'kéy', 'a\u001b[31mb'])('refuses %j without showing it', async text => {
    const words = /^The EODHD key (is empty|has a space or an unusual character in it)$/;
    await expect(saveToken(placesWith(absent).places, 'file', text)).rejects.toThrow(words);
    expect(existsSync(keyPath)).toBe(false);
  });
});

describe('removing the key', () => {
  test('takes it from wherever it is', async () => {
    const kept = new Map<string, string>();
    const { places } = placesWith(keychainOf(kept));
    expect(await removeToken(places)).toEqual([]);
    await saveToken(places, 'keychain', 'sesame');
    expect(await removeToken(places)).toEqual(['keychain']);
    await saveToken(places, 'file', 'sesame');
    expect(await removeToken(places)).toEqual(['file']);
    expect(await findToken(places)).toBeUndefined();
  });
});
