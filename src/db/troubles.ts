/** Which kinds of trouble something has had since it last worked, kept as a setting: every kind is news once. */
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

const readTroubles = (db: Database, key: string): readonly unknown[] => {
  const stored = readSetting(db, key);
  return Array.isArray(stored) ? stored : [];
};

/** Notes a trouble; true where it is the first of its kind. `lasts` says which earlier kinds it does not end. */
export function noteTrouble(
  db: Database,
  key: string,
  kind: string,
  lasts: (earlier: unknown) => boolean = () => true,
): boolean {
  const known = readTroubles(db, key);
  const left = known.filter(lasts);
  const isNew = !known.includes(kind);
  if (isNew || left.length < known.length) writeSetting(db, key, [...new Set([...left, kind])]);
  return isNew;
}

/** It worked: the next trouble is news again. */
export function forgetTroubles(db: Database, key: string): void {
  if (readTroubles(db, key).length > 0) writeSetting(db, key, undefined);
}
