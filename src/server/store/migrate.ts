/**
 * Brings a store to the newest schema, in one transaction and under a lock. Any number of instances may start at once;
 * the first one migrates, and the others find it done.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../failure.ts';
import type { Store } from './store.ts';

/** "asxo": the key of the lock, which other users of the same database do not take. */
const lockKey = 0x61_73_78_6f;

const journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });

/** Migrates with the SQL of `folder` and answers how many migrations were new. */
export async function migrate(store: Store, folder: string): Promise<number> {
  const listed = journal.parse(JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')));
  const tags = listed.entries.map(({ tag }) => tag);
  return await store.inScript(async run => {
    await run('select pg_advisory_xact_lock($1)', [lockKey]);
    await run('create table if not exists account_migrations (tag text primary key, applied_at timestamptz not null)');
    const applied = (await run('select tag from account_migrations', [])).map(({ tag }) => String(tag));
    const unknown = applied.filter(tag => !tags.includes(tag));
    if (unknown.length > 0) {
      throw new Failure('newer-database', `The accounts at ${store.where} were made by a newer asxos (${unknown})`, {
        hint: 'Upgrade asxos, or restore a backup that was made by this version.',
      });
    }
    const pending = tags.filter(tag => !applied.includes(tag));
    for (const tag of pending) {
      await run(readFileSync(join(folder, `${tag}.sql`), 'utf8'));
      await run('insert into account_migrations (tag, applied_at) values ($1, now())', [tag]);
    }
    return pending.length;
  });
}
