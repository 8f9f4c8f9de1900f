/** Names of the data for a shell that completes a command: none where they cannot be had at once. */
import type { App } from '../app.ts';
import { completionNames, type NameKind, nameKinds } from '../db/completion-names.ts';

export type { NameKind };

/** The names of that kind. What is no kind has none, and neither has a database that does not answer. */
export function listNames({ databasePath }: App, kind: string): string[] {
  const known = nameKinds.find(each => each === kind);
  if (known === undefined) return [];
  try {
    return completionNames(databasePath, known);
  } catch {
    // Whatever is wrong with it, the next command says it; in the middle of a line nobody can read it.
    return [];
  }
}
