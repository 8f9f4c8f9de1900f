/** Performance and the comparison: tabs, ranges, moving in a list or through lines, another portfolio. */
import { readCode } from '../../domain/market/security.ts';
import type { Command, Context } from '../command.ts';
import { bodyHeight } from '../frame-size.ts';
import { moveSelection, selectedId } from '../list-model.ts';
import { cashRow } from '../performance-lists.ts';
import { compareText } from '../screens/compare.ts';
import { rowsInView } from '../screens/list.ts';
import { performanceListHeight, performanceText } from '../screens/performance.ts';
import { performanceRanges, performanceTabs } from '../state.ts';
import { closing } from './overlay.ts';

const places = ['performance', 'compare'] as const;

const turnTab =
  (step: 1 | -1) =>
  ({ models: { screen }, dispatch }: Context): void => {
    if (screen.kind !== 'performance') return;
    const count = performanceTabs.length;
    const tab = performanceTabs[(performanceTabs.indexOf(screen.tab) + step + count) % count];
    if (tab !== undefined) dispatch({ type: 'performance-tab', tab });
  };

const neighbour = ({ state }: Context, step: 1 | -1) =>
  performanceRanges[performanceRanges.indexOf(state.performanceRange) + step];

const turnRange =
  (step: 1 | -1) =>
  (context: Context): void => {
    const range = neighbour(context, step);
    if (range !== undefined) context.dispatch({ type: 'performance-range', range });
  };

/** Moves the selection of a list; of a tab that is none, its lines. */
const move =
  (by: (page: number) => number) =>
  ({ state, models: { screen }, dispatch }: Context): void => {
    const room = { width: state.size.columns, height: bodyHeight(state.size.rows) };
    if (screen.kind === 'performance' && screen.list !== undefined) {
      const { name, model } = screen.list;
      const height = rowsInView(model, performanceListHeight(screen, state, room));
      dispatch({ type: 'list', list: name, change: moveSelection(model, state.lists[name], by(height), height) });
      return;
    }
    if (screen.kind !== 'performance' && screen.kind !== 'compare') return;
    const text =
      screen.kind === 'compare' ? compareText(screen, room) : performanceText(screen, state, 'braille', room);
    const last = Math.max(0, text.lines.length - text.height);
    const top = Math.max(0, Math.min(last, state.lists.figures.top + by(text.height)));
    dispatch({ type: 'list', list: 'figures', change: { top } });
  };

const motion = { where: places, motion: true } as const;

/** The holding whose contribution is selected. */
const codeSelected = ({ state, models: { screen } }: Context) => {
  if (screen.kind !== 'performance' || screen.list?.name !== 'contributions') return undefined;
  const id = selectedId(screen.list.model, state.lists.contributions);
  return id === undefined || id === cashRow ? undefined : readCode(id);
};

const chooseOther =
  (step: 1 | -1) =>
  ({ state: { overlay }, models, dispatch }: Context): void => {
    if (overlay?.kind !== 'compare-with') return;
    const chosen = Math.max(0, Math.min(models.others.length - 1, overlay.chosen + step));
    dispatch({ type: 'overlay', overlay: { ...overlay, chosen } });
  };

function compare({ state: { overlay }, models, dispatch }: Context): void {
  const choice = overlay?.kind === 'compare-with' ? models.others[overlay.chosen] : undefined;
  if (choice !== undefined) dispatch({ type: 'enter', screen: { kind: 'compare', other: choice.scope } });
}

export const performanceCommands: readonly Command[] = [
  { id: 'performance.down', keys: ['down', 'j'], title: 'down', ...motion, run: move(() => 1) },
  { id: 'performance.up', keys: ['up', 'k'], title: 'up', ...motion, run: move(() => -1) },
  {
    id: 'performance.page-down',
    keys: ['pagedown', 'ctrl+d'],
    title: 'a page down',
    ...motion,
    run: move(page => Math.max(1, page - 1)),
  },
  {
    id: 'performance.page-up',
    keys: ['pageup', 'ctrl+u'],
    title: 'a page up',
    ...motion,
    run: move(page => -Math.max(1, page - 1)),
  },
  {
    id: 'performance.first',
    keys: ['g', 'home'],
    title: 'to the first',
    ...motion,
    run: move(() => Number.NEGATIVE_INFINITY),
  },
  {
    id: 'performance.last',
    keys: ['G', 'end'],
    title: 'to the last',
    ...motion,
    run: move(() => Number.POSITIVE_INFINITY),
  },
  {
    id: 'performance.open',
    keys: ['enter'],
    title: 'open',
    where: ['performance'],
    importance: 3,
    unavailable: context => (codeSelected(context) === undefined ? 'no security is selected' : undefined),
    run: context => {
      const code = codeSelected(context);
      if (code !== undefined) context.dispatch({ type: 'enter', screen: { kind: 'security', code } });
    },
  },
  {
    id: 'performance.next-tab',
    keys: ['tab', 'right', 'l'],
    title: 'next tab',
    where: ['performance'],
    importance: 1,
    run: turnTab(1),
  },
  {
    id: 'performance.previous-tab',
    keys: ['shift+tab', 'left', 'h'],
    title: 'previous tab',
    where: ['performance'],
    run: turnTab(-1),
  },
  {
    id: 'performance.longer-range',
    keys: [']'],
    title: 'longer range',
    where: places,
    importance: 5,
    unavailable: context => (neighbour(context, 1) === undefined ? 'this is the longest range' : undefined),
    run: turnRange(1),
  },
  {
    id: 'performance.shorter-range',
    keys: ['['],
    title: 'shorter range',
    where: places,
    importance: 6,
    unavailable: context => (neighbour(context, -1) === undefined ? 'this is the shortest range' : undefined),
    run: turnRange(-1),
  },
  {
    id: 'portfolio.compare',
    keys: ['c'],
    title: 'compare portfolios',
    where: 'screens',
    importance: 14,
    unavailable: ({ models }) => (models.others.length === 0 ? 'it takes two portfolios' : undefined),
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'compare-with', chosen: 0 } }),
  },
  closing('compare-with', ['esc', 'q', 'c']),
  {
    id: 'compare-with.down',
    keys: ['down', 'j'],
    title: 'next',
    where: ['compare-with'],
    motion: true,
    run: chooseOther(1),
  },
  {
    id: 'compare-with.up',
    keys: ['up', 'k'],
    title: 'previous',
    where: ['compare-with'],
    motion: true,
    run: chooseOther(-1),
  },
  {
    id: 'compare-with.choose',
    keys: ['enter'],
    title: 'compare',
    where: ['compare-with'],
    importance: 1,
    motion: true,
    run: compare,
  },
];
