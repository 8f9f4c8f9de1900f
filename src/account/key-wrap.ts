/**
 * The account's data key, wrapped: how a device that knows the passphrase, or the recovery code, comes to have it.
 *
 * Model: two rows of the kind `key`, one for the passphrase and one for the recovery code, each with its own id. A blob is
 * JSON: the name of the data key, how the wrapping key is made (scrypt, RFC 7914, N = 2^17, r = 8, p = 1, with a salt of
 * its own; HKDF for the recovery code, which is random already), and the data key in AES-256-GCM. Row, clock and
 * parameters are associated data. A new passphrase is a row at a later clock; only the latest is ever tried, so an earlier
 * passphrase no longer opens anything. Neither passphrase nor code nor key is ever sent.
 *
 * Troubles a user sees, as `Failure`: a wrong passphrase (`unauthorised`), a wrap that makes no sense (`bad-response`).
 */
import { hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { Failure } from '../failure.ts';
import type { Clock } from './clock.ts';
import type { SyncRow } from './messages.ts';
import { dataKeyLength, decrypt, encrypt, sealKeys } from './seal.ts';

export const keyKind = 'key';
export const passphraseRow = '00000000-0000-7000-8000-6b6579000001';
export const recoveryRow = '00000000-0000-7000-8000-6b6579000002';

type Derivation =
  | { readonly kdf: 'scrypt'; readonly cost: number; readonly blockSize: number; readonly parallel: number }
  | { readonly kdf: 'hkdf' };

type Wrap = {
  readonly keyId: string;
  readonly derivation: Derivation;
  readonly salt: string;
  readonly wrapped: string;
};

export const scryptCost = 2 ** 17;
/** More than a device should be made to spend by what a server answers. */
const mostCost = 2 ** 20;

const leastPassphrase = 10;

/** As typed on any keyboard: a letter with its accent is one letter. Never shows the passphrase. */
export function parsePassphrase(text: string): string {
  const passphrase = text.replace(/\r?\n$/, '').normalize('NFKC');
  if ([...passphrase].length < leastPassphrase) {
    throw new Failure('invalid-input', `A passphrase has at least ${leastPassphrase} characters`, {
      hint: 'Four or five words that nobody would guess do well. It is not the password of the account.',
    });
  }
  return passphrase;
}

type Place = Pick<SyncRow, 'id' | 'clock'>;

const about = ({ id, clock }: Place, { keyId, derivation, salt }: Omit<Wrap, 'wrapped'>): Buffer =>
  Buffer.from(`asxos key 1\n${id}\n${clock}\n${keyId}\n${JSON.stringify(derivation)}\n${salt}`);

function wrappingKey(secret: string | Buffer, salt: Buffer, derivation: Derivation): Promise<Buffer> {
  if (derivation.kdf === 'hkdf') {
    return Promise.resolve(Buffer.from(hkdfSync('sha256', secret, salt, 'asxos sync recovery', dataKeyLength)));
  }
  const { cost, blockSize, parallel } = derivation;
  const options = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, dataKeyLength, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

async function wrap(dataKey: Buffer, secret: string | Buffer, place: Place, derivation: Derivation): Promise<SyncRow> {
  const salt = randomBytes(16);
  const facts = { keyId: sealKeys(dataKey).keyId, derivation, salt: salt.toString('base64') };
  const key = await wrappingKey(secret, salt, derivation);
  const wrapped = encrypt(key, dataKey, about(place, facts)).toString('base64');
  const blob = Buffer.from(JSON.stringify({ ...facts, wrapped } satisfies Wrap)).toString('base64');
  return { ...place, kind: keyKind, deleted: false, blob };
}

export const wrapByPassphrase = (
  dataKey: Buffer,
  passphrase: string,
  clock: Clock,
  cost: number = scryptCost,
): Promise<SyncRow> =>
  wrap(dataKey, passphrase, { id: passphraseRow, clock }, { kdf: 'scrypt', cost, blockSize: 8, parallel: 1 });

export const wrapByRecovery = (dataKey: Buffer, secret: Buffer, clock: Clock): Promise<SyncRow> =>
  wrap(dataKey, secret, { id: recoveryRow, clock }, { kdf: 'hkdf' });

/** The wrap in a row; undefined where it makes no sense. */
function readWrap({ blob }: SyncRow): Wrap | undefined {
  let found: unknown;
  try {
    found = JSON.parse(Buffer.from(blob ?? '', 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
  const { keyId, derivation, salt, wrapped } = (found ?? {}) as Partial<Record<keyof Wrap, unknown>>;
  if (typeof keyId !== 'string' || typeof salt !== 'string' || typeof wrapped !== 'string') return undefined;
  const how = readDerivation(derivation);
  return how && { keyId, derivation: how, salt, wrapped };
}

function readDerivation(value: unknown): Derivation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kdf, cost, blockSize, parallel } = value as Record<string, unknown>;
  if (kdf === 'hkdf') return { kdf };
  const isKnown = kdf === 'scrypt' && typeof cost === 'number' && blockSize === 8 && parallel === 1;
  if (!isKnown || cost < 2 || cost > mostCost || !Number.isInteger(Math.log2(cost))) return undefined;
  return { kdf, cost, blockSize, parallel };
}

/** Which data key a row wraps; undefined where it is no such row. */
export const keyIdOf = (row: SyncRow): string | undefined => readWrap(row)?.keyId;

/** The data key in a row; undefined where the secret is not the one that it was wrapped with. */
export async function unwrap(row: SyncRow, secret: string | Buffer): Promise<Buffer | undefined> {
  const found = readWrap(row);
  if (found === undefined) {
    throw new Failure('bad-response', "The account's key on the server makes no sense to this asxos", {
      hint: 'Upgrade asxos, or enrol again from a device that has the key: asxos sync passphrase.',
    });
  }
  const key = await wrappingKey(secret, Buffer.from(found.salt, 'base64'), found.derivation);
  const dataKey = decrypt(key, Buffer.from(found.wrapped, 'base64'), about(row, found));
  return dataKey?.length === dataKeyLength && sealKeys(dataKey).keyId === found.keyId ? dataKey : undefined;
}
