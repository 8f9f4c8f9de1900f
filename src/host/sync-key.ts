/**
 * The key that this device seals its rows with: in the keychain, or, where there is none, in a file that only its owner can
 * read. It belongs to one data directory, so its name in the keychain is that of the device.
 */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { Failure } from '../failure.ts';
import type { Keychain } from './keychain.ts';
import { reasonOf, writePrivateFile } from './private-file.ts';

export type SyncKeyPlaces = { readonly path: string; readonly openKeychain: () => Promise<Keychain> };

const accountOf = (device: string): string => `sync ${device}`;
const form = /^([0-9a-f-]{36}) ([A-Za-z0-9_-]{43})$/;

/** The key of the device; undefined where it is nowhere. */
export async function findSyncKey({ path, openKeychain }: SyncKeyPlaces, device: string): Promise<Buffer | undefined> {
  const keychain = await openKeychain();
  const kept = keychain.available ? await keychain.get(accountOf(device)) : undefined;
  const [, of, key] = form.exec((kept ?? readFile(path) ?? '').trim()) ?? [];
  return key === undefined || of !== device ? undefined : Buffer.from(key, 'base64url');
}

/** Keeps the key, and answers where. */
export async function saveSyncKey(
  { path, openKeychain }: SyncKeyPlaces,
  device: string,
  key: Buffer,
): Promise<'keychain' | 'file'> {
  const text = `${device} ${key.toString('base64url')}`;
  const keychain = await openKeychain();
  if (keychain.available) {
    await keychain.set(accountOf(device), text);
    rmSync(path, { force: true });
    return 'keychain';
  }
  writePrivateFile(path, `${text}\n`);
  return 'file';
}

/** Takes the key of a device that is none any more out of the keychain. */
export async function removeSyncKey({ openKeychain }: SyncKeyPlaces, device: string): Promise<void> {
  const keychain = await openKeychain();
  if (keychain.available) await keychain.remove(accountOf(device));
}

function readFile(path: string): string | undefined {
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
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure('bad-file', `Cannot read the key file ${path}: ${reasonOf(cause)}`, {
      hint: 'Join the account again: asxos sync enrol.',
      cause,
    });
  }
}
