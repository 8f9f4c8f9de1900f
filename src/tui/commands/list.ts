/** Moving in a list of securities, sorting and filtering it, and opening what is selected. */
import { type Code, readCode } from '../../domain/market/security.ts';
import { unwatchCodes, watchCodes } from '../../usecases/manage-watchlist.ts';
import { type Command, type Context, securityPlaces, taxPlaces } from '../command.ts';
import { filteredList } from '../fields.ts';
import { bodyHeight } from '../frame-size.ts';
import { inboxInView, moveInbox } from '../inbox-window.ts';
import { type ListModel, moveSelection, nextSort, selectedId } from '../list-model.ts';
import { settingsHeight } from '../screens/account.ts';
import { holdingsListHeight } from '../screens/holdings.ts';
import { rowsInView } from '../screens/list.ts';
import { rebalanceListHeight } from '../screens/rebalance.ts';
import { rulesListHeight } from '../screens/rules.ts';
import { tabListHeight } from '../screens/security-tab.ts';
import { cardText, signalsListHeight } from '../screens/signals.ts';
import { taxListHeight } from '../screens/tax.ts';
import { watchlistListHeight } from '../screens/watchlist.ts';
import { type ListName, type ListState, type ScreenKind, topScreen } from '../state.ts';
import { emptyField } from '../text-field.ts';

export type ListInView = {
  readonly name: ListName;
  readonly list: ListModel;
  readonly state: ListState;
  /** Rows in view. */
  readonly height: number;
};

const places = ['holdings', 'watchlist', 'signals'] as const;
const securityTabs = ['fundamentals', 'votes', 'parcels', 'entries', 'dividends'] as const;

/** The list of the screen in view; undefined on a screen that is none. */
export function listInView({ state, models }: Pick<Context, 'state' | 'models'>): ListInView | undefined {
  const { screen } = models;
  const room = bodyHeight(state.size.rows);
  if (screen.kind === 'security' && screen.tab !== undefined) {
    const { name, list } = screen.tab;
    return {
      name,
      list,
      state: state.lists[name],
      height: rowsInView(list, tabListHeight({ width: state.size.columns, height: room }, screen)),
    };
  }
  if (screen.kind === 'rebalance') {
    const height = rebalanceListHeight(screen, { width: state.size.columns, height: room });
    return {
      name: 'rebalance',
      list: screen.list,
      state: state.lists.rebalance,
      height: rowsInView(screen.list, height),
    };
  }
  if (screen.kind === 'tax') {
    const height = taxListHeight(screen, { width: state.size.columns, height: room });
    return {
      name: screen.tab,
      list: screen.list,
      state: state.lists[screen.tab],
      height: rowsInView(screen.list, height),
    };
  }
  if (screen.kind === 'signals') {
    if (screen.tab === 'card' || screen.run === undefined) return undefined;
    const height = signalsListHeight(screen, state, { width: state.size.columns, height: room });
    return {
      name: screen.tab,
      list: screen.list,
      state: state.lists[screen.tab],
      height: rowsInView(screen.list, height),
    };
  }
  if (screen.kind === 'notifications' && screen.tab === 'preferences') {
    const height = rowsInView(screen.list, room);
    return { name: 'preferences', list: screen.list, state: state.lists.preferences, height };
  }
  if (screen.kind === 'notifications' && screen.rules !== undefined) {
    const { list } = screen.rules;
    const height = rowsInView(list, rulesListHeight({ width: state.size.columns, height: room }));
    return { name: 'rules', list, state: state.lists.rules, height };
  }
  if (screen.kind === 'account') {
    const height = settingsHeight(screen, state, { width: state.size.columns, height: room });
    return {
      name: 'settings',
      list: screen.list,
      state: state.lists.settings,
      height: rowsInView(screen.list, height),
    };
  }
  if (screen.kind !== 'holdings' && screen.kind !== 'watchlist') return undefined;
  const height = screen.kind === 'holdings' ? holdingsListHeight(room) : watchlistListHeight(room);
  return {
    name: screen.kind,
    list: screen.list,
    state: state.lists[screen.kind],
    height: rowsInView(screen.list, height),
  };
}

/** The code that a command is about: the selected one of a list, or the one whose screen it is. */
export function codeInView(context: Context): Code | undefined {
  const screen = topScreen(context.state);
  if (screen.kind === 'security') return screen.code;
  const view = isWithoutCodes(screen.kind) ? undefined : listInView(context);
  const id = view && selectedId(view.list, view.state);
  return id === undefined ? undefined : readCode(id);
}

const isWithoutCodes = (kind: ScreenKind): boolean => kind === 'tax' || kind === 'notifications' || kind === 'account';

