import { readFileSync, rmSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { Failure } from '../failure.ts';
import type { Keychain } from './keychain.ts';
import { reasonOf, writePrivateFile } from './private-file.ts';

export type TokenSource = 'environment' | 'keychain' | 'file';
export type FoundToken = { readonly token: string; readonly source: TokenSource };

/** Where an EODHD key can live. The keychain is opened only when the environment has none. */
export type TokenPlaces = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keyPath: string;
  readonly openKeychain: () => Promise<Keychain>;
};

const account = 'eodhd';

/** A key as typed or piped, without the space around it; `Failure` when empty or not one word. Never shows the key. */
export function parseToken(text: string): string {
  const token = text.trim();
  if (token === '')
    throw new Failure('invalid-input', 'The EODHD key is empty', { hint: 'Paste the key from eodhd.com.' });
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Failure('invalid-input', 'The EODHD key has a space or an unusual character in it', {
      hint: 'Paste the key alone, on one line.',
    });
  }
  return token;
}

/** The key and where it was found: EODHD_API_TOKEN first, then the key file, then the keychain; undefined when nowhere. */
export async function findToken(places: TokenPlaces): Promise<FoundToken | undefined> {
  const given = places.env['EODHD_API_TOKEN'];
  if (given !== undefined && given !== '') return { token: parseToken(given), source: 'environment' };
  const filed = readKeyFile(places.keyPath);
  if (filed !== undefined) return { token: filed, source: 'file' };
  const keychain = await places.openKeychain();
  const kept = keychain.available ? await keychain.get(account) : undefined;
  return kept === undefined ? undefined : { token: kept, source: 'keychain' };
}

/** Stores the key in one place, and takes it out of the other, so that there is never an older one to find. */
export async function saveToken(places: TokenPlaces, where: 'keychain' | 'file', text: string): Promise<void> {
  const token = parseToken(text);
  const keychain = await places.openKeychain();
  if (where === 'file') {
    writePrivateFile(places.keyPath, `${token}\n`);
    if (keychain.available) await keychain.remove(account);
    return;
  }
  if (!keychain.available) {
    throw new Failure('refused', `There is no keychain to store the key in: ${keychain.reason}`, {
      hint: 'Set EODHD_API_TOKEN, or store the key in a file that only you can read: asxos key set --file.',
    });
  }
  await keychain.set(account, token);
  rmSync(places.keyPath, { force: true });
}

/** Removes the stored key wherever it is; the places it was removed from. The environment is the user's own. */
export async function removeToken(places: TokenPlaces): Promise<TokenSource[]> {
  const removed: TokenSource[] = [];
  const keychain = await places.openKeychain();
  if (keychain.available && (await keychain.remove(account))) removed.push('keychain');
  if (statSync(places.keyPath, { throwIfNoEntry: false }) !== undefined) {
    rmSync(places.keyPath);
    removed.push('file');
  }
  return removed;
}

function readKeyFile(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  // Windows keeps no such bits; a profile folder is private there.
  if (platform() !== 'win32' && (found.mode & 0o077) !== 0) {
    const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
    throw new Failure('refused', `The key file ${path} can be read by others (mode ${mode}), so it is not used`, {
      hint: `Run: chmod 600 ${path}`,
    });
  }
  try {
    return parseToken(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Failure ? cause.message : reasonOf(cause);
    throw new Failure('bad-file', `Cannot read the key file ${path}: ${why}`, {
      hint: 'Store the key again: asxos key set --file.',
      cause,
    });
  }
}
