/** What the doctor asks of the machine: its files and disk, its Node, its time zones, the packages that are installed. */
import { mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Instant } from '../domain/date.ts';
import { reasonOf } from './private-file.ts';

export type Machine = {
  readonly node: string;
  readonly platform: string;
  /** Bytes that this user may still write at `path`, or where it will be; undefined where the system does not say. */
  readonly freeBytes: (path: string) => number | undefined;
  /** Why nothing can be written into a folder; undefined where it can. */
  readonly whyUnwritable: (folder: string) => string | undefined;
  /** The permission bits of a file or folder; undefined where it is not there. */
  readonly modeOf: (path: string) => number | undefined;
  /** Minutes that Sydney is ahead of UTC by the time zone data of this machine; undefined where it has none. */
  readonly sydneyOffset: (at: Instant) => number | undefined;
  readonly hasPackage: (name: string) => boolean;
};

export const thisMachine = (): Machine => ({
  node: process.versions.node,
  platform: process.platform,
  freeBytes: path => {
    const there = existing(path);
    try {
      const { bavail, bsize } = statfsSync(there);
      return bavail * bsize;
    } catch {
      return undefined;
    }
  },
  whyUnwritable: folder => {
    try {
      rmSync(mkdtempSync(join(existing(folder), '.asxos-doctor-')), { recursive: true });
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  },
  modeOf: path => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && found.mode & 0o777;
  },
  sydneyOffset,
  hasPackage: name => {
    try {
      createRequire(import.meta.url).resolve(name);
      return true;
    } catch {
      return false;
    }
  },
});

/** The folder itself, or the one in which it would be made. */
function existing(path: string): string {
  try {
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) return path;
  } catch {
    return path;
  }
  return dirname(path) === path ? path : existing(dirname(path));
}

/** Made once: to make one takes a millisecond, and a year of days is asked for. */
let sydneyFormat: Intl.DateTimeFormat | undefined;

function sydneyOffset(at: Instant): number | undefined {
  try {
    sydneyFormat ??= new Intl.DateTimeFormat('en-AU', { timeZone: 'Australia/Sydney', timeZoneName: 'longOffset' });
    const parts = sydneyFormat.formatToParts(at);
    const text = parts.find(part => part.type === 'timeZoneName')?.value ?? '';
    const match = /^GMT([+-])(\d{2}):(\d{2})$/.exec(text);
    return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : undefined;
  } catch {
    return undefined;
  }
}
