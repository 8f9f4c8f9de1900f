/** Looks for a program on the PATH, as a shell would. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Its path; undefined where the PATH has none. */
export const findProgram = (env: Readonly<Record<string, string | undefined>>, name: string): string | undefined =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map(folder => join(folder, name))
    .find(isProgram);

function isProgram(path: string): boolean {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not for this user, or in a folder that this user may not enter.
    return false;
  }
}
