/** The watchlist: securities followed without being held. */
import type { App } from '../app.ts';
import { countSecurities, findSecurity, securitiesOf } from '../db/securities.ts';
import { listWatched, unwatch, watch } from '../db/watchlist.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';

export type WatchChange = {
  readonly changed: readonly Code[];
  readonly unchanged: readonly Code[];
  readonly warnings: readonly string[];
};

/** Watches the codes. A code that the stored symbol list does not hold is watched with a warning. */
export function watchCodes(app: App, codes: readonly Code[], note?: string): WatchChange {
  const { db } = app;
  const added = db.transaction(() => codes.filter(code => watch(db, { code, note, addedAt: app.now() })));
  const listed = countSecurities(db) > 0;
  return {
    changed: added,
    unchanged: codes.filter(code => !added.includes(code)),
    warnings: added.flatMap(code =>
      listed && !findSecurity(db, code) ? [`${code} is not in the stored symbol list`] : [],
    ),
  };
}

/** A code that is not watched is a Failure, and nothing is removed. */
export function unwatchCodes(app: App, codes: readonly Code[]): WatchChange {
  const watched = new Set(watchedCodes(app));
  const unknown = codes.filter(code => !watched.has(code));
  if (unknown.length > 0) {
    throw new Failure('not-found', `${unknown.join(', ')}: not watched`, {
      hint: 'What is watched is listed by: asxos watch list.',
    });
  }
  const removed = app.db.transaction(() => codes.filter(code => unwatch(app.db, code)));
  return { changed: removed, unchanged: [], warnings: [] };
}

/** What is watched, with the names that are known. */
export function watchedSecurities(app: App): { code: Code; name: string | undefined }[] {
  const codes = watchedCodes(app);
  const securities = securitiesOf(app.db, codes);
  return codes.map(code => ({ code, name: securities.get(code)?.name }));
}

export const watchedCodes = (app: App): Code[] => listWatched(app.db).map(each => each.code);
