/** A store as the rest of the server sees it, whichever PostgreSQL is behind it. */
import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { Failure } from '../../failure.ts';

/** The database, or one transaction of it. */
export type Database = PgDatabase<PgQueryResultHKT>;

export type Store = {
  readonly db: Database;
  /** In words: where the rows are. */
  readonly where: string;
  /** Runs `work` in one transaction; what it is given runs scripts of several statements. */
  readonly inScript: <T>(work: (run: RunSql) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Asks for a sign of life; throws where there is none. */
export async function ask(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}

/** Runs SQL and answers the rows of its last statement. With values it is one statement. */
export type RunSql = (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** Loads a package that is installed only where accounts are served. */
export async function loadOptional<T>(load: () => Promise<T>, packages: string): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(cause.code));
    if (!isMissing) throw cause;
    throw new Failure('unavailable', `asxos serve needs the package ${packages}, which is not installed`, {
      hint: `Run: npm install ${packages}`,
      cause,
    });
  }
}
