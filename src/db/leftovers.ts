/**
 * Folders of drafts that a process which was killed has left behind. Their names say what they are, and their age that
 * nobody is at work in them any more: an hour, by the clock of the disk they lie on.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hour } from '../domain/date.ts';

/** Removes the folders in `folder` with such a name that are an hour older than the file or folder at `fresh`. */
export function removeLeftovers(folder: string, isDraft: (name: string) => boolean, fresh: string): void {
  const now = statSync(fresh).mtimeMs;
  for (const each of readdirSync(folder, { withFileTypes: true })) {
    if (!each.isDirectory() || !isDraft(each.name)) continue;
    const path = join(folder, each.name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && now - found.mtimeMs > hour) rmSync(path, { recursive: true, force: true });
  }
}

/** Whether a name is what `mkdtemp` makes of this beginning. */
export const isDraftOf =
  (beginning: string) =>
  (name: string): boolean =>
    name.startsWith(beginning) && /^[A-Za-z0-9]{6}$/.test(name.slice(beginning.length));
