/**
 * The folder `backups/` beside the database: one copy a day, thinned out as `domain/schedule/rotation` says, and the
 * copies from before a migration, a restore or an import, which stay until somebody removes them.
 *
 * What is due is told by the names alone, so that it costs nothing to ask.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Instant, isLocalDate, isoInstant, type LocalDate } from '../domain/date.ts';
import { keptDays } from '../domain/schedule/rotation.ts';
import { type Copied, copyDatabase } from './backup.ts';
import { removeLeftovers } from './leftovers.ts';

export type StoredBackup = {
  readonly path: string;
  readonly bytes: number;
  readonly at: Instant;
  /** Of the daily ones. */
  readonly day: LocalDate | undefined;
};

export const backupsFolder = (database: string): string => join(dirname(database), 'backups');

const dailyName = (database: string, day: LocalDate): string => `${basename(database, '.db')}-${day}.db`;

function dayOf(name: string): LocalDate | undefined {
  const day = /-(\d{4}-\d{2}-\d{2})[.]db$/.exec(name)?.[1];
  return day !== undefined && isLocalDate(day) ? day : undefined;
}

function namesIn(folder: string): string[] {
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter(each => each.isFile());
    return files.map(each => each.name).filter(name => name.endsWith('.db') && !name.startsWith('.'));
  } catch {
    // There is none yet, or it cannot be read: then making a backup says why.
    return [];
  }
}

/** Every copy in the folder, the newest first. */
export function listBackups(database: string): StoredBackup[] {
  const folder = backupsFolder(database);
  return namesIn(folder)
    .flatMap(name => {
      const path = join(folder, name);
      const found = statSync(path, { throwIfNoEntry: false });
      return found?.isFile() ? [{ path, bytes: found.size, at: Math.round(found.mtimeMs), day: dayOf(name) }] : [];
    })
    .sort((a, b) => b.at - a.at || (a.path < b.path ? 1 : -1));
}

/** Whether the copy of today is still to be made; a name of a later day, of a clock that was wrong, says nothing. */
export const isDailyDue = (database: string, today: LocalDate): boolean =>
  !namesIn(backupsFolder(database)).some(name => dayOf(name) === today);

/** Makes the copy of today and removes the daily ones that are not kept. */
export async function makeDaily(
  database: string,
  { today, now: takenAt, gently }: { today: LocalDate; now: Instant; gently: boolean },
): Promise<Copied> {
  const folder = backupsFolder(database);
  const place = join(folder, dailyName(database, today));
  const copied = await copyDatabase(database, place, { replace: true, gently, takenAt });
  const daily = namesIn(folder).flatMap(name => {
    const day = dayOf(name);
    return day === undefined ? [] : [{ name, day }];
  });
  const kept = keptDays(daily.map(({ day }) => day));
  for (const { name, day } of daily) if (!kept.has(day)) rmSync(join(folder, name), { force: true });
  // Whoever was killed while it made one, of whatever name.
  removeLeftovers(folder, name => /^[.].+[.]db(-[A-Za-z0-9]{6})?$/.test(name), copied.path);
  return copied;
}

/** The path of a copy from before something: `asxos-before-restore-20260302T000000Z.db`, with a number where it is taken. */
export function pathBefore(database: string, what: string, now: Instant): string {
  const stamp = isoInstant(now).replace(/[-:]/g, '').replace(/\.\d+/, '');
  const taken = new Set(namesIn(backupsFolder(database)));
  const stem = `${basename(database, '.db')}-before-${what}-${stamp}`;
  for (let attempt = 1; ; attempt++) {
    const name = `${stem}${attempt === 1 ? '' : `-${attempt}`}.db`;
    if (!taken.has(name)) return join(backupsFolder(database), name);
  }
}
