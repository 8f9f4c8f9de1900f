/** Asking a figure why: which figures, and moving among them. */
import type { Command, Context } from '../command.ts';
import { securityPlaces } from '../command.ts';
import { codeInView } from './list.ts';
import { closing, scrolling } from './overlay.ts';
import { suggestionInView } from './rebalance.ts';

const holdingInView = (context: Context) => {
  const code = codeInView(context);
  return context.models.portfolio.holdings.find(row => row.code === code);
};

const isOfWhole = ({ models }: Context): boolean => models.screen.kind === 'dashboard';

function nothingToExplain(context: Context): string | undefined {
  const { screen, portfolio } = context.models;
  if (screen.kind === 'rebalance') {
    return suggestionInView(context) === undefined ? 'there is no suggestion here' : undefined;
  }
  if (portfolio.holdings.length === 0) return 'nothing is held';
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
    where: ['dashboard', 'holdings', 'rebalance', ...securityPlaces],
    importance: 7,
    unavailable: nothingToExplain,
    run: open,
  },
  closing('explain', ['esc', 'q', 'x']),
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
