/** Importing a broker's file: its path is typed, what it would do is shown, and enter does it. */
import { Failure } from '../../failure.ts';
import { formatCount } from '../../format.ts';
import { importEntries } from '../../usecases/import-entries.ts';
import { completePath, readTypedFile } from '../../usecases/read-file.ts';
import type { Command, Context } from '../command.ts';
import { bodyHeight, overlayRows } from '../frame-size.ts';
import { fieldOf } from '../text-field.ts';
import { allInView } from './all-in-view.ts';
import { inOnePortfolio } from './entry.ts';

export const openImport = ({ state, dispatch }: Context): void =>
  dispatch({ type: 'overlay', overlay: { kind: 'import', field: fieldOf(state.kept.path), names: [] } });

/** What cannot be read or understood is told in its place, whole, and the path can be mended. */
function preview({ app, state, dispatch }: Context): void {
  const { overlay } = state;
  if (overlay?.kind !== 'import') return;
  dispatch({ type: 'kept', kept: { path: overlay.field.text } });
  try {
    const file = readTypedFile(overlay.field.text);
    const question = { text: file.text, fileName: file.name, portfolio: state.portfolio, dryRun: true };
    const report = importEntries(app, question);
    dispatch({ type: 'overlay', overlay: { kind: 'import-preview', file, report, top: 0 } });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, hint } = error;
    dispatch({ type: 'overlay', overlay: { ...overlay, names: [], trouble: { message, hint } } });
  }
}

function complete({ state: { overlay }, dispatch }: Context): void {
  if (overlay?.kind !== 'import') return;
  const { text, names } = completePath(overlay.field.text);
  dispatch({ type: 'overlay', overlay: { kind: 'import', field: fieldOf(text), names } });
}

function closeImport({ state: { overlay }, dispatch }: Context): void {
  if (overlay?.kind === 'import') dispatch({ type: 'kept', kept: { path: overlay.field.text } });
  dispatch({ type: 'overlay', overlay: undefined });
}

function importFile({ app, state, dispatch, say }: Context): void {
  const { overlay } = state;
  if (overlay?.kind !== 'import-preview') return;
  const { file } = overlay;
  const report = importEntries(app, { text: file.text, fileName: file.name, portfolio: state.portfolio });
  dispatch({ type: 'overlay', overlay: undefined });
  dispatch({ type: 'kept', kept: { path: '' } });
  if (report.batch === undefined) {
    say('warning', `${file.name} added nothing: all of it is there already`);
    return;
  }
  dispatch({ type: 'undo', undo: { kind: 'imported', id: report.batch, title: `The import of ${file.name}` } });
  const refused = report.rejected.length === 0 ? '' : `, ${formatCount(report.rejected.length, 'row')} refused`;
  say(
    report.rejected.length === 0 ? 'info' : 'warning',
    `Added ${formatCount(report.added, 'entry')} to ${report.portfolio} from ${file.name}${refused}`,
    'u takes them back',
  );
}

const scroll = (step: (page: number) => number) => (context: Context) => {
  const { state, overlayLength, dispatch } = context;
  const { overlay } = state;
  if (overlay?.kind !== 'import-preview') return;
  const page = overlayRows(bodyHeight(state.size.rows));
  const last = Math.max(0, overlayLength - page);
  const top = Math.max(0, Math.min(last, overlay.top + step(page)));
  dispatch({ type: 'overlay', overlay: { ...overlay, top } });
};

const inPath = { where: ['import'], motion: true } as const;
const inPreview = { where: ['import-preview'], motion: true } as const;

export const importCommands: readonly Command[] = [
  {
    id: 'import.open',
    keys: ['i'],
    title: 'import',
    where: 'screens',
    importance: 7,
    run: inOnePortfolio('import', openImport),
  },
  {
    id: 'import.preview',
    keys: ['enter'],
    title: 'look into it',
    ...inPath,
    importance: 1,
    unavailable: ({ state: { overlay } }) =>
      overlay?.kind === 'import' && overlay.field.text.trim() === '' ? 'type the path of a file' : undefined,
    run: preview,
  },
  { id: 'import.complete', keys: ['tab'], title: 'complete', ...inPath, importance: 2, run: complete },
  { id: 'import.close', keys: ['esc'], title: 'leave', ...inPath, importance: 3, run: closeImport },
  {
    id: 'import-preview.record',
    keys: ['enter'],
    title: 'import',
    where: ['import-preview'],
    importance: 1,
    unavailable: ({ state: { overlay } }) =>
      overlay?.kind === 'import-preview' && overlay.report.added === 0 ? 'there is nothing to add' : undefined,
    run: importFile,
  },
  {
    id: 'import-preview.back',
    keys: ['esc', 'q'],
    title: 'another file',
    ...inPreview,
    importance: 2,
    run: openImport,
  },
  { id: 'import-preview.down', keys: ['down', 'j'], title: 'down', ...inPreview, run: scroll(() => 1) },
  { id: 'import-preview.up', keys: ['up', 'k'], title: 'up', ...inPreview, run: scroll(() => -1) },
  {
    id: 'import-preview.page-down',
    keys: ['pagedown', 'space'],
    title: 'more',
    ...inPreview,
    importance: 3,
    unavailable: allInView,
    run: scroll(page => page),
  },
  { id: 'import-preview.page-up', keys: ['pageup'], title: 'a page up', ...inPreview, run: scroll(page => -page) },
  {
    id: 'import-preview.first',
    keys: ['g', 'home'],
    title: 'to the top',
    ...inPreview,
    run: scroll(() => Number.NEGATIVE_INFINITY),
  },
];
