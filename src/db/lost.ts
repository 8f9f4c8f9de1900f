/**
 * A database file that is gone, or of no bytes, with backups beside it: a machine that lost its power, a disk that was
 * full or a slip of the hand may leave such a folder. A new database in its place would look as if the user's entries had
 * never been, and the daily backups of it would in time push out those that hold them.
 */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failure.ts';

/** What to say of it; undefined where the file holds something, or has never been backed up. */
export function whyLost(path: string): Failure | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !(isEmpty(found) && isEmpty(statSync(`${path}-wal`, { throwIfNoEntry: false })))) {
    return undefined;
  }
  if (!hasBackups(path)) return undefined;
  return new Failure('corrupt', `${path} is ${found === undefined ? 'gone' : 'empty'}, and there are backups of it`, {
    hint: 'Put one in its place: asxos restore lists them; to begin anew, move the folder backups away.',
  });
}

/** Whether nothing is in a file, by what `stat` says of it: it is not there, or has no bytes. */
export const isEmpty = (found: Stats | undefined): boolean =>
  found === undefined || (found.isFile() && found.size === 0);

function hasBackups(path: string): boolean {
  try {
    const names = readdirSync(join(dirname(path), 'backups'));
    return names.some(name => name.startsWith(`${basename(path, '.db')}-`) && name.endsWith('.db'));
  } catch {
    return false;
  }
}