/** Moves the selection of the list in view by so many rows, or by pages. */
export const move =
  (by: (height: number) => number) =>
  (context: Context): void => {
    if (moveInbox(context, by)) return;
    const view = listInView(context);
    if (view === undefined) {
      scrollCard(context, by);
      return;
    }
    const change = moveSelection(view.list, view.state, by(view.height), view.height);
    context.dispatch({ type: 'list', list: view.name, change });
  };

/** The model card is lines: they scroll. */
function scrollCard({ state, models: { screen }, dispatch }: Context, by: (height: number) => number): void {
  if (screen.kind !== 'signals' || screen.tab !== 'card') return;
  const room = { width: state.size.columns, height: bodyHeight(state.size.rows) };
  const { lines, height } = cardText(screen, state, room);
  const last = Math.max(0, lines.length - height);
  const top = Math.max(0, Math.min(last, state.lists.card.top + by(height)));
  dispatch({ type: 'list', list: 'card', change: { top } });
}

const noRows = (context: Context): string | undefined =>
  listInView(context)?.list.rows.length === 0 || inboxInView(context)?.rows.length === 0
    ? 'the list is empty'
    : undefined;
const nothingListed = (context: Context): string | undefined =>
  (listInView(context)?.list.total ?? 0) === 0 ? 'the list is empty' : undefined;

const motion = {
  where: [...places, 'notifications', 'rules', 'preferences', 'rebalance', 'account', ...securityTabs, ...taxPlaces],
  motion: true,
  unavailable: noRows,
} as const;

function toggleWatched(context: Context): void {
  const code = codeInView(context);
  if (code === undefined) return;
  const { changed, warnings } = watchCodes(context.app, [code]);
  if (changed.length === 0) {
    unwatchCodes(context.app, [code]);
    context.say('info', `${code} is no longer watched`);
    return;
  }
  const [warning] = warnings;
  context.say(
    warning === undefined ? 'info' : 'warning',
    `${code} is on the watchlist${warning === undefined ? '' : `; ${warning}`}`,
  );
}

export const listCommands: readonly Command[] = [
  { id: 'list.down', keys: ['down', 'j'], title: 'down', ...motion, run: move(() => 1) },
  { id: 'list.up', keys: ['up', 'k'], title: 'up', ...motion, run: move(() => -1) },
  {
    id: 'list.page-down',
    keys: ['pagedown', 'ctrl+d'],
    title: 'a page down',
    ...motion,
    run: move(height => Math.max(1, height - 1)),
  },
  {
    id: 'list.page-up',
    keys: ['pageup', 'ctrl+u'],
    title: 'a page up',
    ...motion,
    run: move(height => -Math.max(1, height - 1)),
  },
  {
    id: 'list.first',
    keys: ['g', 'home'],
    title: 'to the first',
    ...motion,
    run: move(() => Number.NEGATIVE_INFINITY),
  },
  { id: 'list.last', keys: ['G', 'end'], title: 'to the last', ...motion, run: move(() => Number.POSITIVE_INFINITY) },
  {
    id: 'list.open',
    keys: ['enter', 'right', 'l'],
    title: 'open',
    where: ['holdings', 'watchlist'],
    importance: 1,
    unavailable: noRows,
    run: context => {
      const code = codeInView(context);
      if (code !== undefined) context.dispatch({ type: 'enter', screen: { kind: 'security', code } });
    },
  },
  {
    id: 'list.filter',
    keys: ['/'],
    title: 'filter',
    where: places,
    importance: 4,
    unavailable: nothingListed,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'filter' } }),
  },
  {
    id: 'list.sort',
    keys: ['s'],
    title: 'sort',
    where: places,
    importance: 5,
    unavailable: nothingListed,
    run: context => {
      const view = listInView(context);
      if (view === undefined) return;
      const sort = nextSort(view.list, view.state.sort);
      context.dispatch({ type: 'list', list: view.name, change: { sort } });
    },
  },
  {
    id: 'list.reverse',
    keys: ['S'],
    title: 'reverse the order',
    where: places,
    unavailable: nothingListed,
    run: context => {
      const view = listInView(context);
      if (view === undefined) return;
      const { column, direction } = view.state.sort;
      const sort = { column, direction: direction === 'ascending' ? 'descending' : 'ascending' } as const;
      context.dispatch({ type: 'list', list: view.name, change: { sort } });
    },
  },
  {
    id: 'security.watch',
    keys: ['w'],
    title: 'watch on/off',
    where: [...places, ...securityPlaces],
    importance: 6,
    unavailable: context => (codeInView(context) === undefined ? 'nothing is selected' : undefined),
    run: toggleWatched,
  },
];

/** Takes the filter off the list in view; false where there is none. */
export function clearFilter(context: Context): boolean {
  const list = filteredList(context.state);
  if (list === undefined || context.state.lists[list].filter.text === '') return false;
  context.dispatch({ type: 'list', list, change: { filter: emptyField } });
  return true;
}
