/** Which kinds of alert the user wants, and how. A kind that was never set has no row; its default is the caller's. */
import { asc } from 'drizzle-orm';
import type { AlertPreference } from '../domain/alerts/notification.ts';
import type { Database } from './database.ts';
import { alertPreferences } from './schema.ts';

export const listPreferences = (db: Database): AlertPreference[] =>
  db.orm.select().from(alertPreferences).orderBy(asc(alertPreferences.type)).all();

export function storePreference(db: Database, preference: AlertPreference): void {
  db.assertTransaction();
  const { type, enabled, settings } = preference;
  const values = { enabled, settings };
  db.orm
    .insert(alertPreferences)
    .values({ type, ...values })
    .onConflictDoUpdate({ target: alertPreferences.type, set: values })
    .run();
}
