/** What works in the overlays: palette, help, messages, the choice of a portfolio, a filter being typed. */
import { readNotifications } from '../../usecases/inbox.ts';
import type { Command, Context, Place } from '../command.ts';
import { bodyHeight, overlayRows } from '../frame-size.ts';
import type { Overlay } from '../overlay.ts';
import { allInView } from './all-in-view.ts';
import { openLine } from './entry.ts';
import { openImport } from './import.ts';
import { clearFilter, move } from './list.ts';

const close = ({ dispatch }: Context): void => dispatch({ type: 'overlay', overlay: undefined });

/** Changes the open overlay, where it is of that kind. */
const change =
  <K extends Overlay['kind']>(kind: K, how: (overlay: Extract<Overlay, { kind: K }>, context: Context) => Overlay) =>
  (context: Context): void => {
    const { overlay } = context.state;
    if (overlay?.kind === kind) {
      context.dispatch({ type: 'overlay', overlay: how(overlay as Extract<Overlay, { kind: K }>, context) });
    }
  };

export const closing = (place: Place, keys: readonly string[]): Command => ({
  id: `${place}.close`,
  keys,
  title: 'close',
  where: [place],
  importance: 9,
  motion: true,
  run: close,
});

/** A text of lines scrolls by so many, up to its end. */
export function scrolling(
  kind: 'help' | 'messages' | 'explain' | 'needs' | 'notification' | 'rule-history',
): Command[] {
  const by = (step: (page: number) => number) =>
    change(kind, (overlay, { state, overlayLength }) => {
      const page = overlayRows(bodyHeight(state.size.rows));
      const last = Math.max(0, overlayLength - page);
      return { ...overlay, top: Math.max(0, Math.min(last, overlay.top + step(page))) };
    });
  const motion = { where: [kind], motion: true } as const;
  return [
    { id: `${kind}.down`, keys: ['down', 'j'], title: 'down', ...motion, run: by(() => 1) },
    { id: `${kind}.up`, keys: ['up', 'k'], title: 'up', ...motion, run: by(() => -1) },
    {
      id: `${kind}.page-down`,
      keys: ['pagedown', 'space'],
      title: 'more',
      ...motion,
      importance: 3,
      unavailable: allInView,
      run: by(page => page),
    },
    { id: `${kind}.page-up`, keys: ['pageup'], title: 'a page up', ...motion, run: by(page => -page) },
    {
      id: `${kind}.first`,
      keys: ['g', 'home'],
      title: 'to the top',
      ...motion,
      run: by(() => Number.NEGATIVE_INFINITY),
    },
  ];
}

const choosePalette = (step: 1 | -1) =>
  change('palette', (overlay, { choices }) => ({
    ...overlay,
    chosen: Math.max(0, Math.min(choices.length - 1, overlay.chosen + step)),
  }));

function runChoice(context: Context): void {
  const { overlay } = context.state;
  const choice = overlay?.kind === 'palette' ? context.choices[overlay.chosen] : undefined;
  if (choice === undefined) return;
  close(context);
  if (choice.kind === 'code') {
    context.dispatch({ type: 'enter', screen: { kind: 'security', code: choice.code } });
    return;
  }
  const reason = choice.command.unavailable?.(context);
  if (reason === undefined) choice.command.run(context);
  else context.say('info', `${choice.command.title}: ${reason}`);
}

const choosePortfolio = (step: 1 | -1) =>
  change('portfolios', (overlay, { models }) => ({
    ...overlay,
    chosen: Math.max(0, Math.min((models.portfolios?.length ?? 1) - 1, overlay.chosen + step)),
  }));

function switchPortfolio(context: Context): void {
  const { overlay } = context.state;
  const choice = overlay?.kind === 'portfolios' ? context.models.portfolios?.[overlay.chosen] : undefined;
  if (overlay?.kind !== 'portfolios' || choice === undefined) return;
  context.dispatch({ type: 'portfolio', name: choice.scope });
  if (overlay.then === 'entry') openLine(context);
  if (overlay.then === 'import') openImport(context);
}

const needsOf = ({ models: { screen } }: Context): number =>
  screen.kind === 'dashboard' ? screen.extras.needs.length : 0;

export const overlayCommands: readonly Command[] = [
  {
    id: 'needs.open',
    keys: ['n'],
    title: 'what needs you',
    where: ['dashboard'],
    importance: 2,
    unavailable: context => (needsOf(context) === 0 ? 'nothing needs you right now' : undefined),
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'needs', top: 0 } }),
  },
  closing('palette', ['esc']),
  {
    id: 'palette.down',
    keys: ['down', 'ctrl+n', 'tab'],
    title: 'next',
    where: ['palette'],
    motion: true,
    run: choosePalette(1),
  },
  {
    id: 'palette.up',
    keys: ['up', 'ctrl+p', 'shift+tab'],
    title: 'previous',
    where: ['palette'],
    motion: true,
    run: choosePalette(-1),
  },
  {
    id: 'palette.run',
    keys: ['enter'],
    title: 'do it',
    where: ['palette'],
    importance: 1,
    motion: true,
    unavailable: ({ choices }) => (choices.length === 0 ? 'nothing matches' : undefined),
    run: runChoice,
  },
  closing('help', ['esc', 'q', '?', 'f1']),
  ...scrolling('help'),
  {
    id: 'help.filter',
    keys: ['/'],
    title: 'filter',
    where: ['help'],
    importance: 2,
    motion: true,
    run: change('help', overlay => ({ ...overlay, typing: true, top: 0 })),
  },
  {
    id: 'help-filter.done',
    keys: ['enter', 'esc'],
    title: 'done',
    where: ['help-filter'],
    importance: 1,
    motion: true,
    run: change('help', overlay => ({ ...overlay, typing: false })),
  },
  closing('messages', ['esc', 'q', '!']),
  ...scrolling('messages'),
  {
    id: 'messages.read',
    keys: ['m'],
    title: 'mark all read',
    where: ['messages'],
    importance: 2,
    motion: true,
    unavailable: ({ models }) => (models.unread === 0 ? 'nothing is unread' : undefined),
    run: ({ app, say }) => {
      const count = readNotifications(app);
      say('info', count === 1 ? '1 notification marked as read' : `${count} notifications marked as read`);
    },
  },
  closing('needs', ['esc', 'q', 'n']),
  ...scrolling('needs'),
  closing('portfolios', ['esc', 'q', 'p']),
  {
    id: 'portfolios.down',
    keys: ['down', 'j'],
    title: 'next',
    where: ['portfolios'],
    motion: true,
    run: choosePortfolio(1),
  },
  {
    id: 'portfolios.up',
    keys: ['up', 'k'],
    title: 'previous',
    where: ['portfolios'],
    motion: true,
    run: choosePortfolio(-1),
  },
  {
    id: 'portfolios.choose',
    keys: ['enter'],
    title: 'show',
    where: ['portfolios'],
    importance: 1,
    motion: true,
    run: switchPortfolio,
  },
  { id: 'filter.keep', keys: ['enter'], title: 'keep', where: ['filter'], importance: 1, motion: true, run: close },
  {
    id: 'filter.clear',
    keys: ['esc'],
    title: 'clear',
    where: ['filter'],
    importance: 2,
    motion: true,
    run: context => {
      clearFilter(context);
      close(context);
    },
  },
  { id: 'filter.down', keys: ['down'], title: 'down', where: ['filter'], motion: true, run: move(() => 1) },
  { id: 'filter.up', keys: ['up'], title: 'up', where: ['filter'], motion: true, run: move(() => -1) },
];
