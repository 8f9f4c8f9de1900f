import { chmodSync, closeSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failure.ts';
import { makePrivateFolder } from '../folder.ts';

/**
 * Replaces a file as a whole, readable by its owner alone (0600; folders that are missing become 0700). A reader sees
 * the old text or the new one, never a part. `Failure('cannot-write')` names the file.
 */
export function writePrivateFile(path: string, text: string): void {
  writePrivateFileInParts(path, [text]);
}

/** The same of a text that is made a part at a time. */
export function writePrivateFileInParts(path: string, parts: Iterable<string>): void {
  let scratch: string | undefined;
  try {
    makePrivateFolder(dirname(path));
    scratch = mkdtempSync(join(dirname(path), `.${basename(path)}-`));
    const draft = join(scratch, basename(path));
    const file = openSync(draft, 'wx', 0o600);
    try {
      for (const part of parts) writeFileSync(file, part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // The umask may have taken more than intended, and never less: say it once more.
    chmodSync(draft, 0o600);
    renameSync(draft, path);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('cannot-write', `Cannot write ${path}: ${reasonOf(cause)}`, {
      hint: 'Check that its folder can be written and that the disk is not full.',
      cause,
    });
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  }
}

/** The operating system's word for what went wrong with a file: `EACCES`, `ENOENT`, ...; else the error's message. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
};
