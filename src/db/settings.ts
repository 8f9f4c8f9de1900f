/** Settings: JSON values by key. What a value means and which keys there are is said where they are used. */
import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { settings } from './schema.ts';

/** The value, or undefined where nothing was set. It comes from a file: check its shape before use. */
export function readSetting(db: Database, key: string): unknown {
  const row = db.statement<{ value: string }>('SELECT value FROM settings WHERE key = ?').get(key);
  return row && JSON.parse(row.value);
}

/** `value` is anything that JSON can say; undefined or null removes the setting. */
export function writeSetting(db: Database, key: string, value: unknown): void {
  db.assertTransaction();
  if (value === undefined || value === null) {
    db.orm.delete(settings).where(eq(settings.key, key)).run();
    return;
  }
  db.orm.insert(settings).values({ key, value }).onConflictDoUpdate({ target: settings.key, set: { value } }).run();
}
