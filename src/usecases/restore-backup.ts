/** Restores a backup: what is in it beside what is there now, and putting it in its place. */
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { App } from '../app.ts';
import { copyDatabase } from '../db/backup.ts';
import { makeScratch, replaceDatabase, stageBackup, whyDamaged } from '../db/restore.ts';
import { type Summary, summarise } from '../db/summary.ts';
import { describe, Failure } from '../failure.ts';
import { usersOf } from '../host/file-users.ts';

export type { Summary } from '../db/summary.ts';

export type RestoreReport = {
  /** The backup. */
  readonly file: string;
  readonly schema: number;
  readonly inFile: Summary;
  /** The database that it takes, or would take, the place of. */
  readonly database: string;
  /** Undefined where there is none, or it cannot be read. */
  readonly now: Summary | undefined;
  /** Why it cannot be read. */
  readonly nowTrouble: string | undefined;
  readonly restored: boolean;
  /** Where what was there is kept. */
  readonly kept: string | undefined;
};

/** With `write` puts the backup in the place of the database; without it only tells what would be replaced. */
export async function restoreBackup(app: App, file: string, { write }: { write: boolean }): Promise<RestoreReport> {
  const { databasePath: database } = app;
  const path = resolve(file);
  if (path === resolve(database)) {
    throw new Failure('invalid-input', `"${file}" is the database itself`, {
      hint: 'Name a file that asxos backup wrote, or one of the folder backups/.',
    });
  }
  const work = async (): Promise<RestoreReport> => {
    const scratch = makeScratch(database);
    try {
      const { path: staged, schema } = stageBackup(path, scratch.path);
      const inFile = await summaryOf(app, staged);
      const trouble = whyDamaged(database);
      const { now, nowTrouble } = await summaryOfNow(app, scratch.path, trouble);
      const before = { file: path, schema, inFile, database, now, nowTrouble };
      if (!write) return { ...before, restored: false, kept: undefined };
      const isDamaged = trouble !== undefined;
      if (isDamaged) refuseWhileOpen(database);
      const kept = await replaceDatabase(database, staged, { isDamaged, now: app.now() });
      return { ...before, restored: true, kept };
    } finally {
      scratch.remove();
    }
  };
  return app.lock('restore', 'a restore', work);
}

/** Opening it brings the copy up to date; the file itself is never opened. */
async function summaryOf(app: App, path: string): Promise<Summary> {
  const other = app.over(path);
  try {
    return summarise(other.db);
  } finally {
    await other.close();
  }
}

async function summaryOfNow(
  app: App,
  scratch: string,
  trouble: string | undefined,
): Promise<Pick<RestoreReport, 'now' | 'nowTrouble'>> {
  if (trouble !== undefined) return { now: undefined, nowTrouble: trouble };
  if (!existsSync(app.databasePath)) return { now: undefined, nowTrouble: undefined };
  try {
    const { path } = await copyDatabase(app.databasePath, join(scratch, 'now.db'));
    return { now: await summaryOf(app, path), nowTrouble: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { now: undefined, nowTrouble: describe(error).message };
  }
}

/** Who has a damaged database open would go on writing the files that are moved aside. */
function refuseWhileOpen(database: string): void {
  const [user] = usersOf(realpathSync(database));
  if (user === undefined) return;
  throw new Failure('locked', `Another process (${user}) has the damaged database open`, {
    hint: 'Close that console first, then try again; nothing was changed.',
  });
}
