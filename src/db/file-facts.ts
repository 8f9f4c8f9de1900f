/** What can be said of a database file without opening it as ours: for the doctor, who asks also of a damaged one. */
import { statSync } from 'node:fs';
import { Failure } from '../failure.ts';
import { connect } from './connection.ts';
import { whyEmptied } from './emptied.ts';
import { integrityTroubles, orphans } from './integrity.ts';
import { applicationId } from './migrate.ts';
import { schemaVersion } from './schema.ts';

export type FileFacts =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly trouble: string }
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
  const found = statSync(path, { throwIfNoEntry: false });
  const emptied = whyEmptied(path);
  if (emptied !== undefined) return { kind: 'unreadable', trouble: emptied.message };
  if (found === undefined || (found.isFile() && found.size === 0)) return { kind: 'absent' };
  try {
    const raw = connect(path, { readOnly: true });
    try {
      const number = (pragma: string): number => Number(raw.pragma(pragma, { simple: true }));
      const troubles = integrityTroubles(raw);
      return {
        kind: 'read',
        bytes: found.size,
        isOurs: number('application_id') === applicationId,
        schema: number('user_version'),
        known: schemaVersion,
        troubles,
        orphans: troubles.length > 0 ? [] : orphans(raw),
      };
    } finally {
      raw.close();
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { kind: 'unreadable', trouble: error.message };
  }
}
