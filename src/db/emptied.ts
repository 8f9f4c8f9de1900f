/**
 * A database file of no bytes with backups beside it: a machine that lost its power, or a disk that was full, may leave
 * one. SQLite would take it for a new database, and the user's entries would seem never to have been.
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failure.ts';

/** What to say of it; undefined where the file holds something, is not there, or has never been backed up. */
export function whyEmptied(path: string): Failure | undefined {
  const isEmpty = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true || !isEmpty(path) || !isEmpty(`${path}-wal`)) {
    return undefined;
  }
  if (!hasBackups(path)) return undefined;
  return new Failure('corrupt', `${path} is empty, and there are backups of it`, {
    hint: 'Put one in its place: asxos restore lists them; to begin anew, remove the empty file.',
  });
}

function hasBackups(path: string): boolean {
  try {
    const names = readdirSync(join(dirname(path), 'backups'));
    return names.some(name => name.startsWith(`${basename(path, '.db')}-`) && name.endsWith('.db'));
  } catch {
    return false;
  }
}
