/** The store on a PostgreSQL server, or on what speaks its protocol. */
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { Failure } from '../../failure.ts';
import type { Database, RunSql, Store } from './store.ts';

/** Connections of one instance. PostgreSQL answers best with a few for each of its cores. */
const connections = 10;

const settings = [
  // A statement that hangs holds its connection: it is given up before the balancer gives up on us.
  "statement_timeout = '15s'",
  // Every statement reads one user by index, whoever that is: there is no better plan to look for each time.
  'plan_cache_mode = force_generic_plan',
];

/** Opens the store at `url` and asks it for a sign of life. */
export async function openPostgresql(url: string, onLost: (error: Error) => void): Promise<Store> {
  const where = withoutPassword(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    application_name: 'asxos',
    // Said here and not while connecting: poolers between us and the database refuse what they do not know there. What
    // the database itself does not know, it does without.
    onConnect: async client => {
      for (const setting of settings) await client.query(`set ${setting}`).catch(() => undefined);
    },
  });
  // An idle connection that the server closes; the next query opens another.
  pool.on('error', onLost);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new Failure('unavailable', `The database at ${where} cannot be reached: ${reason(cause)}`, {
      hint: 'Check DATABASE_URL, like postgres://user:password@host:5432/asxos, and that the server runs.',
      cause,
    });
  }
  return {
    db: drizzle(pool) as unknown as Database,
    where,
    inScript: async work => {
      const client = await pool.connect();
      const run: RunSql = async (sql, values) =>
        (await client.query<Record<string, unknown>>(sql, values === undefined ? undefined : [...values])).rows;
      try {
        await run('begin');
        // Another instance may be migrating for longer than a statement may take.
        await run('set local statement_timeout = 0');
        const result = await work(run);
        await run('commit');
        client.release();
        return result;
      } catch (error) {
        // Closed rather than put back: whatever was begun on it is undone.
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

/** The address without what opens it. */
function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : hostname;
  return `${host}${port === '' ? '' : `:${port}`}${pathname}`;
}

/** One sentence of why; several addresses that were tried are one error with many. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
