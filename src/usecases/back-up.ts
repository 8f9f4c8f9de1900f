/** Backs the database up: into a file that a person names, and once a day into `backups/`. Nothing of it needs a database that opens. */
import { resolve } from 'node:path';
import type { App } from '../app.ts';
import { type Copied, copyDatabase } from '../db/backup.ts';
import { isDailyDue, makeDaily } from '../db/backups.ts';
import { Failure } from '../failure.ts';

export type { Copied } from '../db/backup.ts';

/** Copies the database into `file`; one that is there is replaced only with `force`. */
export function backUp(app: App, file: string, { force = false }: { force?: boolean } = {}): Promise<Copied> {
  if (file === '-' || file === '') {
    throw new Failure('cannot-write', 'A backup is a file, and is not written to standard output', {
      hint: 'Name a file: asxos backup asxos-backup.db.',
    });
  }
  const path = resolve(file);
  if (path === resolve(app.databasePath)) {
    throw new Failure('cannot-write', `${path} is the database itself`, { hint: 'Name another file.' });
  }
  return copyDatabase(app.databasePath, path, { replace: force, takenAt: app.now() });
}

/** A market that is simulated anew needs no backup. */
export const isBackupDue = (app: App): boolean =>
  !app.simulated && app.databasePath !== ':memory:' && isDailyDue(app.databasePath, app.today());

const patience = 60_000;

/** Makes the backup of today unless it is there; `gently` in a process that has keys to answer. */
export async function backUpToday(app: App, { gently = false }: { gently?: boolean } = {}): Promise<void> {
  const work = async (): Promise<void> => {
    if (isBackupDue(app)) await makeDaily(app.databasePath, { today: app.today(), now: app.now(), gently });
  };
  await app.lock('backup', 'a backup', work, patience);
}
