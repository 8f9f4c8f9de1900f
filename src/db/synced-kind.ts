/**
 * One kind of what syncs, as it lies in the console's tables: read whole, and written row by row. Content is what another
 * device needs to have the same row; it is checked before it is written, for it may come from a newer asxos.
 */
import type { Instant } from '../domain/date.ts';
import { readCode } from '../domain/market/security.ts';
import type { Database } from './database.ts';

export type Content = Readonly<Record<string, unknown>>;

export type LocalRow = {
  readonly content: Content /** When it was last changed, where that is known. */;
  readonly editedAt?: Instant;
};

export type SyncedKind = {
  readonly kind: string;
  /** The tables it lies in. */
  readonly tables: readonly string[];
  /** True where the key is an id that was made for the row, false where it is a word that people know it by. */
  readonly hasOwnId: boolean;
  readonly keyOf: (content: Content) => string;
  readonly read: (db: Database) => LocalRow[];
  /** What of the content is stored here, in one order: the same for the same row, read or received. */
  readonly picked: (content: Content) => Content;
  /** Whether every word of it makes sense to this program. */
  readonly isReadable: (content: Content) => boolean;
  /** Whether what it refers to is there. */
  readonly isReady: (db: Database, content: Content) => boolean;
  /** False where it cannot be shown now. */
  readonly write: (db: Database, content: Content) => boolean;
  readonly remove: (db: Database, content: Content) => void;
  /** Whether a row that was shown and is no longer read was deleted by the user; always, where absent. */
  readonly isDeletion?: (db: Database, content: Content) => boolean;
};

const forms = {
  text: (value: unknown) => typeof value === 'string',
  integer: (value: unknown) => Number.isSafeInteger(value),
  flag: (value: unknown) => value === 0 || value === 1,
  decimal: (value: unknown) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  date: (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  code: (value: unknown) => typeof value === 'string' && readCode(value) === value,
  json: (value: unknown) => typeof value === 'string' && isJsonObject(value),
} as const;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

type Form = keyof typeof forms;
/** What a column holds; with a question mark, or null. A list of words is a choice. */
export type Fields = Readonly<Record<string, Form | `${Form}?` | readonly string[]>>;

export const areReadable = (fields: Fields, content: Content): boolean =>
  Object.entries(fields).every(([name, form]) => {
    const value = content[name];
    if (typeof form === 'object') return form.some(word => word === value);
    if (form.endsWith('?') && value === null) return true;
    return forms[form.replace('?', '') as Form](value);
  });

export const pick = (fields: Fields, content: Content): Content =>
  Object.fromEntries(Object.keys(fields).map(name => [name, content[name] ?? null]));

export const exists = (db: Database, table: string, id: unknown): boolean =>
  db.statement(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;

/** Does what `work` does, or nothing where the database refuses a value of it; answers which. */
export function attempt(db: Database, work: () => boolean): boolean {
  db.assertTransaction();
  db.raw.exec('SAVEPOINT synced_row');
  try {
    return work();
  } catch (error) {
    const isRefused = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT');
    if (!isRefused) throw error;
    db.raw.exec('ROLLBACK TO synced_row');
    return false;
  } finally {
    db.raw.exec('RELEASE synced_row');
  }
}
