import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { reasonOf } from './private-file.ts';

type Keytar = typeof import('keytar');

/** The operating system's keychain, or the reason why there is none. Secrets are kept under the service `asxos`. */
export type Keychain =
  | {
      readonly available: true;
      readonly get: (account: string) => Promise<string | undefined>;
      readonly set: (account: string, secret: string) => Promise<void>;
      /** True when there was something to remove. */
      readonly remove: (account: string) => Promise<boolean>;
    }
  | { readonly available: false; readonly reason: string };

const service = 'asxos';
/** Long enough to type a password into the system's unlock window. */
const patience = 60_000;

const loadKeytar = async (): Promise<Keytar> => (await import('keytar')).default;

/**
 * Opens the keychain and proves that it works with a probe entry (set, get, delete): a locked keyring answers "not
 * found" to every read, which would otherwise look like a key that was never stored. Never throws.
 */
export async function openKeychain(load: () => Promise<Keytar> = loadKeytar, limit = patience): Promise<Keychain> {
  let keytar: Keytar;
  try {
    keytar = await load();
  } catch (error) {
    return {
      available: false,
      reason: `its optional part (keytar) ${isMissing(error) ? 'is not installed' : `cannot load: ${reasonOf(error)}`}`,
    };
  }
  const trouble = await inTime(findTrouble(keytar), limit);
  if (trouble !== undefined) return { available: false, reason: trouble };
  return {
    available: true,
    get: async account => (await asked(keytar.getPassword(service, account), account, 'read')) ?? undefined,
    set: async (account, secret) => await asked(keytar.setPassword(service, account, secret), account, 'stored'),
    remove: async account => await asked(keytar.deletePassword(service, account), account, 'removed'),
  };
}

const isMissing = (error: unknown): boolean => /^(ERR_)?MODULE_NOT_FOUND$/.test(reasonOf(error));

async function findTrouble(keytar: Keytar): Promise<string | undefined> {
  const account = `probe-${randomUUID()}`;
  const secret = randomUUID();
  try {
    await keytar.setPassword(service, account, secret);
    const found = await keytar.getPassword(service, account);
    await keytar.deletePassword(service, account);
    return found === secret ? undefined : 'it did not give back what was stored; it may be locked';
  } catch (error) {
    return `it refused: ${reasonOf(error)}`;
  }
}

async function inTime(answer: Promise<string | undefined>, limit: number): Promise<string | undefined> {
  const stop = new AbortController();
  const late = wait(limit, `it did not answer within ${Math.ceil(limit / 1000)} s; it may be locked`, {
    signal: stop.signal,
  });
  // Aborting the wait rejects it; by then nobody listens, which is meant.
  late.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    stop.abort();
  }
}

async function asked<T>(answer: Promise<T>, account: string, did: string): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const isKey = account === 'eodhd';
    const what = isKey ? 'the key' : 'the sign-in';
    throw new Failure('unauthorised', `The keychain refused: ${what} could not be ${did} (${reasonOf(cause)})`, {
      hint: `Unlock the keychain, or ${isKey ? 'set EODHD_API_TOKEN' : 'sign in with asxos account login --file'}.`,
      cause,
    });
  }
}
