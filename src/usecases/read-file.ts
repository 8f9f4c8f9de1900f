/** Files that a person names: which one a typed text means, and what is in it. */
import { basename } from 'node:path';
import { type Completion, completePath as complete, pathOf } from '../host/path-text.ts';
import { decodeText, readNamedFile } from '../host/text-file.ts';

export type { Completion };
export { decodeText, readNamedFile };

export type TextFile = { readonly path: string; readonly name: string; readonly text: string };

/** The file that a typed path means (`~`, quotes, escaped spaces, `file://`); a Failure says why it cannot be read. */
export function readTypedFile(typed: string): TextFile {
  const path = pathOf(typed);
  return { path, name: basename(path), text: decodeText(readNamedFile(path, 'Check its name; tab completes it.')) };
}

/** The typed path with as much added as its folder makes certain, and the names that fit. */
export const completePath = (typed: string): Completion => complete(typed);
