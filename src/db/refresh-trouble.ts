/** What the inbox is told of refreshes that failed: once for each kind of failure until one works again. */
import type { Instant } from '../domain/date.ts';
import type { FailureCode } from '../failure.ts';
import type { Database } from './database.ts';
import { insertNotification } from './notifications.ts';
import { readSetting, writeSetting } from './settings.ts';

const key = 'refresh.troubles';
/** A refresh that brought something and not all. */
type Trouble = FailureCode | 'partly';

const readTroubles = (db: Database): readonly unknown[] => {
  const stored = readSetting(db, key);
  return Array.isArray(stored) ? stored : [];
};

/** Puts the trouble into the inbox, unless it was told of since the last refresh that worked. */
export function noteRefreshTrouble(
  db: Database,
  trouble: { readonly kind: Trouble; readonly message: string; readonly data: Readonly<Record<string, unknown>> },
  now: Instant,
): void {
  const { kind, message, data } = trouble;
  const known = readTroubles(db);
  // What came at least in part has reached the provider.
  const before = kind === 'partly' ? known.filter(each => each === kind) : known;
  writeSetting(db, key, [...new Set([...before, kind])]);
  if (known.includes(kind)) return;
  insertNotification(db, {
    type: 'system',
    priority: 'normal',
    title: kind === 'partly' ? 'A refresh failed in part' : 'A refresh failed',
    message,
    data,
    createdAt: now,
  });
}

/** A refresh worked: the next failure is news again. */
export function forgetRefreshTroubles(db: Database): void {
  if (readTroubles(db).length > 0) writeSetting(db, key, undefined);
}
