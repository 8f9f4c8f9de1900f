/**
 * Where a secret is kept: in the keychain of the operating system, or, where there is none and the user says so, in a
 * file that only its owner can read. A file comes first, since it is there only when somebody wanted it.
 */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { Failure } from '../failure.ts';
import type { Keychain } from './keychain.ts';
import { reasonOf, writePrivateFile } from './private-file.ts';

export type SecretPlace = 'keychain' | 'file';
export type KeptSecret = { readonly text: string; readonly where: SecretPlace };

export type SecretStore = {
  readonly path: string;
  /** Its name in the keychain. */
  readonly account: string;
  readonly openKeychain: () => Promise<Keychain>;
  /** What it is, after "the", like "key". */
  readonly what: string;
  /** The way out where there is no keychain, and where the file cannot be read. */
  readonly hints: { readonly noKeychain: string; readonly badFile: string };
};

/** The secret as it is kept; undefined where it is nowhere. The keychain is opened only where there is no file. */
export async function readSecret(store: SecretStore): Promise<KeptSecret | undefined> {
  const filed = readSecretFile(store);
  if (filed !== undefined) return { text: filed, where: 'file' };
  const keychain = await store.openKeychain();
  const kept = keychain.available ? await keychain.get(store.account) : undefined;
  return kept === undefined ? undefined : { text: kept, where: 'keychain' };
}

/** Keeps it in one place, and takes it out of the other, so that there is never an older one to find. */
export async function writeSecret(store: SecretStore, where: SecretPlace, text: string): Promise<void> {
  const keychain = await store.openKeychain();
  if (where === 'file') {
    writePrivateFile(store.path, `${text}\n`);
    if (keychain.available) await keychain.remove(store.account);
    return;
  }
  if (!keychain.available) throw noKeychain(store, keychain.reason);
  await keychain.set(store.account, text);
  rmSync(store.path, { force: true });
}

/** Puts another text where the secret is kept; in the keychain where it is nowhere. */
export async function replaceSecret(store: SecretStore, text: string): Promise<void> {
  const isFiled = statSync(store.path, { throwIfNoEntry: false }) !== undefined;
  if (isFiled) writePrivateFile(store.path, `${text}\n`);
  else await writeSecret(store, 'keychain', text);
}

/** Refuses a place that cannot keep anything, before there is anything to keep. */
export async function checkPlace(store: SecretStore, where: SecretPlace): Promise<void> {
  if (where === 'file') return;
  const keychain = await store.openKeychain();
  if (!keychain.available) throw noKeychain(store, keychain.reason);
}

/** Removes it wherever it is; the places it was removed from. */
export async function removeSecret(store: SecretStore): Promise<SecretPlace[]> {
  const removed: SecretPlace[] = [];
  const keychain = await store.openKeychain();
  if (keychain.available && (await keychain.remove(store.account))) removed.push('keychain');
  if (statSync(store.path, { throwIfNoEntry: false }) !== undefined) {
    rmSync(store.path);
    removed.push('file');
  }
  return removed;
}

const noKeychain = ({ what, hints }: SecretStore, reason: string): Failure =>
  new Failure('refused', `There is no keychain to store the ${what} in: ${reason}`, { hint: hints.noKeychain });

function readSecretFile({ path, what, hints }: SecretStore): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  // Windows keeps no such bits; a profile folder is private there.
  if (platform() !== 'win32' && (found.mode & 0o077) !== 0) {
    const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
    throw new Failure('refused', `The ${what} file ${path} can be read by others (mode ${mode}), so it is not used`, {
      hint: `Run: chmod 600 ${path}`,
    });
  }
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure('bad-file', `Cannot read the ${what} file ${path}: ${reasonOf(cause)}`, {
      hint: hints.badFile,
      cause,
    });
  }
}
