/**
 * What two devices know, put together.
 *
 * Model: a replica is the versions of rows, by row and clock. Of most kinds the version of the greatest clock is all that
 * counts, and a tombstone is a version like any other. The versions of entries only ever grow, and so do those of a kind
 * that this program does not know. Two versions of one row at one clock are one version; where their content differs
 * after all, the greater text is taken, so that everyone takes the same.
 *
 * Laws (tested on random replicas): merge is commutative, associative and idempotent, and loses no version of an entry.
 */
import type { Clock } from './clock.ts';

export type RowVersion = {
  readonly id: string;
  readonly kind: string;
  readonly clock: Clock;
  readonly deleted: boolean;
  /** JSON in one form; null where a tombstone says no more than that it is one. */
  readonly content: string | null;
};

/** Versions by row, then by clock. */
export type Replica = ReadonlyMap<string, ReadonlyMap<Clock, RowVersion>>;

/** Kinds of which the latest version is all there is. */
const latestAlone: ReadonlySet<string> = new Set([
  'owner',
  'portfolio',
  'import',
  'watch',
  'alert',
  'default-alert',
  'preference',
  'read',
  'targets',
  'income-decision',
  'tax-lock',
  'tax-fact',
  'cpi',
  'market-value',
  'device',
  'key',
]);

export const isGrowing = (kind: string): boolean => !latestAlone.has(kind);

const weight = ({ deleted, kind, content }: RowVersion): string => `${deleted ? 1 : 0}${kind}\n${content ?? ''}`;

/** The one that everyone takes of two versions at one clock. */
const taken = (a: RowVersion, b: RowVersion): RowVersion => (weight(a) >= weight(b) ? a : b);

/** The versions of one row that count among all that were seen of it. */
export function mergeRow(...seen: readonly Iterable<RowVersion>[]): Map<Clock, RowVersion> {
  const merged = new Map<Clock, RowVersion>();
  let latest: RowVersion | undefined;
  for (const versions of seen) {
    for (const version of versions) {
      const same = merged.get(version.clock);
      merged.set(version.clock, same === undefined ? version : taken(same, version));
    }
  }
  for (const version of merged.values()) if (latest === undefined || version.clock > latest.clock) latest = version;
  if (latest === undefined || isGrowing(latest.kind)) return merged;
  return new Map([[latest.clock, latest]]);
}

export function merge(a: Replica, b: Replica): Replica {
  const merged = new Map<string, ReadonlyMap<Clock, RowVersion>>();
  for (const id of new Set([...a.keys(), ...b.keys()])) {
    merged.set(id, mergeRow(a.get(id)?.values() ?? [], b.get(id)?.values() ?? []));
  }
  return merged;
}
