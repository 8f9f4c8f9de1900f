/** The signals: tabs, which rows of the ensemble, opening a security, running and training. */
import type { Command, Context } from '../command.ts';
import { nextClass } from '../screens/signals.ts';
import type { SignalsModel } from '../signals-model.ts';
import { keeps, neighbourSignalsTab } from '../signals-tabs.ts';
import { codeInView } from './list.ts';

const where = ['signals'] as const;

const modelOf = ({ models: { screen } }: Context): SignalsModel | undefined =>
  screen.kind === 'signals' ? screen : undefined;

const turn =
  (step: 1 | -1) =>
  (context: Context): void => {
    const model = modelOf(context);
    if (model !== undefined) {
      context.dispatch({ type: 'signals', change: { tab: neighbourSignalsTab(model.tab, step) } });
    }
  };

/** Other rows are of the ensemble alone. */
const notEnsemble = (context: Context): string | undefined => {
  const model = modelOf(context);
  if (model?.run === undefined) return 'nothing was said yet';
  return model.tab === 'ensemble' ? undefined : 'it is for the Ensemble tab';
};

function turnKeep(context: Context): void {
  const { keep = 'all' } = modelOf(context) ?? {};
  const next = keeps[(keeps.indexOf(keep) + 1) % keeps.length];
  context.dispatch({ type: 'signals', change: { keep: next } });
}

function turnClass(context: Context): void {
  context.dispatch({ type: 'signals', change: { signal: nextClass(modelOf(context)?.signal) } });
}

const nothingSelected = (context: Context): string | undefined =>
  codeInView(context) === undefined ? 'no security is selected' : undefined;

const isWorking = ({ state }: Context): string | undefined =>
  state.signalsWork === undefined ? undefined : 'they are being worked out; esc stops it';

export const signalsCommands: readonly Command[] = [
  {
    id: 'signals.open',
    keys: ['enter'],
    title: 'open',
    where,
    importance: 1,
    unavailable: nothingSelected,
    run: context => {
      const code = codeInView(context);
      if (code !== undefined) context.dispatch({ type: 'enter', screen: { kind: 'security', code, tab: 'votes' } });
    },
  },
  { id: 'signals.next-tab', keys: ['tab', 'right', 'l'], title: 'next tab', where, importance: 2, run: turn(1) },
  { id: 'signals.previous-tab', keys: ['shift+tab', 'left', 'h'], title: 'previous tab', where, run: turn(-1) },
  {
    id: 'signals.keep',
    keys: ['f'],
    title: 'agreement',
    where,
    importance: 3,
    unavailable: notEnsemble,
    run: turnKeep,
  },
  {
    id: 'signals.class',
    keys: ['v'],
    title: 'class',
    where,
    importance: 3.2,
    unavailable: notEnsemble,
    run: turnClass,
  },
  {
    id: 'signals.run',
    keys: ['n'],
    title: 'run signals',
    where,
    importance: 3.4,
    unavailable: isWorking,
    run: ({ runSignals }) => runSignals({ train: false }),
  },
  {
    id: 'signals.train',
    keys: ['t'],
    title: 'train model A anew',
    where,
    importance: 5.5,
    unavailable: isWorking,
    run: ({ runSignals }) => runSignals({ train: true }),
  },
];
