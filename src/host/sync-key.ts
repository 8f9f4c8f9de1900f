/**
 * The key that this device seals its rows with: in the keychain, or, where there is none, in a file that only its owner can
 * read. It belongs to one data directory, so its name in the keychain is that of the device.
 */
import { rmSync } from 'node:fs';
import type { Keychain } from './keychain.ts';
import { writePrivateFile } from './private-file.ts';
import { readSecretFile } from './secret-store.ts';

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

const readFile = (path: string): string | undefined =>
  readSecretFile({ path, what: 'key', badFile: 'Join the account again: asxos sync enrol.' });
