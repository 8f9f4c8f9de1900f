/** A path as a person types, pastes or drags it onto a terminal, and its completion. */
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { harmless } from '../domain/text.ts';

const isWindows = sep === '\\';

/** Terminals quote a dragged file, put backslashes before its spaces, or write its address. */
function unquote(text: string): string {
  const quoted = /^(['"])(.*)\1$/.exec(text);
  if (quoted !== null) return (quoted[2] ?? '').replaceAll("'\\''", "'");
  if (/^file:\/\/\S+$/i.test(text) && URL.canParse(text) && new URL(text).host === '') return fileURLToPath(text);
  return isWindows ? text : text.replace(/\\(.)/g, '$1');
}

const fromHome = (path: string): string =>
  path === '~' || path.startsWith('~/') || path.startsWith(`~${sep}`) ? join(homedir(), path.slice(1)) : path;

/** The path that a typed text means: without its quotes, `~` the home folder. */
export const pathOf = (text: string): string => fromHome(unquote(text.trim()));

export type Completion = {
  /** The text with as much added as all candidates share. */
  readonly text: string;
  /** The names that fit, sorted, folders ending in a slash. */
  readonly names: readonly string[];
};

const shared = (names: readonly string[]): string => {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
};

/** The files and folders whose names begin as the text ends. Hidden ones only after a typed dot. Never fails: none fit. */
export function completePath(text: string): Completion {
  const typed = unquote(text.trimStart());
  const endsInFolder = typed === '' || typed.endsWith('/') || typed.endsWith(sep);
  const begun = endsInFolder ? '' : basename(typed);
  const folder = endsInFolder ? typed : typed.slice(0, typed.length - begun.length);
  const names = namesIn(fromHome(folder === '' ? '.' : folder), begun);
  const common = shared(names);
  return { text: common.length > begun.length ? folder + common : typed, names };
}

function namesIn(folder: string, begun: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begun) && (begun.startsWith('.') || !name.startsWith('.')))
      .filter(({ name }) => harmless(name) === name)
      .map(each => (each.isDirectory() ? `${each.name}/` : each.name))
      .sort();
  } catch (error) {
    // What cannot be listed completes nothing; reading it will say why.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
