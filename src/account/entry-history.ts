/**
 * The one history that all devices make of the versions of an entry.
 *
 * Model: each version names the clocks of the versions that it was made from. Versions that none was made from are the
 * heads: one in peace, several where devices changed the entry without knowing of each other. An edit survives a
 * deletion; of several edits the latest is current. The others are kept, and heads that differ are a conflict until a
 * version is made from all of them, by `settlement`.
 *
 * Where one row of a broker's file was imported on two devices, the two entries are one trade: `firstOf` says which of
 * them stays (one that was edited, else the one that was made first), `withdrawal` is the version that deletes another.
 * Its clock follows from its content, so every device makes the same.
 *
 * Troubles a user sees: conflicts and withdrawn duplicates, in the report of a sync and in the entry's versions.
 */
import type { Clock } from './clock.ts';
import type { RowVersion } from './merge.ts';

/** What the content of an entry's version says beside its row. */
export type EntryContent = {
  readonly parents: readonly Clock[];
  readonly recordedAt: number;
  readonly portfolio: string;
  readonly sourceKey: string | null;
  /** The entry that this one was imported a second time of, in the version that withdraws it. */
  readonly duplicateOf?: string;
};

export type Version<Content extends EntryContent = EntryContent> = Pick<RowVersion, 'clock' | 'deleted'> & {
  readonly content: Content;
};

export type EntryHistory<Content extends EntryContent = EntryContent> = {
  /** As they are told: by clock, and the current one last. */
  readonly versions: readonly Version<Content>[];
  readonly current: Version<Content>;
  /** By clock. */
  readonly heads: readonly Version<Content>[];
  /** True where the heads differ in more than when they were made. */
  readonly isConflict: boolean;
};

const byClock = (a: { clock: Clock }, b: { clock: Clock }): number => (a.clock < b.clock ? -1 : 1);

/** What a version says of the trade, without when and from what it was made. */
const saying = <Content extends EntryContent>({ deleted, content }: Version<Content>): string => {
  const { parents: _parents, recordedAt: _recordedAt, duplicateOf: _duplicateOf, ...trade } = content;
  return deleted ? 'deleted' : JSON.stringify(trade);
};

/** `versions` is not empty, and has each clock once. */
export function entryHistory<Content extends EntryContent>(
  versions: readonly Version<Content>[],
): EntryHistory<Content> {
  const sorted = versions.toSorted(byClock);
  const made = new Set(sorted.flatMap(version => version.content.parents));
  const heads = sorted.filter(version => !made.has(version.clock));
  const current = heads.findLast(head => !head.deleted) ?? heads.at(-1);
  if (current === undefined) throw new Error('An entry without a version');
  return {
    versions: [...sorted.filter(version => version !== current), current],
    current,
    heads,
    isConflict: new Set(heads.map(saying)).size > 1,
  };
}

type Named<Content extends EntryContent> = { readonly id: string; readonly history: EntryHistory<Content> };

/** Which of several entries of one row of a file stays: one that was changed before one that was not, then the oldest. */
export function firstOf<Content extends EntryContent>(entries: readonly Named<Content>[]): Named<Content> | undefined {
  const isChanged = ({ history }: Named<Content>): boolean => history.current.content.parents.length > 0;
  return entries.toSorted((a, b) => Number(isChanged(b)) - Number(isChanged(a)) || (a.id < b.id ? -1 : 1))[0];
}

/** The version that withdraws an entry as a duplicate of another; its clock is still to be made. */
export const withdrawal = <Content extends EntryContent>(
  { current, heads, versions }: EntryHistory<Content>,
  first: Named<Content>,
): Omit<Version<Content>, 'clock'> => ({
  deleted: true,
  content: {
    ...current.content,
    parents: heads.map(head => head.clock),
    recordedAt: Math.max(first.history.current.content.recordedAt, ...versions.map(each => each.content.recordedAt)),
    duplicateOf: first.id,
  },
});

/** The version that ends a conflict by keeping one of its heads; its clock is still to be made. */
export const settlement = <Content extends EntryContent>(
  { heads }: EntryHistory<Content>,
  kept: Version<Content>,
  recordedAt: number,
): Omit<Version<Content>, 'clock'> => ({
  deleted: kept.deleted,
  content: { ...kept.content, parents: heads.map(head => head.clock), recordedAt },
});
