import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Instant, isoInstant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { makePrivateFolder } from '../folder.ts';
import { countEntries, stamp } from './backup-stamp.ts';
import { type Connection, connect } from './connection.ts';
import { troubled } from './trouble.ts';

/** "ASXO": marks a SQLite file as ours. */
export const applicationId = 0x41_53_58_4f;

type Migrations = { dir: string; version: number; now: () => Instant };

const numberOf = (db: Connection, pragma: string): number => Number(db.pragma(pragma, { simple: true }));
const isEmpty = (db: Connection): boolean => db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;

/** How many migrations the file has had. Refuses a file of another program and one of a newer asxos. */
export function versionOf(db: Connection, known: number): number {
  const version = numberOf(db, 'user_version');
  // In this order: another process may make it ours meanwhile, which gives it its tables and its mark at once.
  if (!isEmpty(db) && numberOf(db, 'application_id') !== applicationId) {
    throw new Failure('corrupt', `${db.name} is a database of another program, not of asxos`, {
      hint: 'Choose another data directory with --data-dir or ASXOS_DATA_DIR.',
    });
  }
  if (version > known) {
    throw new Failure(
      'newer-database',
      `${db.name} was made by a newer asxos (schema ${version}, this program knows ${known})`,
      { hint: 'Upgrade asxos, or restore a backup that was made by this version.' },
    );
  }
  return version;
}

/** The SQL of the migrations, oldest first, as drizzle-kit's journal lists them. */
function readMigrations(dir: string, version: number): string[] {
  const journal: unknown = JSON.parse(readFileSync(join(dir, 'meta', '_journal.json'), 'utf8'));
  const listed = journal !== null && typeof journal === 'object' && 'entries' in journal ? journal.entries : undefined;
  const tags = Array.isArray(listed) ? listed.map(entry => String(entry.tag)) : [];
  if (tags.length < version) throw new Error(`${dir} has ${tags.length} migrations, schema ${version} needs as many`);
  return tags.slice(0, version).map(tag => readFileSync(join(dir, `${tag}.sql`), 'utf8'));
}

/** Writes a consistent copy into `backups/` beside the file and returns its path. */
function copyAside(db: Connection, version: number, now: Instant): string {
  const folder = join(dirname(db.name), 'backups');
  const stamp = isoInstant(now).replace(/[-:]/g, '').replace(/\.\d+/, '');
  return troubled(folder, () => {
    makePrivateFolder(folder);
    for (let attempt = 1; ; attempt++) {
      const suffix = attempt === 1 ? '' : `-${attempt}`;
      const name = `${basename(db.name, '.db')}-schema${version}-${stamp}${suffix}.db`;
      const scratch = join(folder, `.${name}`);
      try {
        mkdirSync(scratch, { mode: 0o700 });
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST' && attempt < 100) continue;
        throw error;
      }
      // While the folder is there nobody else gives a copy this name.
      try {
        if (existsSync(join(folder, name))) continue;
        return fillCopy(db, join(scratch, name), join(folder, name), now);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    }
  });
}

/** The copy gets its name once it is whole: a process that is killed leaves no half of one among the backups. */
function fillCopy(db: Connection, draft: string, copy: string, now: Instant): string {
  // SQLite fills an empty file that is there already, so the copy is private from its first byte.
  const file = openSync(draft, 'wx', 0o600);
  try {
    db.prepare('VACUUM INTO ?').run(draft);
    sayWhenTaken(draft, now);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(draft, 0o600);
  renameSync(draft, copy);
  return copy;
}

function sayWhenTaken(draft: string, at: Instant): void {
  const copy = connect(draft, { readOnly: false });
  try {
    stamp(copy, { at, entries: countEntries(copy) ?? 0 });
  } finally {
    copy.close();
  }
}

function applyMigrations(db: Connection, from: number, migrations: Migrations): void {
  const scripts = readMigrations(migrations.dir, migrations.version).slice(from);
  for (const script of scripts) db.exec(script);
  const broken = db.prepare('PRAGMA foreign_key_check').all();
  if (broken.length > 0) throw new Error(`${broken.length} rows refer to rows that are gone`);
  db.pragma(`application_id = ${applicationId}`);
  db.pragma(`user_version = ${migrations.version}`);
}

const migrationFailure = (db: Connection, version: number, copy: string | undefined, error: unknown): Failure => {
  const why = error instanceof Error ? error.message : String(error);
  const code = error instanceof Failure ? error.code : 'corrupt';
  return new Failure(code, `${db.name} could not be brought to schema ${version} and was left as it was: ${why}`, {
    hint:
      [error instanceof Failure ? error.hint : undefined, copy && `A copy from before is ${copy}.`]
        .filter(each => each !== undefined)
        .join(' ') || undefined,
    cause: error,
  });
};

/**
 * Brings the file to the newest schema in one transaction. Where it holds data, a copy is put into `backups/` first. A
 * migration that fails leaves the file as it was. Several processes may do this at once: the first one migrates, the
 * others find it done.
 */
export function migrate(db: Connection, migrations: Migrations): void {
  if (versionOf(db, migrations.version) === migrations.version) return;
  // Rebuilding a table while foreign keys are on would delete the rows that refer to it; inside the transaction the
  // switch does nothing.
  db.pragma('foreign_keys = OFF');
  while (!migrateOnce(db, migrations));
  db.pragma('foreign_keys = ON');
}

/** False when another process wrote between the copy and the lock, so that the copy is out of date. */
function migrateOnce(db: Connection, migrations: Migrations): boolean {
  const seen = numberOf(db, 'data_version');
  const before = versionOf(db, migrations.version);
  const copy = before > 0 && !db.memory ? copyAside(db, before, migrations.now()) : undefined;
  const discardCopy = (): void => {
    if (copy !== undefined) rmSync(copy, { force: true });
  };
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(db, migrations.version);
    if (version === migrations.version) {
      db.exec('ROLLBACK');
      discardCopy();
      return true;
    }
    if (copy !== undefined && numberOf(db, 'data_version') !== seen) {
      db.exec('ROLLBACK');
      discardCopy();
      return false;
    }
    applyMigrations(db, version, migrations);
    db.exec('COMMIT');
    return true;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw migrationFailure(db, migrations.version, copy, error);
  }
}
