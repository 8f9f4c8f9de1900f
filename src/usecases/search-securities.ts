/** Securities by code or name: from the stored symbol list, else from EODHD's search. */
import type { App } from '../app.ts';
import { type CodeChange, codeChanges, countSecurities, searchSecurities, storeSecurities } from '../db/securities.ts';
import { readCode, type Security } from '../domain/market/security.ts';

export type SearchAnswer = {
  readonly securities: readonly Security[];
  readonly source: 'stored' | 'EODHD';
  /** Where the text is a code that a recorded rename has retired, what it is now. */
  readonly renamed: readonly CodeChange[];
};

/** The stored list answers at once and costs nothing; EODHD is asked only where there is no list (1 call). */
export async function findSecurities(app: App, text: string, limit: number): Promise<SearchAnswer> {
  const { db } = app;
  const wanted = readCode(text);
  const renamed = codeChanges(db).filter(change => change.oldCode === wanted);
  if (countSecurities(db) > 0) return { securities: searchSecurities(db, text, limit), source: 'stored', renamed };
  const client = await app.eodhd();
  try {
    const { securities } = await client.search(text);
    db.transaction(() => storeSecurities(db, securities, app.now()));
    return { securities: securities.slice(0, limit), source: 'EODHD', renamed };
  } finally {
    app.flushCalls();
  }
}

/** From the stored list alone, at once: for what is typed in the console. */
export const storedSecurities = (app: App, text: string, limit: number): Security[] =>
  searchSecurities(app.db, text, limit);

export const hasStoredSecurities = (app: App): boolean => countSecurities(app.db) > 0;
