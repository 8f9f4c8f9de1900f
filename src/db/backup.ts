/**
 * Copies of a database file: consistent while others write to it, checked, and put in their place in one step.
 *
 * A copy is taken through SQLite's backup API from one snapshot (a read transaction held open), so that a refresh that
 * writes meanwhile neither tears it nor makes it begin again; between pages the event loop has its turn. It is a single
 * file without a write-ahead log, readable by its owner alone. It holds no secret: keys and passwords are in the
 * keychain, never in the database.
 *
 * Troubles a user sees: no database to copy, one of another program or damaged (`corrupt`), a place that cannot be
 * written (`cannot-write`); then nothing is left behind, and what was there before stays.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { makePrivateFolder } from '../folder.ts';
import { type BackupStamp, countEntries, stamp } from './backup-stamp.ts';
import { type Connection, connect } from './connection.ts';
import { integrityTroubles, integrityTroublesByTable } from './integrity.ts';
import { isDraftOf, removeLeftovers } from './leftovers.ts';
import { whyLost } from './lost.ts';
import { versionOf } from './migrate.ts';
import { databaseTrouble, troubled } from './trouble.ts';

export type CopyOptions = {
  /** Whether a file of that name may be replaced. */
  readonly replace?: boolean;
  /** Whether the process has keys to answer meanwhile: the copy is checked a table at a time. */
  readonly gently?: boolean;
  /** Of a copy that is kept: what it says of when it was taken. */
  readonly takenAt?: Instant | undefined;
};

export type Copied = { readonly path: string; readonly bytes: number; readonly schema: number };

/** Pages between two turns of the event loop: 4 MB. */
const pagesAtOnce = 1024;

/** Copies the database at `from` to the file `to`. */
export async function copyDatabase(from: string, to: string, options: CopyOptions = {}): Promise<Copied> {
  const { replace = false, gently = false, takenAt } = options;
  const lost = whyLost(from);
  if (lost !== undefined) throw lost;
  if (!existsSync(from)) {
    throw new Failure('not-found', `There is no database at ${from}`, { hint: 'There is nothing to back up yet.' });
  }
  refusePlace(to, replace);
  const scratch = makeScratch(to);
  const draft = join(scratch, basename(to));
  try {
    const entries = await copySnapshot(from, draft);
    const taken = takenAt === undefined || entries === undefined ? undefined : { at: takenAt, entries };
    const schema = await finishCopy(draft, gently, taken);
    const { size } = statSync(draft);
    troubled(to, () => {
      chmodSync(draft, 0o600);
      flush(draft);
      refusePlace(to, replace);
      renameSync(draft, to);
    });
    return { path: to, bytes: size, schema };
  } catch (error) {
    throw saidOf(to, draft, error);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A folder beside `to`, on the same disk. */
function makeScratch(to: string): string {
  try {
    return troubled(to, () => {
      makePrivateFolder(dirname(to));
      const beginning = `.${basename(to)}-`;
      const scratch = mkdtempSync(join(dirname(to), beginning));
      removeLeftovers(dirname(to), isDraftOf(beginning), scratch);
      return scratch;
    });
  } catch (error) {
    throw saidOf(to, to, error);
  }
}

/** Trouble with the draft is trouble with the place that was named. */
function saidOf(to: string, draft: string, error: unknown): unknown {
  if (!(error instanceof Failure) || error.code !== 'cannot-write') return error;
  const hint = error.hint?.replace(/, or choose another one with .*/, ', or choose another place.');
  return new Failure(error.code, error.message.replaceAll(draft, to), { hint, cause: error });
}

function refusePlace(path: string, replace: boolean): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw new Failure('cannot-write', `${path} is a folder`, {
      hint: `Name a file in it, like ${join(path, 'asxos.db')}.`,
    });
  }
  if (found !== undefined && !replace) {
    throw new Failure('cannot-write', `${path} is there already`, {
      hint: 'Choose another name, or replace it with --force.',
    });
  }
}

/** Answers how many versions of entries there are in the snapshot. */
async function copySnapshot(from: string, to: string): Promise<number | undefined> {
  const source = connect(from, { readOnly: true });
  try {
    // Any number of schema: a backup is there for what this program cannot open, too.
    versionOf(source, Number.MAX_SAFE_INTEGER);
    source.exec('BEGIN');
    // The snapshot begins with the first read.
    const entries = countEntries(source);
    await pour(source, to);
    return entries;
  } finally {
    source.close();
  }
}

/** Fills the file at `to`; false where somebody else holds it. */
async function pour(source: Connection, to: string): Promise<boolean> {
  try {
    const { totalPages } = await source.backup(to, { progress: () => pagesAtOnce });
    // A destination that is locked is told as a copy of no pages.
    return totalPages > 0;
  } catch (error) {
    throw databaseTrouble(error, to);
  }
}

/** The schema of the copy, which is whole and a file by itself, and says when it was taken. */
async function finishCopy(path: string, gently: boolean, taken: BackupStamp | undefined): Promise<number> {
  const copy = connect(path, { readOnly: false });
  try {
    copy.pragma('journal_mode = DELETE');
    if (taken !== undefined) stamp(copy, taken);
    const troubles = gently ? await integrityTroublesByTable(copy) : integrityTroubles(copy);
    if (troubles.length > 0) throw damagedCopy(troubles);
    return versionOf(copy, Number.MAX_SAFE_INTEGER);
  } finally {
    copy.close();
  }
}

const damagedCopy = ([first = '']: readonly string[]): Failure =>
  new Failure('corrupt', `The copy is damaged, because what it is of is: ${first}`, {
    hint: 'Nothing was kept of it. See what is wrong: asxos doctor.',
  });

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Milliseconds that others may hold the database before a restore gives up, and between two attempts. */
const patience = 5_000;
const between = 50;

/**
 * Writes the database at `from` into the one at `to`, as one transaction of SQLite: consoles that have it open see the
 * new data with their next read, and a process that dies in between leaves the old. `Failure('locked')` where another
 * process does not stop writing.
 */
export async function pourInto(from: string, to: string, waitFor = patience): Promise<void> {
  const source = connect(from, { readOnly: true });
  try {
    for (let waited = 0; !(await pour(source, to)); waited += between) {
      if (waited >= waitFor) {
        throw new Failure('locked', `${to} is being written by another asxos`, {
          hint: 'Wait until it has finished, or close it, then try again; nothing was changed.',
        });
      }
      await new Promise(resolve => setTimeout(resolve, between));
    }
  } finally {
    source.close();
  }
  const target = connect(to, { readOnly: false });
  try {
    target.pragma('wal_checkpoint(TRUNCATE)');
    const troubles = integrityTroubles(target);
    if (troubles.length > 0) throw damagedCopy(troubles);
  } finally {
    target.close();
  }
}
