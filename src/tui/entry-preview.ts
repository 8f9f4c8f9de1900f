/** What an entry line being typed says, and what recording it would do. */
import type { App } from '../app.ts';
import type { LineProblem } from '../domain/ledger/entry-cursor.ts';
import { entryLineProblems, parseEntryLine } from '../domain/ledger/entry-line.ts';
import { Failure } from '../failure.ts';
import { editEntry, type RecordedEntry, recordEntry } from '../usecases/record-entry.ts';
import type { EntryLineOverlay } from './overlay.ts';

export type EntryPreview = {
  /** In the order of the line. */
  readonly problems: readonly LineProblem[];
  /** What could come next. */
  readonly expecting: string | undefined;
  /** What it would do; undefined while it cannot be recorded. */
  readonly recorded: RecordedEntry | undefined;
  /** Why a whole line cannot be recorded. */
  readonly refusal: string | undefined;
};

const refusalOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.message;
  }
};

/** A word that may be half typed, and a line nobody has touched, are no problem before Enter was pressed (`tried`). */
export function previewEntry(
  app: App,
  text: string,
  { edited, prefill, tried }: Pick<EntryLineOverlay, 'edited' | 'prefill' | 'tried'>,
  portfolio: string | undefined,
): EntryPreview {
  const context = { today: app.today() };
  const { problems, draft, expecting } = entryLineProblems(text, context);
  const isUntouched = text === prefill && edited === undefined;
  const shown = tried ? problems : isUntouched ? [] : problems.filter(problem => !problem.typing);
  const base = { problems: shown, expecting, recorded: undefined, refusal: undefined };
  if (draft === undefined) {
    const isUnfinished = tried && problems.length === 0;
    return { ...base, refusal: isUnfinished ? refusalOf(() => parseEntryLine(text, context)) : undefined };
  }
  let recorded: RecordedEntry | undefined;
  const refusal = refusalOf(() => {
    recorded =
      edited === undefined
        ? recordEntry(app, text, { portfolio, dryRun: true })
        : editEntry(app, edited.id, text, { dryRun: true });
  });
  return { ...base, recorded, refusal };
}
