/**
 * Puts a backup in the place of the database.
 *
 * The file is copied first and only the copy is opened, so that the backup stays as it is; it is checked and, where it is
 * of an older asxos, brought up to date there. A sound database is then overwritten through SQLite (`pourInto`), which
 * consoles that have it open survive; a damaged one is moved aside and the copy takes its place.
 *
 * Troubles a user sees: a file that is no database or of another program (`bad-file`), a damaged one (`corrupt`), one of a
 * newer asxos (`newer-database`), a database that another process does not stop writing (`locked`).
 */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { makePrivateFolder } from '../folder.ts';
import { copyDatabase, pourInto } from './backup.ts';
import { removeStamp } from './backup-stamp.ts';
import { pathBefore } from './backups.ts';
import { connect } from './connection.ts';
import { integrityTroubles, orphans } from './integrity.ts';
import { isDraftOf, removeLeftovers } from './leftovers.ts';
import { applicationId } from './migrate.ts';
import { schemaVersion } from './schema.ts';
import { troubled } from './trouble.ts';

/** A folder beside the database, on the same disk; `remove` it when done. */
export function makeScratch(database: string): { path: string; remove: () => void } {
  const folder = dirname(database);
  const path = troubled(folder, () => {
    makePrivateFolder(folder);
    const beginning = '.restore-';
    const scratch = mkdtempSync(join(folder, beginning));
    removeLeftovers(folder, isDraftOf(beginning), scratch);
    return scratch;
  });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const magic = 'SQLite format 3\0';

function refuseOtherFiles(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Failure('not-found', `There is no file "${file}"`, { hint: 'Check its name.' });
  if (!found.isFile()) throw new Failure('invalid-input', `"${file}" is not a file`);
  const head = Buffer.alloc(magic.length);
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    readSync(handle, head, 0, head.length, 0);
  } catch (cause) {
    throw new Failure('bad-file', `"${file}" cannot be read`, { hint: 'Check its permissions.', cause });
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
  if (head.toString('latin1') !== magic) {
    throw new Failure('bad-file', `"${file}" is no asxos database`, {
      hint: 'Name a file that asxos backup wrote, or one of the folder backups/.',
    });
  }
}

/** Copies the backup at `file` into `scratch` and checks it there; the copy's path and the schema it has. */
export function stageBackup(file: string, scratch: string): { path: string; schema: number } {
  refuseOtherFiles(file);
  const path = join(scratch, 'backup.db');
  troubled(path, () => {
    copyFileSync(file, path);
    chmodSync(path, 0o600);
    // Of a database that was copied by hand while it was open.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${path}-wal`);
  });
  try {
    return { path, schema: checkStaged(file, path) };
  } catch (error) {
    // What is said is of the file that was named.
    if (!(error instanceof Failure) || error.code !== 'corrupt') throw error;
    throw damaged(file, error.message.includes(path) ? undefined : error.message, error);
  }
}

function checkStaged(file: string, path: string): number {
  const raw = connect(path, { readOnly: false });
  try {
    if (Number(raw.pragma('application_id', { simple: true })) !== applicationId) {
      throw new Failure('bad-file', `"${file}" is a database of another program, not of asxos`, {
        hint: 'Name a file that asxos backup wrote.',
      });
    }
    const schema = Number(raw.pragma('user_version', { simple: true }));
    if (schema > schemaVersion) {
      throw new Failure(
        'newer-database',
        `"${file}" was made by a newer asxos (schema ${schema}, this program knows ${schemaVersion})`,
        { hint: 'Upgrade asxos first.' },
      );
    }
    const [trouble] = [...integrityTroubles(raw), ...orphans(raw)];
    if (trouble !== undefined) throw damaged(file, trouble);
    return schema;
  } finally {
    raw.close();
  }
}

const damaged = (file: string, why: string | undefined, cause?: unknown): Failure =>
  new Failure('corrupt', `"${file}" is damaged${why === undefined ? '' : `: ${why}`}`, {
    hint: 'Choose an earlier backup; nothing was changed.',
    cause,
  });

/** Undefined where the database is whole, or is not there; else why it is not. */
export function whyDamaged(database: string): string | undefined {
  if (!existsSync(database) || statSync(database).size === 0) return undefined;
  try {
    const raw = connect(database, { readOnly: true });
    try {
      if (Number(raw.pragma('application_id', { simple: true })) !== applicationId) return 'it is of another program';
      return integrityTroubles(raw)[0];
    } finally {
      raw.close();
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'corrupt') return error.message;
    throw error;
  }
}

/**
 * Keeps what is there in `backups/` and puts the staged copy in its place; where it was kept. The staged file is used up.
 * `isDamaged` is what `whyDamaged` said: then the bytes are kept as they are.
 */
export async function replaceDatabase(
  database: string,
  staged: string,
  { isDamaged, now }: { isDamaged: boolean; now: Instant },
): Promise<string | undefined> {
  unstamp(staged);
  const isThere = existsSync(database);
  if (isThere && !isDamaged && statSync(database).size > 0) {
    const kept = pathBefore(database, 'restore', now);
    await copyDatabase(database, kept, { takenAt: now });
    await pourInto(staged, database);
    return kept;
  }
  const kept = isThere && isDamaged ? moveAside(database, now) : undefined;
  troubled(database, () => {
    for (const ending of endings.slice(1)) rmSync(`${database}${ending}`, { force: true });
    renameSync(staged, database);
  });
  return kept;
}

function unstamp(staged: string): void {
  const raw = connect(staged, { readOnly: false });
  try {
    removeStamp(raw);
  } finally {
    raw.close();
  }
}

const endings = ['', '-wal', '-shm'] as const;

/** The damaged database, and its log, as they are. */
function moveAside(database: string, now: Instant): string {
  const kept = pathBefore(database, 'restore-damaged', now);
  troubled(kept, () => {
    makePrivateFolder(dirname(kept));
    for (const ending of endings) {
      if (existsSync(`${database}${ending}`)) renameSync(`${database}${ending}`, `${kept}${ending}`);
    }
  });
  return kept;
}
