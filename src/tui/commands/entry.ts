/** Adding, editing and deleting entries, and taking the last change back. */
import { formatEntryLine } from '../../domain/ledger/entry-text.ts';
import { formatCount } from '../../format.ts';
import { restoreIncome } from '../../usecases/decide-income.ts';
import { undeleteNotification } from '../../usecases/inbox.ts';
import type { ListedEntry } from '../../usecases/list-entries.ts';
import { putBackAlert } from '../../usecases/pause-alerts.ts';
import { editEntry, recordEntry, removeEntry, undoEntry } from '../../usecases/record-entry.ts';
import { undoImport } from '../../usecases/undo-import.ts';
import type { Command, Context } from '../command.ts';
import { entryTitle } from '../entries-list.ts';
import { selectedId } from '../list-model.ts';
import type { EntryLineOverlay } from '../overlay.ts';
import { topScreen } from '../state.ts';
import { characters } from '../text.ts';
import { fieldOf } from '../text-field.ts';

/** Does it in the portfolio in view; where all are, the one it goes to is chosen first. */
export const inOnePortfolio =
  (then: 'entry' | 'import', work: (context: Context) => void) =>
  (context: Context): void => {
    const { state, models, dispatch } = context;
    const areAll = state.portfolio?.toLowerCase() === 'all' && models.portfolio.scope.portfolios.length > 1;
    if (areAll) dispatch({ type: 'overlay', overlay: { kind: 'portfolios', chosen: 0, then } });
    else work(context);
  };

/** Begun with a capital. */
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const offer = 'u takes it back';

/** On a security the line begins with its code; the cursor stands where the units go. */
export function openLine({ state, dispatch }: Context): void {
  const screen = topScreen(state);
  const code = screen.kind === 'security' ? screen.code : undefined;
  const prefill = code === undefined ? '' : `buy  ${code} @ `;
  const { line } = state.kept;
  const field = line !== '' ? fieldOf(line) : { text: prefill, cursor: code === undefined ? 0 : 'buy '.length };
  dispatch({
    type: 'overlay',
    overlay: { kind: 'entry-line', field, prefill, draft: line || undefined, tried: false, recalled: 0, own: '' },
  });
}

/** The entry selected in the entries of the security in view. */
function entryInView({ state, models: { screen } }: Context): ListedEntry | undefined {
  if (screen.kind !== 'security' || screen.tab?.name !== 'entries') return undefined;
  const id = selectedId(screen.tab.list, state.lists.entries);
  return screen.tab.entries.find(({ entry }) => entry.id === id);
}

const nothingSelected = (context: Context): string | undefined =>
  entryInView(context) === undefined ? 'there is no entry here' : undefined;

function openEdit(context: Context): void {
  const chosen = entryInView(context);
  if (chosen === undefined) return;
  const { entry } = chosen;
  const line = formatEntryLine(entry);
  const edited = { id: entry.id, title: entryTitle(entry), line };
  context.dispatch({
    type: 'overlay',
    overlay: { kind: 'entry-line', field: fieldOf(line), edited, prefill: line, tried: false, recalled: 0, own: '' },
  });
}

function askToDelete(context: Context): void {
  const chosen = entryInView(context);
  if (chosen === undefined) return;
  const { entry } = chosen;
  context.dispatch({ type: 'overlay', overlay: { kind: 'delete', id: entry.id, title: entryTitle(entry) } });
}

const withLine = (work: (context: Context, overlay: EntryLineOverlay) => void) => (context: Context) => {
  const { overlay } = context.state;
  if (overlay?.kind === 'entry-line') work(context, overlay);
};

/** Writes the line, once it can be; until then what is in its way is shown. */
const record = withLine((context, overlay) => {
  const { app, state, models, dispatch, say } = context;
  const { edited, field, suggestion } = overlay;
  if (models.preview?.recorded === undefined) {
    dispatch({ type: 'overlay', overlay: { ...overlay, tried: true } });
    return;
  }
  if (edited !== undefined && models.preview.recorded.line === edited.line) {
    dispatch({ type: 'overlay', overlay: undefined });
    say('info', sentence(`${edited.title} is as it was`));
    return;
  }
  const done =
    edited === undefined
      ? recordEntry(app, field.text, {
          portfolio: overlay.portfolio ?? state.portfolio,
          suggestion: suggestion?.id,
        })
      : editEntry(app, edited.id, field.text);
  const { entry, portfolio, createdPortfolio, warnings } = done;
  const title = entryTitle(entry);
  dispatch({ type: 'overlay', overlay: undefined });
  if (edited === undefined && suggestion === undefined && overlay.passing !== true)
    dispatch({ type: 'kept', kept: { line: '' } });
  dispatch({ type: 'line', line: field.text.trim() });
  dispatch({ type: 'list', list: 'entries', change: { selected: entry.id } });
  const kind = edited === undefined ? 'added' : 'edited';
  dispatch({ type: 'undo', undo: { kind, id: entry.id, title } });
  const created = createdPortfolio ? ` in the new portfolio ${portfolio}` : '';
  const doubt = warnings.length === 0 ? '' : `; ${warnings.join('; ')}`;
  say(
    warnings.length === 0 ? 'info' : 'warning',
    `${edited === undefined ? 'Recorded' : 'It is now'} ${title}${created}${doubt}`,
    offer,
  );
});

