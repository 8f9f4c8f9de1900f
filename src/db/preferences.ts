/** Which kinds of alert the user wants, and how. A kind that was never set has no row, and is as by default. */
import { asc } from 'drizzle-orm';
import type { AlertPreference, AlertType } from '../domain/alerts/notification.ts';
import { defaultPreference } from '../domain/alerts/preferences.ts';
import type { Database } from './database.ts';
import { alertPreferences } from './schema.ts';

export const listPreferences = (db: Database): AlertPreference[] =>
  db.orm.select().from(alertPreferences).orderBy(asc(alertPreferences.type)).all();

/** The preference of one type: what was stored, else the default. */
export function preferenceOf(db: Database, type: AlertType): AlertPreference {
  const row = db
    .statement<{ enabled: number; settings: string }>('SELECT enabled, settings FROM alert_preferences WHERE type = ?')
    .get(type);
  if (row === undefined) return defaultPreference(type);
  return { type, enabled: row.enabled === 1, settings: JSON.parse(row.settings) };
}

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
