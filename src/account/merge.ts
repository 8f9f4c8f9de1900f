/**
 * What two devices know, put together.
 *
 * Model: of a row there are versions, by clock. Of most kinds the version of the greatest clock is all that
 * counts, and a tombstone is a version like any other. The versions of entries only ever grow, and so do those of a kind
 * that this program does not know. Two versions of one row at one clock are one version; where their content differs
 * after all, the greater text is taken, so that everyone takes the same.
 *
 * Laws (tested on random versions): merge is commutative, associative and idempotent, and loses no version of an entry.
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

/** The versions of one row that count among all that were seen of it, by clock. */
export function merge(...seen: readonly Iterable<RowVersion>[]): Map<Clock, RowVersion> {
  const merged = new Map<Clock, RowVersion>();
  for (const versions of seen) {
    for (const version of versions) {
      const same = merged.get(version.clock);
      merged.set(version.clock, same === undefined ? version : taken(same, version));
    }
  }
  const latest = [...merged.values()].reduce<RowVersion | undefined>(
    (last, version) => (last === undefined || version.clock > last.clock ? version : last),
    undefined,
  );
  return latest === undefined || isGrowing(latest.kind) ? merged : new Map([[latest.clock, latest]]);
}
