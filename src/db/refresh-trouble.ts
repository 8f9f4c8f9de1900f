/** Which kinds of failure refreshes have had since one worked: each is news once. */
import type { FailureCode } from '../failure.ts';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

const key = 'refresh.troubles';
/** `partly` is a refresh that brought something and not all. */
export type RefreshTrouble = FailureCode | 'partly';

const readTroubles = (db: Database): readonly unknown[] => {
  const stored = readSetting(db, key);
  return Array.isArray(stored) ? stored : [];
};

/** Notes a trouble; true where it is the first of its kind since a refresh worked. */
export function noteRefreshTrouble(db: Database, kind: RefreshTrouble): boolean {
  const known = readTroubles(db);
  // What came at least in part has reached the provider.
  const before = kind === 'partly' ? known.filter(each => each === kind) : known;
  writeSetting(db, key, [...new Set([...before, kind])]);
  return !known.includes(kind);
}

/** A refresh worked: the next failure is news again. */
export function forgetRefreshTroubles(db: Database): void {
  if (readTroubles(db).length > 0) writeSetting(db, key, undefined);
}
