/**
 * The one door to the local SQLite file: opening and migrating it, transactions, and the revision by which open views
 * know that something has changed. Everything is synchronous; what comes from the network is fetched first and stored
 * in one transaction after.
 *
 * Troubles a user sees, all as `Failure`: the file is damaged or of another program (`corrupt`), made by a newer asxos
 * (`newer-database`), gone or emptied though it was backed up (`corrupt`), locked by another process for longer than five
 * seconds (`locked`), or cannot be written (`cannot-write`).
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Statement } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { Channel } from '../domain/alerts/delivery.ts';
import type { Priority } from '../domain/alerts/notification.ts';
import type { Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { makePrivateFolder } from '../folder.ts';
import { busyTimeout, type Connection, connect } from './connection.ts';
import { watchEdits } from './edit-times.ts';
import { whyLost } from './lost.ts';
import { migrate, versionOf } from './migrate.ts';
import { schemaVersion } from './schema.ts';
import { troubled } from './trouble.ts';

export type DatabaseOptions = {
  /** The folder of the SQL migrations; read only when the file is not up to date. */
  readonly migrationsDir: string;
  /** Names the copy that is taken before a migration. */
  readonly now: () => Instant;
  readonly readOnly?: boolean;
  /** The schema to bring the file to: the newest, unless a migration is being tested. */
  readonly schema?: number;
  /** Asked when something is told; nothing goes out where it is absent. */
  readonly outbox?: () => Outbox;
};

/** By what notifications leave the console, and from which priority on. */
export type Outbox = { readonly channels: readonly Channel[]; readonly minPriority: Priority };

export type Database = ReturnType<typeof openDatabase>;

/** Opens the database at `path` (`:memory:` for one in memory), makes it when it is not there, and migrates it. */
export function openDatabase(path: string, options: DatabaseOptions) {
  const raw = openConnection(path, options);
  const statements = new Map<string, Statement<unknown[], unknown>>();
  const listeners = new Set<() => void>();
  let orm: BetterSQLite3Database | undefined;
  let revision = 1;
  let announced = revision;
  let watchesEdits = false;

  /** A prepared statement, kept for the next use of the same SQL. */
  const statement = <Row = unknown>(sql: string): Statement<unknown[], Row> => {
    const prepared = statements.get(sql) ?? raw.prepare<unknown[], unknown>(sql);
    statements.set(sql, prepared);
    return prepared as Statement<unknown[], Row>;
  };
  const dataVersion = raw.prepare<[], number>('PRAGMA data_version').pluck();
  const totalChanges = raw.prepare<[], number>('SELECT total_changes()').pluck();
  let seenVersion = dataVersion.get();

  const announce = (): void => {
    announced = revision;
    for (const listener of [...listeners]) listener();
  };

  const database = {
    path,
    outbox: options.outbox ?? ((): Outbox => ({ channels: [], minPriority: 'low' })),
    raw: raw as Omit<Connection, 'transaction'>,
    statement,
    /** Drizzle, for everyday queries. */
    get orm(): BetterSQLite3Database {
      orm ??= drizzle(raw);
      return orm;
    },
    /** Throws unless a transaction is open: whoever writes must have opened one. */
    assertTransaction(): void {
      if (!raw.inTransaction) throw new Error('A write outside a transaction');
    },
    /** Runs `work` (synchronous, not nested) in one write transaction; what it throws undoes it. */
    transaction<T>(work: () => T): T {
      if (raw.inTransaction) throw new Error('A transaction inside a transaction');
      // Who only reads does not pay for it.
      if (!watchesEdits) watchEdits(raw, options.now);
      watchesEdits = true;
      raw.exec('BEGIN IMMEDIATE');
      let result: T;
      let changed: boolean;
      try {
        const before = totalChanges.get();
        result = work();
        if (result instanceof Promise) throw new TypeError('A transaction cannot wait for a promise');
        changed = totalChanges.get() !== before;
        raw.exec('COMMIT');
      } catch (error) {
        if (raw.inTransaction) raw.exec('ROLLBACK');
        throw error;
      }
      if (changed) {
        revision++;
        announce();
      }
      return result;
    },
    /** A number that grows with every change, also one that another process has committed. */
    revision(): number {
      const version = dataVersion.get();
      if (version !== seenVersion) {
        seenVersion = version;
        revision++;
      }
      return revision;
    },
    /** Tells the listeners when another process has changed the file; true when it has. Call it from a timer. */
    noticeChanges(): boolean {
      if (database.revision() === announced) return false;
      announce();
      return true;
    },
    /** Calls `listener` after every change that was committed here or noticed; returns how to stop that. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close(): void {
      listeners.clear();
      raw.close();
    },
  };
  return database;
}

function openConnection(path: string, options: DatabaseOptions): Connection {
  const readOnly = options.readOnly ?? false;
  if (path !== ':memory:') {
    const lost = troubled(path, () => whyLost(path));
    if (lost !== undefined) throw lost;
    if (!readOnly) makeFile(path);
    else if (!existsSync(path)) throw new Failure('not-found', `There is no database at ${path}`);
  }
  const raw = connect(path, { readOnly });
  try {
    prepareConnection(raw, options, readOnly);
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

function prepareConnection(raw: Connection, options: DatabaseOptions, readOnly: boolean): void {
  const version = options.schema ?? schemaVersion;
  const found = versionOf(raw, version);
  if (readOnly && found < version) {
    throw new Failure('refused', `${raw.name} is of an older asxos (schema ${found}, this program needs ${version})`, {
      hint: 'Open it for writing once, and it is brought up to date.',
    });
  }
  if (!readOnly) {
    if (!raw.memory) switchToWriteAheadLog(raw);
    raw.pragma('synchronous = NORMAL');
    if (found < version) migrate(raw, { dir: options.migrationsDir, version, now: options.now });
  }
  raw.pragma('foreign_keys = ON');
}

/** Makes the file private to the user, and its folder too where that is new; SQLite gives -wal and -shm its mode. */
function makeFile(path: string): void {
  if (existsSync(path)) return;
  troubled(path, () => {
    makePrivateFolder(dirname(path));
    // `a` and not `wx`: another process may have made it by now.
    closeSync(openSync(path, 'a', 0o600));
  });
}

/**
 * SQLite does not wait when two processes switch a fresh file to the write-ahead log at once: the second is told at
 * once that it is locked. So the wait is done here.
 */
function switchToWriteAheadLog(raw: Connection): void {
  const pause = 20;
  for (let waited = 0; ; waited += pause) {
    try {
      raw.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const again = error instanceof Failure && error.code === 'locked' && waited < busyTimeout;
      if (!again) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
}
