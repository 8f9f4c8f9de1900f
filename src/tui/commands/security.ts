/** The tabs of a security. */
import { type Command, type Context, securityPlaces } from '../command.ts';
import { neighbourTab } from '../security-tabs.ts';
import { topScreen } from '../state.ts';
import { codeInView } from './list.ts';

const turn =
  (step: 1 | -1) =>
  ({ state, dispatch }: Context): void => {
    const screen = topScreen(state);
    if (screen.kind === 'security') dispatch({ type: 'tab', tab: neighbourTab(screen.tab ?? 'chart', step) });
  };

function fetchFundamentals(context: Context): void {
  const code = codeInView(context);
  if (code !== undefined) context.fetchFundamentals(code);
}

export const securityCommands: readonly Command[] = [
  {
    id: 'fundamentals.fetch',
    keys: ['f'],
    title: 'fetch fundamentals',
    where: ['fundamentals'],
    importance: 3,
    run: fetchFundamentals,
  },
  {
    id: 'security.next-tab',
    keys: ['tab', 'right', 'l'],
    title: 'next tab',
    where: securityPlaces,
    importance: 4,
    run: turn(1),
  },
  {
    id: 'security.previous-tab',
    keys: ['shift+tab', 'left', 'h'],
    title: 'previous tab',
    where: securityPlaces,
    run: turn(-1),
  },
];
