/** Asking a figure why: which figures, and moving among them. */
import type { Command, Context } from '../command.ts';
import { securityPlaces, taxPlaces } from '../command.ts';
import { codeInView } from './list.ts';
import { closing, scrolling } from './overlay.ts';
import { suggestionInView } from './rebalance.ts';

const holdingInView = (context: Context) => {
  const code = codeInView(context);
  return context.models.portfolio.holdings.find(row => row.code === code);
};

const isOfWhole = ({ models }: Context): boolean =>
  ['dashboard', 'performance', 'compare', 'tax'].includes(models.screen.kind);

/** What was held and is sold has a performance too, and tax. */
function isWithoutFigures({ models: { screen, portfolio } }: Context): boolean {
  if (screen.kind === 'tax') return false;
  return screen.kind === 'performance' ? screen.view.stored.firstEntry === undefined : portfolio.holdings.length === 0;
}

function nothingToExplain(context: Context): string | undefined {
  const { screen } = context.models;
  if (screen.kind === 'security' && screen.tab?.name === 'fundamentals') {
    return screen.tab.list.rows.length === 0 ? 'there are no fundamentals here' : undefined;
  }
  if (screen.kind === 'security' && screen.tab?.name === 'votes') {
    return screen.tab.votes === undefined ? 'nothing was said of it' : undefined;
  }
  if (screen.kind === 'signals') {
    return screen.tab === 'card' || screen.list.rows.length === 0 ? 'no figure is selected here' : undefined;
  }
  if (screen.kind === 'rebalance') {
    return suggestionInView(context) === undefined ? 'there is no suggestion here' : undefined;
  }
  if (isWithoutFigures(context)) return 'nothing is held';
  return isOfWhole(context) || holdingInView(context) !== undefined ? undefined : 'you hold none of it';
}

function open(context: Context): void {
  const code = isOfWhole(context) ? undefined : (suggestionInView(context)?.code ?? codeInView(context));
  context.dispatch({ type: 'overlay', overlay: { kind: 'explain', code, chosen: 0, top: 0 } });
}

const turn =
  (step: 1 | -1) =>
  ({ state: { overlay }, models, dispatch }: Context): void => {
    const count = models.explained?.explanations.length ?? 0;
    if (overlay?.kind !== 'explain' || count === 0) return;
    dispatch({ type: 'overlay', overlay: { ...overlay, chosen: (overlay.chosen + step + count) % count, top: 0 } });
  };

export const explainCommands: readonly Command[] = [
  {
    id: 'explain.open',
    keys: ['x'],
    title: 'explain',
    where: ['dashboard', 'holdings', 'rebalance', 'performance', 'compare', 'signals', ...securityPlaces, ...taxPlaces],
    importance: 7,
    unavailable: nothingToExplain,
    run: open,
  },
  {
    ...closing('explain', ['esc', 'q', 'x']),
    run: ({ state: { overlay }, dispatch }) =>
      dispatch({ type: 'overlay', overlay: overlay?.kind === 'explain' ? overlay.under : undefined }),
  },
  ...scrolling('explain'),
  {
    id: 'explain.next',
    keys: ['right', 'l', 'tab'],
    title: 'next figure',
    where: ['explain'],
    importance: 1,
    motion: true,
    run: turn(1),
  },
  {
    id: 'explain.previous',
    keys: ['left', 'h', 'shift+tab'],
    title: 'previous figure',
    where: ['explain'],
    importance: 2,
    motion: true,
    run: turn(-1),
  },
];
