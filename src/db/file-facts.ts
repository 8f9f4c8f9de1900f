/** What can be said of a database file without opening it as ours: for the doctor, who asks also of a damaged one. */
import { statSync } from 'node:fs';
import { Failure } from '../failure.ts';
import { type Connection, connect } from './connection.ts';
import { integrityTroubles, integrityTroublesByTable, orphans } from './integrity.ts';
import { isEmpty, whyLost } from './lost.ts';
import { applicationId } from './migrate.ts';
import { schemaVersion } from './schema.ts';
import { troubled } from './trouble.ts';

export type FileFacts =
  | { readonly kind: 'absent' }
  /** Damaged, or not to be reached by this user: then its bytes may be well. */
  | { readonly kind: 'unreadable'; readonly trouble: string; readonly isBarred: boolean }
  | {
      readonly kind: 'read';
      readonly bytes: number;
      readonly isOurs: boolean;
      /** Migrations that the file has had, and that this program knows. */
      readonly schema: number;
      readonly known: number;
      readonly troubles: readonly string[];
      readonly orphans: readonly string[];
    };

/** Reads the whole file, and writes nothing into it. */
export function fileFacts(path: string): FileFacts {
  const raw = openToLook(path);
  if ('kind' in raw) return raw;
  try {
    return factsOf(raw, path, integrityTroubles(raw));
  } catch (error) {
    return unreadable(error);
  } finally {
    raw.close();
  }
}

/** The same with a pause after each table: for a process that has keys to answer meanwhile. */
export async function fileFactsGently(path: string): Promise<FileFacts> {
  const raw = openToLook(path);
  if ('kind' in raw) return raw;
  try {
    return factsOf(raw, path, await integrityTroublesByTable(raw));
  } catch (error) {
    return unreadable(error);
  } finally {
    raw.close();
  }
}

function openToLook(path: string): Connection | FileFacts {
  try {
    const found = troubled(path, () => statSync(path, { throwIfNoEntry: false }));
    const lost = whyLost(path);
    if (lost !== undefined) return unreadable(lost);
    if (isEmpty(found)) return { kind: 'absent' };
    return connect(path, { readOnly: true });
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): FileFacts {
  if (!(error instanceof Failure)) throw error;
  return { kind: 'unreadable', trouble: error.message, isBarred: error.code === 'cannot-write' };
}

function factsOf(raw: Connection, path: string, troubles: readonly string[]): FileFacts {
  const number = (pragma: string): number => Number(raw.pragma(pragma, { simple: true }));
  return {
    kind: 'read',
    bytes: statSync(path).size,
    isOurs: number('application_id') === applicationId,
    schema: number('user_version'),
    known: schemaVersion,
    troubles,
    orphans: troubles.length > 0 ? [] : orphans(raw),
  };
}
