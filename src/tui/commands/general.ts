/** What works on every screen. */
import type { Command } from '../command.ts';
import { type ScreenKind, topScreen } from '../state.ts';
import { emptyField } from '../text-field.ts';
import { clearFilter } from './list.ts';

/** To one of the top screens. */
const goTo = (
  kind: Exclude<ScreenKind, 'security' | 'compare' | 'account'>,
  key: string,
  title: string,
  importance: number,
): Command => ({
  id: `go.${kind}`,
  keys: [key],
  title,
  where: 'screens',
  importance,
  isHere: state => state.stack.length === 1 && topScreen(state).kind === kind,
  run: ({ dispatch }) => dispatch({ type: 'go', screen: { kind } }),
});

export const generalCommands: readonly Command[] = [
  goTo('dashboard', '1', 'dashboard', 10),
  goTo('holdings', '2', 'holdings', 11),
  goTo('signals', '3', 'signals', 11.5),
  goTo('watchlist', '4', 'watchlist', 12),
  goTo('notifications', '5', 'notifications', 12.1),
  goTo('rebalance', '6', 'rebalance', 12.2),
  goTo('performance', '7', 'performance', 12.4),
  goTo('tax', '8', 'tax & income', 12.8),
  {
    id: 'go.account',
    keys: ['9'],
    title: 'account & settings',
    where: 'screens',
    importance: 12.9,
    isHere: state => state.stack.length === 1 && topScreen(state).kind === 'account',
    run: ({ dispatch, account, sync }) => {
      dispatch({ type: 'go', screen: { kind: 'account' } });
      account.look();
      sync.look();
    },
  },
  {
    id: 'prices.refresh',
    keys: ['r'],
    title: 'refresh',
    where: 'screens',
    importance: 8,
    run: ({ refresh }) => refresh(),
  },
  {
    id: 'portfolio.switch',
    keys: ['p'],
    title: 'portfolio',
    where: 'screens',
    importance: 13,
    unavailable: ({ models }) =>
      models.portfolio.scope.portfolios.length === 0 ? 'there is no portfolio yet' : undefined,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'portfolios', chosen: 0 } }),
  },
  {
    id: 'palette.open',
    keys: [':', 'ctrl+p'],
    title: 'commands',
    where: 'screens',
    importance: 9,
    motion: true,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'palette', query: emptyField, chosen: 0 } }),
  },
  {
    id: 'help.open',
    keys: ['?', 'f1'],
    title: 'help',
    where: 'screens',
    run: ({ dispatch }) =>
      dispatch({ type: 'overlay', overlay: { kind: 'help', filter: emptyField, typing: false, top: 0 } }),
  },
  {
    id: 'messages.open',
    keys: ['!'],
    title: 'messages',
    where: 'screens',
    importance: 16,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'messages', top: 0 } }),
  },
  {
    id: 'screen.back',
    keys: ['esc'],
    title: 'back',
    where: 'screens',
    motion: true,
    run: context => {
      // Where the run is in view it is what esc ends.
      if (topScreen(context.state).kind === 'signals' && context.stopSignals()) return;
      if (!clearFilter(context)) context.dispatch({ type: 'back' });
    },
  },
  {
    id: 'console.quit',
    keys: ['q'],
    title: 'quit',
    where: 'screens',
    importance: 17,
    run: ({ quit }) => quit(0),
  },
  {
    id: 'console.interrupt',
    keys: ['ctrl+c'],
    title: 'quit at once',
    where: 'anywhere',
    motion: true,
    run: ({ quit }) => quit(130),
  },
  { id: 'console.suspend', keys: ['ctrl+z'], title: 'suspend', where: 'anywhere', run: ({ suspend }) => suspend() },
];
