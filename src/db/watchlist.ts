/** The securities that are watched, in the user's order. */
import { asc, eq, max } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { watchlist } from './schema.ts';

export type Watched = { readonly code: Code; readonly note?: string | undefined; readonly addedAt: Instant };

export const listWatched = (db: Database): Watched[] =>
  db.orm
    .select()
    .from(watchlist)
    .orderBy(asc(watchlist.position), asc(watchlist.code))
    .all()
    .map(({ code, note, addedAt }) => ({ code, note: known(note), addedAt }));

/** Watches a security, at the end of the list; false when it was watched already (its note is renewed when given). */
export function watch(db: Database, watched: Watched): boolean {
  db.assertTransaction();
  const { code, note, addedAt } = watched;
  const already = db.orm.select().from(watchlist).where(eq(watchlist.code, code)).get();
  if (already) {
    if (note !== undefined) db.orm.update(watchlist).set({ note }).where(eq(watchlist.code, code)).run();
    return false;
  }
  const last = db.orm
    .select({ position: max(watchlist.position) })
    .from(watchlist)
    .get();
  const position = (last?.position ?? 0) + 1;
  db.orm
    .insert(watchlist)
    .values({ code, position, note: note ?? null, addedAt })
    .run();
  return true;
}

/** False when it was not watched. */
export function unwatch(db: Database, code: Code): boolean {
  db.assertTransaction();
  return db.orm.delete(watchlist).where(eq(watchlist.code, code)).run().changes > 0;
}
