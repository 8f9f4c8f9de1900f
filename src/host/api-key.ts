/**
 * The key of the local API. It is random and long, so that its digest tells nothing of it: that alone is kept, in a file
 * of the owner's beside the database, and in no backup. The key itself is shown when it is made, and never again.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { Failure } from '../failure.ts';
import { reasonOf, writePrivateFile } from './private-file.ts';

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Makes a key in the place of the one there was. */
export function makeApiKey(path: string): string {
  const key = `asxos_${randomBytes(32).toString('base64url')}`;
  writePrivateFile(path, `sha256:${digestOf(key).toString('hex')}\n`);
  return key;
}

export const hasApiKey = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** False where there was none. */
export function removeApiKey(path: string): boolean {
  if (!hasApiKey(path)) return false;
  rmSync(path);
  return true;
}

/**
 * Whether this is the key; it takes as long for one that is nearly right as for any other. Where the file is not there or
 * cannot be read none is, and who asks is not told which.
 */
export function isApiKey(path: string, given: string): boolean {
  const kept = digestIn(path);
  return kept !== undefined && 'digest' in kept && timingSafeEqual(kept.digest, digestOf(given));
}

/** Undefined where there is none; a `bad-file` Failure where the file holds something else. */
export function readDigest(path: string): Buffer | undefined {
  const kept = digestIn(path);
  if (kept === undefined || 'digest' in kept) return kept?.digest;
  throw new Failure('bad-file', `Cannot read the file of the API key ${path}: ${kept.trouble}`, {
    hint: 'Make the key again: asxos api key.',
    cause: kept.cause,
  });
}

type Kept = { readonly digest: Buffer } | { readonly trouble: string; readonly cause?: unknown };

function digestIn(path: string): Kept | undefined {
  try {
    const hex = /^sha256:([0-9a-f]{64})\s*$/.exec(readFileSync(path, 'utf8'))?.[1];
    return hex === undefined ? { trouble: 'it is not what asxos api key writes' } : { digest: Buffer.from(hex, 'hex') };
  } catch (cause) {
    const trouble = reasonOf(cause);
    return trouble === 'ENOENT' ? undefined : { trouble, cause };
  }
}
