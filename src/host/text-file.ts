/** Reading a file that a person names: what is wrong with it in a sentence, and its text whatever wrote it. */
import { readFileSync, statSync } from 'node:fs';
import { Failure } from '../failure.ts';

const mostBytes = 256 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its link leads in a circle',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);

/** The bytes of the file at `path`; a Failure names it, with the hint `whenMissing` where there is none. */
export function readNamedFile(path: string, whenMissing = 'Check its name; - reads standard input.'): Uint8Array {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new Failure('invalid-input', `"${path}" is a folder, not a file`);
    if (found.size > mostBytes) throw new Failure('bad-file', `"${path}" is larger than 256 MB`);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new Failure('not-found', `There is no file "${path}"`, {
        hint: whenMissing,
        cause,
      });
    }
    throw new Failure('bad-file', `Cannot read "${path}": ${reasons[code] ?? code}`, { cause });
  }
}

/** UTF-8 or UTF-16 by its mark; without one UTF-8 where it is valid, else Windows-1252, as older spreadsheets write. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
