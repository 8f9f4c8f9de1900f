/** Who knew what when: every entry that was recorded, edited, deleted or brought back, in the order it happened. */
import type { App } from '../app.ts';
import { type EntryVersion, recordedVersions } from '../db/entries.ts';
import { readScope, type Scope } from '../db/scope.ts';
import type { Instant } from '../domain/date.ts';
import type { Entry } from '../domain/ledger/entry.ts';

export type EntryEvent = {
  readonly at: Instant;
  readonly what: 'recorded' | 'edited' | 'deleted' | 'restored';
  /** As it is from then on; of a deletion, as it was. */
  readonly entry: Entry;
  /** What it was until then, of an edit. */
  readonly before: Entry | undefined;
  readonly version: number;
  /** The portfolio's name. */
  readonly portfolio: string;
};

export type EntryLog = {
  readonly scope: Scope;
  /** Oldest first. */
  readonly events: readonly EntryEvent[];
  /** Events that fit, also those beyond the limit. */
  readonly count: number;
};

export type LogQuestion = {
  readonly portfolio?: string | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** The last ones. */
  readonly limit?: number | undefined;
};

export function viewEntryLog(app: App, { portfolio, from = 0, to, limit }: LogQuestion = {}): EntryLog {
  const scope = readScope(app.db, portfolio);
  const ids = scope.portfolios.map(each => each.id);
  const names = new Map(scope.portfolios.map(each => [each.id, each.name]));
  const last = new Map<string, EntryVersion>();
  const events: EntryEvent[] = [];
  // An edit is one by the version before it, which may be older than the instant that is asked from.
  for (const version of recordedVersions(app.db, ids, { to })) {
    const before = last.get(version.entry.id);
    last.set(version.entry.id, version);
    if (version.recordedAt < from) continue;
    const what = whatHappened(version, before);
    events.push({
      at: version.recordedAt,
      what,
      entry: version.entry,
      before: what === 'edited' ? before?.entry : undefined,
      version: version.version,
      portfolio: names.get(version.entry.portfolio) ?? '',
    });
  }
  return { scope, events: limit === undefined ? events : events.slice(-limit), count: events.length };
}

function whatHappened(version: EntryVersion, before: EntryVersion | undefined): EntryEvent['what'] {
  if (version.deleted) return 'deleted';
  if (before === undefined) return 'recorded';
  return before.deleted ? 'restored' : 'edited';
}
