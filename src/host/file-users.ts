/** Which other processes have a file open, by /proc (proc(5), fd); nobody where there is no /proc. */
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

const listed = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    // It has ended, or is another user's.
    return [];
  }
};

const opens = (link: string, path: string): boolean => {
  try {
    return readlinkSync(link) === path;
  } catch {
    return false;
  }
};

/** Their process numbers; only of the same user's processes. `path` is absolute and without links. */
export function usersOf(path: string): number[] {
  return listed('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(name => {
      const folder = join('/proc', name, 'fd');
      return listed(folder).some(each => opens(join(folder, each), path));
    })
    .map(Number);
}
