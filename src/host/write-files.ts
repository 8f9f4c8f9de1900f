/** Writing files that a person asked for into a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';

export type NamedText = { readonly name: string; readonly text: string };

/** Writes the files, in the place of any of the same names; the folder is made where it is missing. */
export function writeFiles(folder: string, files: readonly NamedText[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Failure('cannot-write', `Cannot write to "${folder}": ${reasons[code] ?? code}`, {
      hint: 'Name a folder that you may write to.',
      cause,
    });
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not',
  EPERM: 'you may not',
  EROFS: 'it may only be read',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file has that name',
  ENOSPC: 'the disk is full',
};
