/** What a schedule starts: the program that runs now. */
import { realpathSync } from 'node:fs';

export type LaunchedProgram = { readonly node: string; readonly launcher: string };

/** The absolute paths of Node and of bin/asxos.js; a link on the PATH may lead elsewhere after the next install. */
export const launchedProgram = (): LaunchedProgram => ({
  node: process.execPath,
  launcher: realpathSync(process.argv[1] ?? ''),
});
