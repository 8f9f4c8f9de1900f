/**
 * Names of the data that a shell completes with: read at every Tab, so by one statement of a file that is there, and
 * nothing is made, migrated or waited for.
 */
import { existsSync } from 'node:fs';
import { connect } from './connection.ts';
import { applicationId } from './migrate.ts';
import { schemaVersion } from './schema.ts';

export type NameKind = 'portfolios' | 'owners' | 'codes' | 'jobs';

const queries: Readonly<Record<NameKind, string>> = {
  portfolios: 'SELECT name FROM portfolios WHERE archived_at IS NULL ORDER BY position',
  owners: 'SELECT name FROM owners ORDER BY name',
  // What was sold counts too: whether a security is still held takes the whole ledger to say.
  codes: `SELECT code FROM entries WHERE superseded_at IS NULL AND deleted = 0 AND code IS NOT NULL
    UNION SELECT code FROM watchlist ORDER BY code`,
  jobs: 'SELECT DISTINCT job FROM job_runs ORDER BY job',
};

export const nameKinds = Object.keys(queries) as readonly NameKind[];

/** The names, one a line in any terminal. A Failure where the file is locked or cannot be read. */
export function completionNames(path: string, kind: NameKind): string[] {
  if (!existsSync(path)) return [];
  const raw = connect(path, { readOnly: true });
  try {
    raw.pragma('busy_timeout = 0');
    const number = (pragma: string): number => Number(raw.pragma(pragma, { simple: true }));
    if (number('application_id') !== applicationId || number('user_version') > schemaVersion) return [];
    const names = raw.prepare<[], string>(queries[kind]).pluck().all();
    return names.filter(name => !/\p{Cc}/u.test(name));
  } finally {
    raw.close();
  }
}
