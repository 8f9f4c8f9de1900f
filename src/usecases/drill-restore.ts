/**
 * Restores the newest backup (but for what a restore replaced) beside the data and holds its reports against those of the
 * data as it was then: the proof that a backup can be used, made before it is needed.
 *
 * The database is copied, entries recorded and portfolios made since are taken back in the copy, and the copy is given the
 * backup's prices: what the provider corrected since is no fault of a backup. Since when is what the backup says of the
 * moment at which it was taken; one that holds fewer versions of entries than there were then has lost some, and they are
 * named. A backup that holds as many lacks none: what was recorded earlier and is not in it came later, by sync or from an
 * export. What is kept without its history (shares of owners, tax facts) may have been changed since; then it is said which.
 *
 * A backup of an asxos that did not write that down yet is compared as of its last entry: what it lacks after that is not
 * noticed, and the report says so.
 */
import { basename, join } from 'node:path';
import type { App } from '../app.ts';
import { copyDatabase } from '../db/backup.ts';
import { countEntries, readStamp } from '../db/backup-stamp.ts';
import { listBackups } from '../db/backups.ts';
import type { EntryVersion } from '../db/entries.ts';
import { makeScratch, stageBackup } from '../db/restore.ts';
import {
  changedTables,
  entriesMissingIn,
  entriesText,
  lastRecordedAt,
  rewindEntries,
  takeBackEntries,
  takeBackPortfolios,
  takeMarketOf,
} from '../db/rewind.ts';
import type { Instant } from '../domain/date.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import { Failure } from '../failure.ts';

export type Drill = {
  readonly backup: string;
  /** When the backup was taken, where it says so. */
  readonly takenAt: Instant | undefined;
  /** When the last entry that it holds was recorded; undefined where it holds none. */
  readonly knownAt: Instant | undefined;
  /** What was recorded before it was taken and is not in it. */
  readonly missing: readonly MissingEntry[];
  readonly reports: readonly { readonly report: string; readonly equal: boolean }[];
  /** Tables without a history that are others now. */
  readonly changedSince: readonly string[];
};

export type MissingEntry = { readonly recordedAt: Instant; readonly deleted: boolean; readonly line: string };

/** The reports of an App, each as one text, by its name. */
export type Reports = (app: App) => ReadonlyMap<string, string>;

export async function drillRestore(app: App, reportsOf: Reports): Promise<Drill> {
  const { databasePath } = app;
  const backups = listBackups(databasePath);
  // What a restore has replaced is not what the data of now goes on from.
  const newest = backups.find(({ path }) => !basename(path).includes('-before-restore-')) ?? backups[0];
  if (newest === undefined) {
    throw new Failure('not-found', 'There is no backup to try', {
      hint: 'One a day is made by asxos refresh --if-due and by an open console.',
    });
  }
  const scratch = makeScratch(databasePath);
  const opened: App[] = [];
  const open = (path: string): App => {
    const other = app.over(path);
    opened.push(other);
    return other;
  };
  try {
    const { path: staged } = stageBackup(newest.path, scratch.path);
    const copied = await copyDatabase(databasePath, join(scratch.path, 'now.db'));
    const [restored, live] = [open(staged), open(copied.path)];
    const knownAt = lastRecordedAt(restored.db);
    const stamp = readStamp(restored.db.raw);
    // By a clock that was ahead, an entry may be of later than the backup that holds it.
    live.db.transaction(() => rewindEntries(live.db, Math.max(stamp?.at ?? 0, knownAt ?? 0)));
    if (stamp?.entries === countEntries(restored.db.raw)) takeBackEntries(live.db, staged);
    const missing = entriesMissingIn(live.db, staged).map(missingEntry);
    takeBackPortfolios(live.db, staged);
    takeMarketOf(live.db, staged);
    const [then, now] = [reportsOf(restored), reportsOf(live)];
    const entries = { report: 'entries', equal: entriesText(restored.db) === entriesText(live.db) };
    const others = [...then].map(([report, text]) => ({ report, equal: now.get(report) === text }));
    return {
      backup: newest.path,
      takenAt: stamp?.at,
      knownAt,
      missing,
      reports: [entries, ...others],
      changedSince: changedTables(restored.db, live.db),
    };
  } finally {
    for (const each of opened) await each.close();
    scratch.remove();
  }
}

const missingEntry = ({ entry, recordedAt, deleted }: EntryVersion): MissingEntry => ({
  recordedAt,
  deleted,
  line: formatEntryLine(entry),
});
