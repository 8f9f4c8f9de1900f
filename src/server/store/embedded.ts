/** The store that needs no server: PostgreSQL compiled to WASM, in this process, on a folder of its own. */
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { Failure } from '../../failure.ts';
import type { Database, RunSql, Store } from './store.ts';

/** Opens the store in `folder`, which no other process may have open, or in memory; `dump` fills a new one. */
export async function openEmbedded(folder: string | undefined, dump?: Blob): Promise<Store> {
  return storeOf(await open(folder, dump), folder);
}

/** The store that an open database is. */
export const storeOf = (client: PGlite, folder = 'memory'): Store => ({
  db: drizzle(client) as unknown as Database,
  where: folder,
  inScript: work =>
    client.transaction(async transaction => {
      const run: RunSql = async (sql, values) => {
        if (values !== undefined) return (await transaction.query<Record<string, unknown>>(sql, [...values])).rows;
        const results = await transaction.exec(sql);
        return results.at(-1)?.rows ?? [];
      };
      return await work(run);
    }),
  close: () => client.close(),
});

async function open(folder: string | undefined, dump: Blob | undefined): Promise<PGlite> {
  const from = dump === undefined ? {} : { loadDataDir: dump };
  try {
    return await PGlite.create(folder === undefined ? from : { ...from, dataDir: folder });
  } catch (cause) {
    throw new Failure('corrupt', `The accounts in ${folder ?? 'memory'} cannot be opened: ${reason(cause)}`, {
      hint: 'Check that the folder can be written, or restore it from a backup.',
      cause,
    });
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
