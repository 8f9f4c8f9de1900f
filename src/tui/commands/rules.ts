/** The alert rules: adding, pausing, deleting them, and what one told. */
import { Failure } from '../../failure.ts';
import { addAlert } from '../../usecases/manage-alerts.ts';
import { pauseAlerts, takeOutAlert } from '../../usecases/pause-alerts.ts';
import type { Command, Context } from '../command.ts';
import type { RulesModel } from '../rules-model.ts';
import { emptyField } from '../text-field.ts';
import { closing, scrolling } from './overlay.ts';

const where = ['rules'] as const;

const rulesOf = ({ models: { screen } }: Context): RulesModel | undefined =>
  screen.kind === 'notifications' ? screen.rules : undefined;

const nothingSelected = (context: Context): string | undefined =>
  rulesOf(context)?.selected === undefined ? 'there is no rule here' : undefined;

const withSelected =
  (work: (context: Context, selected: NonNullable<RulesModel['selected']>) => void) =>
  (context: Context): void => {
    const selected = rulesOf(context)?.selected;
    if (selected !== undefined) work(context, selected);
  };

/** Uses what was typed; what is wrong with it is said beneath, and it stays to be mended. */
function answer(context: Context): void {
  const { app, state, dispatch, say } = context;
  const { overlay } = state;
  if (overlay?.kind !== 'rule-prompt') return;
  try {
    const { view, added, warnings } = addAlert(app, overlay.field.text, undefined);
    dispatch({ type: 'overlay', overlay: undefined });
    dispatch({ type: 'list', list: 'rules', change: { selected: String(view.alert.id) } });
    const said = added
      ? `${view.alert.text} is watched for from the next check on`
      : `${view.alert.text} is there already`;
    const [warning] = warnings;
    say(warning === undefined ? 'info' : 'warning', warning === undefined ? said : `${said}; ${warning}`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const trouble = { message: error.message, hint: error.hint };
    dispatch({ type: 'overlay', overlay: { ...overlay, trouble } });
  }
}

const togglePause = withSelected(({ app, say }, { alert, isPaused }) => {
  pauseAlerts(app, [alert.id], !isPaused);
  say('info', isPaused ? `${alert.text} is checked again` : `${alert.text} is paused`);
});

const askToDelete = withSelected(({ dispatch }, { alert }) =>
  dispatch({ type: 'overlay', overlay: { kind: 'delete-rule', alertId: alert.id, title: alert.text } }),
);

function deleteIt(context: Context): void {
  const { app, state, dispatch, say } = context;
  const { overlay } = state;
  if (overlay?.kind !== 'delete-rule') return;
  const rows = rulesOf(context)?.list.rows ?? [];
  const at = rows.findIndex(row => row.id === String(overlay.alertId));
  dispatch({ type: 'overlay', overlay: undefined });
  const removed = takeOutAlert(app, overlay.alertId);
  dispatch({ type: 'list', list: 'rules', change: { selected: (rows[at + 1] ?? rows[at - 1])?.id } });
  dispatch({ type: 'undo', undo: { kind: 'deleted-rule', removed, title: overlay.title } });
  say('info', `Deleted ${overlay.title}`, 'u brings it back');
}

const showHistory = withSelected(({ dispatch }, { alert }) =>
  dispatch({ type: 'overlay', overlay: { kind: 'rule-history', title: alert.text, top: 0 } }),
);

export const rulesCommands: readonly Command[] = [
  {
    id: 'rules.history',
    keys: ['enter'],
    title: 'what it told',
    where,
    importance: 1,
    unavailable: nothingSelected,
    run: showHistory,
  },
  {
    id: 'rules.add',
    keys: ['a'],
    title: 'add a rule',
    where,
    importance: 1.5,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'rule-prompt', field: emptyField } }),
  },
  {
    id: 'rules.pause',
    keys: ['space'],
    title: 'pause/resume',
    where,
    importance: 2,
    unavailable: nothingSelected,
    run: togglePause,
  },
  {
    id: 'rules.delete',
    keys: ['d'],
    title: 'delete',
    where,
    importance: 2.2,
    unavailable: nothingSelected,
    run: askToDelete,
  },
  {
    id: 'rule-prompt.answer',
    keys: ['enter'],
    title: 'add it',
    where: ['rule-prompt'],
    motion: true,
    importance: 1,
    run: answer,
  },
  closing('rule-prompt', ['esc']),
  {
    id: 'delete-rule.yes',
    keys: ['y', 'Y'],
    title: 'delete',
    where: ['delete-rule'],
    motion: true,
    importance: 1,
    run: deleteIt,
  },
  {
    id: 'delete-rule.no',
    keys: ['n', 'N', 'esc', 'enter', 'q'],
    title: 'keep',
    where: ['delete-rule'],
    motion: true,
    importance: 2,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: undefined }),
  },
  ...scrolling('rule-history'),
  closing('rule-history', ['esc', 'q', 'enter']),
];
