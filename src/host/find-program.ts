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
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
