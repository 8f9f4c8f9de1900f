/** The EODHD key: where it is, storing and removing it. The key itself is never shown. */
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import { parseToken, removeToken, saveToken, type TokenSource } from '../host/token.ts';

export type KeyStatus = {
  readonly source: TokenSource | undefined;
  readonly keychain: { readonly available: boolean; readonly reason: string | undefined };
  /** The file that `key set --file` writes. */
  readonly file: string;
};

export async function keyStatus(app: App): Promise<KeyStatus> {
  const found = await app.findToken();
  const keychain = await app.tokenPlaces.openKeychain();
  return {
    source: found?.source,
    keychain: { available: keychain.available, reason: keychain.available ? undefined : keychain.reason },
    file: app.tokenPlaces.keyPath,
  };
}

export type KeyStored = {
  readonly where: 'keychain' | 'file';
  /** Whether EODHD accepted it; undefined where it could not be asked. */
  readonly accepted: boolean | undefined;
  /** Why it could not be asked. */
  readonly reason: string | undefined;
};

/** Asks EODHD whether it takes the key (free of charge), and stores it unless it is refused. */
export async function setKey(
  app: App,
  text: string,
  where: 'keychain' | 'file',
  signal?: AbortSignal,
): Promise<KeyStored> {
  if (app.simulated) {
    throw new Failure('refused', 'The demo needs no key', {
      hint: 'Leave --demo out to store one for the real market.',
    });
  }
  const token = parseToken(text);
  const reason = await whyUnchecked(app, token, signal);
  await saveToken(app.tokenPlaces, where, token);
  return { where, accepted: reason === undefined ? true : undefined, reason };
}

/** Undefined where EODHD accepted the key; a refused key is thrown. */
async function whyUnchecked(app: App, token: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const client = await app.eodhdWith(token);
  try {
    await client.user({ signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'unauthorised') {
      throw new Failure('unauthorised', 'EODHD refused this key, so it was not stored', {
        hint: 'Copy it again from your account page at eodhd.com.',
        cause: error,
      });
    }
    return error.message;
  } finally {
    await client.close();
  }
}

export const removeKey = (app: App): Promise<TokenSource[]> => removeToken(app.tokenPlaces);
