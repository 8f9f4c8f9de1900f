/**
 * Rows sealed on the device: what the account server stores and cannot read.
 *
 * Model: AES-256-GCM (NIST SP 800-38D) under a key that is derived from the account's data key, a fresh random nonce of 96
 * bits for each row that is sealed. What the server sees of a row (id, kind, clock, tombstone) is associated data, so that
 * a blob put under another row or version does not open. Content of more than a kilobyte is deflated first.
 * A row that is known by a word (a code, a rule) has an id that follows from the word by HMAC, so that two devices that
 * add the same have one row, and the server learns no word.
 *
 * Troubles a user sees: `SealBroken`, which says in a word why a row is not taken; the row is listed and left out.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Clock } from './clock.ts';
import type { RowVersion } from './merge.ts';
import type { SyncRow } from './messages.ts';

export const dataKeyLength = 32;
export const newDataKey = (): Buffer => randomBytes(dataKeyLength);

/** The keys that follow from the data key, each for one use. */
export type SealKeys = {
  /** Names the data key without telling it. */
  readonly keyId: string;
  readonly seal: Buffer;
  readonly name: Buffer;
};

const derived = (dataKey: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), `asxos sync ${use}`, dataKeyLength));

export const sealKeys = (dataKey: Buffer): SealKeys => ({
  keyId: createHash('sha256').update(derived(dataKey, 'key id')).digest('hex').slice(0, 16),
  seal: derived(dataKey, 'seal'),
  name: derived(dataKey, 'name'),
});

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The id of the row of a thing that is known by a word: a code, a rule, an owner's year. */
export function wordRowId({ name }: SealKeys, kind: string, word: string): string {
  const bytes = createHmac('sha256', name).update(`${kind}\n${word}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of the row of a thing that has an id of its own, which is a UUIDv7 unless another program made it. */
export const ownRowId = (keys: SealKeys, kind: string, id: string): string =>
  uuid7.test(id) ? id : wordRowId(keys, kind, id);

/** A clock's node that follows from content, so that two devices that stamp the same version give it the same clock. */
export const contentNode = ({ name }: SealKeys, content: string): string =>
  createHmac('sha256', name).update(content).digest('hex').slice(0, 12);

const nonceLength = 12;
const tagLength = 16;
const plainForm = 1;
const deflatedForm = 2;
const worthDeflating = 1024;
/** What a sealed blob may inflate to: nothing that a person writes is as much. */
const mostContent = 16_777_216;
/** What the server takes, in bytes before base64. */
const mostSealed = 98_304;

export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const associated = ({ id, kind, clock, deleted }: Pick<SyncRow, 'id' | 'kind' | 'clock' | 'deleted'>): Buffer =>
  Buffer.from(`asxos row 1\n${id}\n${kind}\n${clock}\n${deleted ? 1 : 0}`);

/** Encrypts; the answer is nonce, ciphertext and tag. */
export function encrypt(key: Buffer, bytes: Buffer, about: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** What `encrypt` was given; undefined where it was sealed by another key, about something else, or changed since. */
export function decrypt(key: Buffer, sealed: Buffer, about: Buffer): Buffer | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined;
  const nonce = sealed.subarray(0, nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
    .setAAD(about)
    .setAuthTag(sealed.subarray(-tagLength));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The row as it is pushed. A tombstone has a blob too, so that nobody but a device can make one. */
export function seal(keys: SealKeys, version: RowVersion): SyncRow {
  const { id, kind, clock, deleted, content } = version;
  const text = Buffer.from(content ?? '');
  const isLong = text.length > worthDeflating;
  const bytes = Buffer.concat([Buffer.from([isLong ? deflatedForm : plainForm]), isLong ? deflateRawSync(text) : text]);
  const blob = encrypt(keys.seal, bytes, associated(version));
  if (blob.length > mostSealed) throw new SealBroken('it is too long to be sent');
  return { id, kind, clock, deleted, blob: blob.toString('base64') };
}

/** The version in a row; throws `SealBroken` where the row is not as a device of this account sealed it. */
export function open(keys: SealKeys, row: SyncRow): RowVersion {
  const { id, kind, clock, deleted, blob } = row;
  if (blob === null) throw new SealBroken('it is not sealed');
  const bytes = decrypt(keys.seal, Buffer.from(blob, 'base64'), associated(row));
  if (bytes === undefined) throw new SealBroken('its seal is broken: it was changed, or sealed with another key');
  const rest = bytes.subarray(1);
  const text = bytes[0] === deflatedForm ? inflated(rest) : bytes[0] === plainForm ? rest : undefined;
  if (text === undefined) throw new SealBroken('it is of a newer asxos');
  return { id, kind, clock: clock satisfies Clock, deleted, content: text.length === 0 ? null : text.toString('utf8') };
}

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: mostContent });
  } catch (cause) {
    throw new SealBroken('it is too long', { cause });
  }
}
