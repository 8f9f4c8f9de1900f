/** The one place that turns what SQLite and the file system refuse into a `Failure`. */
import Sqlite from 'better-sqlite3';
import { Failure } from '../failure.ts';

const damaged = (path: string, cause: unknown): Failure =>
  new Failure('corrupt', `${path} is damaged or is not an asxos database`, {
    hint: 'Put a good copy in its place: asxos restore lists those of the folder backups/ beside it.',
    cause,
  });

const unwritable = (path: string, why: string, hint: string, cause: unknown): Failure =>
  new Failure('cannot-write', `Cannot write ${path}: ${why}`, { hint, cause });

const checkFolder = 'Check the permissions of its folder, or choose another one with --data-dir or ASXOS_DATA_DIR.';
const freeSpace = 'Free some space and try again; nothing was changed.';

/** Reasons of the file system, by errno name. */
const fileTrouble: Record<string, readonly [why: string, hint: string]> = {
  EACCES: ['permission denied', checkFolder],
  EPERM: ['permission denied', checkFolder],
  EROFS: ['the file system is read-only', checkFolder],
  ENOTDIR: ['a part of its path is not a folder', checkFolder],
  EEXIST: ['a part of its path is not a folder', checkFolder],
  EISDIR: ['it is a folder', checkFolder],
  ENOENT: ['its folder cannot be made', checkFolder],
  ELOOP: ['its path goes round in circles', checkFolder],
  ENAMETOOLONG: ['its path is too long', checkFolder],
  ENOSPC: ['the disk is full', freeSpace],
  EDQUOT: ['the disk quota is used up', freeSpace],
};

const sqliteTrouble = (code: string, path: string, error: Error): Failure | undefined => {
  const [, family = ''] = /^SQLITE_([A-Z]+)/.exec(code) ?? [];
  switch (family) {
    case 'BUSY':
    case 'LOCKED':
    case 'PROTOCOL':
      return new Failure('locked', `${path} is being written by another asxos`, {
        hint: 'Wait until it has finished, then try again.',
        cause: error,
      });
    case 'CORRUPT':
    case 'NOTADB':
      return damaged(path, error);
    case 'FULL':
      return unwritable(path, 'the disk is full', freeSpace, error);
    case 'READONLY':
      return unwritable(path, 'it is read-only', checkFolder, error);
    case 'CANTOPEN':
    case 'PERM':
      return unwritable(path, 'it cannot be opened', checkFolder, error);
    case 'IOERR':
      // What readers and writers share beside the file could not be made as large as it has to be.
      if (code === 'SQLITE_IOERR_SHMSIZE') return unwritable(path, 'the disk is full', freeSpace, error);
      return unwritable(path, `the disk failed (${code})`, 'Check the disk; nothing was changed.', error);
    default:
      return undefined;
  }
};

/** The `Failure` that `error` is, where it is expected trouble with the file at `path`; else `error` itself. */
export function databaseTrouble(error: unknown, path: string): unknown {
  if (error instanceof Sqlite.SqliteError) return sqliteTrouble(error.code, path, error) ?? error;
  if (error instanceof Error && 'code' in error && 'syscall' in error) {
    const trouble = fileTrouble[String(error.code)];
    if (trouble) return unwritable(path, trouble[0], trouble[1], error);
  }
  return error;
}

/** Runs `work`; expected trouble with the file at `path` is thrown as a `Failure`. */
export function troubled<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw databaseTrouble(error, path);
  }
}
