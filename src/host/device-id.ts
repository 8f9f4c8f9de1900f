import { linkSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.ts';
import { reasonOf, writePrivateFile } from './private-file.ts';

/**
 * The id by which servers know this data directory's device: random, made once, the same from then on. `path` is its
 * file; of two processes that make it at once both answer what one of them wrote.
 */
export function deviceId(path: string, newId: () => string): string {
  const known = readId(path);
  if (known !== undefined) return known;
  const id = newId();
  const draft = join(dirname(path), `.device-${id}`);
  writePrivateFile(draft, `${id}\n`);
  try {
    // A file that is there already is not replaced.
    linkSync(draft, path);
    return id;
  } catch {
    const others = readId(path);
    // Some file systems know no links.
    if (others === undefined) writePrivateFile(path, `${id}\n`);
    return others ?? id;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readId(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    if (reasonOf(cause) === 'ENOENT') return undefined;
    throw new Failure('bad-file', `Cannot read ${path}: ${reasonOf(cause)}`, {
      hint: 'Make it readable, or remove it: this device is then a new one to the account server.',
      cause,
    });
  }
  if (/^[\w-]{8,100}$/.test(text)) return text;
  throw new Failure('bad-file', `${path} holds no id`, {
    hint: 'Remove it: this device is then a new one to the account server.',
  });
}