/** An unfinished new line is there again at the next `a`. */
const leave = withLine(({ dispatch }, { edited, field, prefill, passing, suggestion }) => {
  if (edited === undefined && suggestion === undefined && passing !== true) {
    const isOwn = field.text.trim() !== '' && field.text !== prefill;
    dispatch({ type: 'kept', kept: { line: isOwn ? field.text : '' } });
  }
  dispatch({ type: 'overlay', overlay: undefined });
});

const recall = (step: 1 | -1) =>
  withLine(({ state, dispatch }, overlay) => {
    const recalled = Math.max(0, Math.min(state.lines.length, overlay.recalled + step));
    if (recalled === overlay.recalled) return;
    const own = overlay.recalled === 0 ? overlay.field.text : overlay.own;
    const field = fieldOf(recalled === 0 ? own : (state.lines[recalled - 1] ?? ''));
    dispatch({ type: 'overlay', overlay: { ...overlay, field, recalled, own, tried: false } });
  });

const noLines = ({ state }: Context): string | undefined =>
  state.lines.length === 0 ? 'no line was recorded yet' : undefined;

function deleteEntry({ app, state: { overlay }, dispatch, say }: Context): void {
  if (overlay?.kind !== 'delete') return;
  const { id, title } = overlay;
  dispatch({ type: 'overlay', overlay: undefined });
  removeEntry(app, id);
  dispatch({ type: 'undo', undo: { kind: 'deleted', id, title } });
  say('info', `Deleted ${title}`, 'u brings it back');
}

/** Once: there is no way to take back what was taken back. */
function takeBack({ app, state: { undo }, dispatch, say }: Context): void {
  if (undo === undefined) return;
  dispatch({ type: 'undo', undo: undefined });
  if (undo.kind === 'deleted-notification') {
    undeleteNotification(app, undo.notification);
    dispatch({ type: 'list', list: 'inbox', change: { selected: String(undo.notification.id) } });
    say('info', `${undo.title} is back`);
    return;
  }
  if (undo.kind === 'deleted-rule') {
    putBackAlert(app, undo.removed);
    dispatch({ type: 'list', list: 'rules', change: { selected: String(undo.removed.alert.id) } });
    say('info', `${undo.title} is back`);
    return;
  }
  const { kind, id, title } = undo;
  if (kind === 'imported') {
    const { removed } = undoImport(app, id);
    say('info', `${title} was undone: ${formatCount(removed, 'entry')} removed`);
    return;
  }
  if (kind === 'dismissed') {
    restoreIncome(app, id);
    say('info', `${title} waits again`);
    return;
  }
  if (kind === 'added') removeEntry(app, id);
  else undoEntry(app, id);
  const words = { added: `${title} was taken back`, edited: `${title} is as it was`, deleted: `${title} is back` };
  say('info', sentence(words[kind]));
}

const inLine = { where: ['entry-line'], motion: true } as const;
const inQuestion = { where: ['delete'], motion: true } as const;

export const entryCommands: readonly Command[] = [
  {
    id: 'entry.edit',
    keys: ['e'],
    title: 'edit',
    where: ['entries'],
    importance: 1,
    unavailable: nothingSelected,
    run: openEdit,
  },
  {
    id: 'entry.delete',
    keys: ['d'],
    title: 'delete',
    where: ['entries'],
    importance: 2,
    unavailable: nothingSelected,
    run: askToDelete,
  },
  {
    id: 'entry.add',
    keys: ['a'],
    title: 'add',
    where: 'screens',
    importance: 3,
    run: inOnePortfolio('entry', openLine),
  },
  {
    id: 'entry.undo',
    keys: ['u'],
    title: 'undo',
    where: 'screens',
    importance: 2.5,
    unavailable: ({ state }) => (state.undo === undefined ? 'there is nothing to take back' : undefined),
    run: takeBack,
  },
  { id: 'entry-line.record', keys: ['enter'], title: 'record', ...inLine, importance: 1, run: record },
  { id: 'entry-line.leave', keys: ['esc'], title: 'leave', ...inLine, importance: 2, run: leave },
  {
    id: 'entry-line.older',
    keys: ['up', 'ctrl+p'],
    title: 'the line before',
    ...inLine,
    importance: 4,
    unavailable: noLines,
    run: recall(1),
  },
  {
    id: 'entry-line.newer',
    keys: ['down', 'ctrl+n'],
    title: 'the line after',
    ...inLine,
    run: recall(-1),
  },
  {
    id: 'entry-line.end',
    keys: ['tab'],
    title: 'to the end',
    ...inLine,
    importance: 3,
    run: withLine(({ dispatch }, overlay) => {
      const { text } = overlay.field;
      const field = { text, cursor: characters(text).length };
      dispatch({ type: 'overlay', overlay: { ...overlay, field } });
    }),
  },
  { id: 'delete.yes', keys: ['y', 'Y'], title: 'delete', ...inQuestion, importance: 1, run: deleteEntry },
  {
    id: 'delete.no',
    keys: ['n', 'N', 'esc', 'enter', 'q'],
    title: 'keep',
    ...inQuestion,
    importance: 2,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: undefined }),
  },
];
