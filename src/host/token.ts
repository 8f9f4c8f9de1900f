import { Failure } from '../failure.ts';
import type { Keychain } from './keychain.ts';
import { readSecret, removeSecret, type SecretPlace, type SecretStore, writeSecret } from './secret-store.ts';

export type TokenSource = 'environment' | SecretPlace;
export type FoundToken = { readonly token: string; readonly source: TokenSource };

/** Where an EODHD key can live. The keychain is opened only when the environment has none. */
export type TokenPlaces = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keyPath: string;
  readonly openKeychain: () => Promise<Keychain>;
};

const badFile = 'Store the key again: asxos key set --file.';
const storeOf = ({ keyPath, openKeychain }: TokenPlaces): SecretStore => ({
  path: keyPath,
  account: 'eodhd',
  openKeychain,
  what: 'key',
  hints: {
    noKeychain: 'Set EODHD_API_TOKEN, or store the key in a file that only you can read: asxos key set --file.',
    badFile,
  },
});

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
  const kept = await readSecret(storeOf(places));
  if (kept === undefined) return undefined;
  const { text, where } = kept;
  return { token: where === 'file' ? tokenOfFile(places.keyPath, text) : text, source: where };
}

/** Stores the key in one place, and takes it out of the other, so that there is never an older one to find. */
export async function saveToken(places: TokenPlaces, where: SecretPlace, text: string): Promise<void> {
  await writeSecret(storeOf(places), where, parseToken(text));
}

/** Removes the stored key wherever it is; the places it was removed from. The environment is the user's own. */
export const removeToken = (places: TokenPlaces): Promise<SecretPlace[]> => removeSecret(storeOf(places));

function tokenOfFile(path: string, text: string): string {
  try {
    return parseToken(text);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    throw new Failure('bad-file', `Cannot read the key file ${path}: ${cause.message}`, { hint: badFile, cause });
  }
}
