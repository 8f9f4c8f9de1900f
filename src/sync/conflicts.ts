/** The entries that devices have changed without knowing of each other, and what each of them made of one. */
import type { Database } from '../db/database.ts';
import { entryVersions } from '../db/entries.ts';
import { forkedVersions } from '../db/sync-rows.ts';
import { entryKind } from '../db/synced-entries.ts';
import type { Instant } from '../domain/date.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { historyOf } from './entry-versions.ts';

export type Conflict = {
  readonly entry: string;
  readonly portfolio: string;
  /** By number, as the entry's versions are told; the last is the one that counts. */
  readonly versions: readonly {
    readonly version: number;
    readonly recordedAt: Instant;
    readonly deleted: boolean;
    readonly isCurrent: boolean;
    readonly entry: Entry;
  }[];
};

export function listConflicts(db: Database): Conflict[] {
  const rows = Map.groupBy(forkedVersions(db, entryKind), version => version.id);
  return [...rows.values()].flatMap(stored => {
    const history = historyOf(stored.filter(version => version.shown !== null));
    if (history === undefined || !history.isConflict) return [];
    const { id, portfolio } = history.current.content;
    const known = new Map(entryVersions(db, id).map(version => [version.version, version]));
    const versions = history.versions.flatMap((made, index) => {
      const version = known.get(index + 1);
      if (version === undefined || !history.heads.includes(made)) return [];
      const { deleted, recordedAt, entry } = version;
      return [{ version: index + 1, recordedAt, deleted, isCurrent: made === history.current, entry }];
    });
    return [{ entry: id, portfolio, versions }];
  });
}
