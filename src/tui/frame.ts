/** The whole frame from a snapshot: header, screen or overlay, what is being said, footer. Pure. */
import type { ChartStyle } from '../config.ts';
import { groupThousands } from '../domain/decimal.ts';
import { harmless } from '../domain/text.ts';
import { formatCount, formatMoney } from '../format.ts';
import { fitBlock, indent } from './blocks.ts';
import { type Choice, type Command, commandsAt, keyLabel, placeOf } from './command.ts';
import type { KeyHint } from './components/footer.tsx';
import { messageRows } from './components/message-line.tsx';
import { ruleLine } from './components/rule.tsx';
import type { Status } from './components/status-line.tsx';
import { filteredList } from './fields.ts';
import { freshnessWords, pctChange } from './figures.ts';
import { bodyHeight, overlayRows } from './frame-size.ts';
import { needRows } from './need-rows.ts';
import type { EntryLineOverlay, Overlay } from './overlay.ts';
import { accountPromptLines, promptTitles as accountTitles } from './overlays/account-prompt.ts';
import { doctorLines, doctorTitle } from './overlays/doctor.ts';
import { entryLineLines } from './overlays/entry-line.ts';
import { importLines } from './overlays/import.ts';
import { messageLines } from './overlays/messages.ts';
import { paletteLines } from './overlays/palette.ts';
import { portfolioLines } from './overlays/portfolios.ts';
import { promptLines, promptTitles } from './overlays/rebalance-prompt.ts';
import { rulePromptLines } from './overlays/rule-prompt.ts';
import { saleLines } from './overlays/sale.ts';
import { settingPromptLines } from './overlays/setting-prompt.ts';
import { accountScreen } from './screens/account.ts';
import { compareScreen } from './screens/compare.ts';
import { dashboardScreen } from './screens/dashboard.ts';
import { holdingsScreen } from './screens/holdings.ts';
import { notificationsScreen } from './screens/notifications.ts';
import { performanceScreen } from './screens/performance.ts';
import { rebalanceScreen } from './screens/rebalance.ts';
import { securityScreen } from './screens/security.ts';
import { signalsScreen } from './screens/signals.ts';
import { taxScreen } from './screens/tax.ts';
import { watchlistScreen } from './screens/watchlist.ts';
import { type ScreenKind, type SignalsWork, type State, topScreen } from './state.ts';
import { type Line, type Span, shorten } from './text.ts';
import { fieldLine } from './text-field.ts';
import type { Models } from './views.ts';

export type Snapshot = {
  readonly state: State;
  readonly models: Models;
  readonly choices: readonly Choice[];
  /** The lines of the open help or messages. */
  readonly overlayLines: readonly Line[];
  readonly commands: readonly Command[];
  /** Whether a command can be done now. */
  readonly isAvailable: (command: Command) => boolean;
};

export type Frame = {
  readonly status: Status;
  readonly body: readonly Line[];
  /** The rule above the footer, or what stands in its place. */
  readonly lower: Line;
  readonly hints: readonly KeyHint[];
  /** Whether the key for help works now. */
  readonly withHelp: boolean;
};

const margin = 4;
const question = '? y/N';

type Room = { readonly width: number; readonly height: number };

type Tab = {
  readonly kind: ScreenKind;
  readonly key: string;
  readonly title: string;
  /** Where all of them are named. */
  readonly among?: string;
};

const tabs: readonly Tab[] = [
  { kind: 'dashboard', key: '1', title: 'Dashboard' },
  { kind: 'holdings', key: '2', title: 'Holdings' },
  { kind: 'signals', key: '3', title: 'Signals' },
  { kind: 'watchlist', key: '4', title: 'Watchlist' },
  { kind: 'notifications', key: '5', title: 'Notifications', among: 'Inbox' },
  { kind: 'rebalance', key: '6', title: 'Rebalance' },
  { kind: 'performance', key: '7', title: 'Performance' },
  { kind: 'tax', key: '8', title: 'Tax' },
  { kind: 'account', key: '9', title: 'Account' },
];

/**
 * The top screens, the one in view marked; over a security the one it was opened from. In the short form the others are
 * their keys alone.
 */
function tabLine(state: State, form: 'wide' | 'short'): Line {
  const [root] = state.stack;
  return tabs.flatMap(({ kind, key, title, among = title }, index): Span[] => [
    ...(index === 0 ? [] : [{ text: '  ' }]),
    kind === root.kind
      ? { text: form === 'wide' ? among : `${key} ${title}`, bold: true, token: 'accent' }
      : { text: form === 'wide' ? among : key, token: 'dim' },
  ]);
}

/** From here on the value and its day stand beside the portfolio's name. */
const valueFrom = 110;

/** `BHP as of Fri 16:10`, `BHP delayed 20 min`: no longer than the words for all prices. */
const ofSecurity = (words: string, code: string): string =>
  words.includes('prices as of') ? words.replace('prices', code) : `${code} ${words}`;

/** `16:10 AEDT, 4 h old`, `delayed 20 min · 11:42`: without what a small terminal has no room for. */
const briefAge = (words: string): string =>
  words.includes('as of ') ? words.replace(/(?:prices )?as of /, '') : words.replace(/ AE[SD]T/, '');

/** `Training 43%`. */
const workWords = ({ what, done, total }: SignalsWork): string =>
  total === 0 ? what : `${what} ${Math.floor((done / total) * 100)}%`;

const syncWords = ({ done, total }: NonNullable<State['sync']['work']>): string =>
  total === 0 ? '↻ syncing' : `↻ syncing ${done}/${total}`;

export function statusOf({ state, models }: Pick<Snapshot, 'state' | 'models'>): Status {
  const { portfolio, unread, freshness } = models;
  const { totals, scope } = portfolio;
  const screen = topScreen(state).kind;
  const showsValue = screen === 'dashboard' || screen === 'holdings' || totals.value === undefined;
  const value: Line =
    showsValue || state.size.columns < valueFrom
      ? []
      : [{ text: `  ${formatMoney(totals.value)} ` }, pctChange(totals.dayChangePct)];
  const { task } = state;
  const words = freshnessWords(freshness, { now: state.now, offline: task.kind === 'offline' });
  // On a security's page it is the security's own, not the portfolio's.
  const told = models.screen.kind === 'security' ? ofSecurity(words, models.screen.view.code) : words;
  const age: Span =
    task.kind === 'running'
      ? { text: task.total === 0 ? '↻ refreshing' : `↻ ${task.done}/${task.total}`, token: 'accent' }
      : state.sync.work !== undefined
        ? { text: syncWords(state.sync.work), token: 'accent' }
        : state.signalsWork !== undefined
          ? { text: `↻ ${workWords(state.signalsWork)}`, token: 'accent' }
          : { text: told, token: 'dim' };
  const count = groupThousands(String(unread));
  const facts = (ageText: string, unreadText: string): Line[] => [
    ...(portfolio.simulated ? [[{ text: 'SIMULATED', token: 'warning', bold: true } as const]] : []),
    [{ ...age, text: ageText }],
    ...(unread > 0 ? [[{ text: unreadText, token: 'accent' } as const]] : []),
  ];
  return {
    left: [{ text: scope.name, bold: true }, ...value],
    middle: tabLine(state, 'wide'),
    short: tabLine(state, 'short'),
    right: facts(age.text, `● ${count} unread`),
    brief: facts(briefAge(age.text), `●${count}`),
  };
}

function screenBody({ state, models: { screen } }: Snapshot, style: ChartStyle, room: Room): Line[] {
  switch (screen.kind) {
    case 'dashboard':
      return dashboardScreen(screen, state, style, room);
    case 'holdings':
      return holdingsScreen(screen, state, room);
    case 'performance':
      return performanceScreen(screen, state, style, room);
    case 'compare':
      return compareScreen(screen, state, room);
    case 'watchlist':
      return watchlistScreen(screen, state, room);
    case 'tax':
      return taxScreen(screen, state, room);
    case 'signals':
      return signalsScreen(screen, state, room);
    case 'notifications':
      return notificationsScreen(screen, state, room);
    case 'rebalance':
      return rebalanceScreen(screen, state, room);
    case 'account':
      return accountScreen(screen, state, room);
    case 'security':
      return securityScreen(screen, state, style, room);
  }
}

/** The lines of an overlay beneath its title, from `top` on. */
function scrolled(title: string, lines: readonly Line[], top: number, { width, height }: Room): Line[] {
  const page = overlayRows(height);
  const shown = lines.slice(top, top + page);
  const more = lines.length > page ? ` ${top + 1}–${top + shown.length} of ${lines.length}` : '';
  return [ruleLine(width, `${title}${more}`), ...shown];
}

/** ` to Main`: the portfolio that an entry goes to; nothing while there is none, for the first one is made for it. */
const goesTo = (word: string, { portfolio: { scope } }: Models): string =>
  scope.portfolios[0] === undefined ? '' : ` ${word} ${scope.portfolios[0].name}`;

const portfolioTitles = {
  show: 'Portfolio',
  entry: 'Which portfolio does the entry go to?',
  import: 'Which portfolio does the file go into?',
} as const;

const importTitle = (models: Models): string => `Import a file${goesTo('into', models)}`;

function entryLine(overlay: EntryLineOverlay, models: Models, width: number): Line[] {
  const { preview, portfolio } = models;
  if (preview === undefined) return [];
  const hasCash = portfolio.scope.portfolios.some(
    each => each.cashAccount && each.id === (preview.recorded?.entry.portfolio ?? each.id),
  );
  const title =
    overlay.suggestion !== undefined
      ? `Carry out ${overlay.suggestion.title}${goesTo('in', models)}`
      : overlay.edited === undefined
        ? `Add an entry${overlay.portfolio === undefined ? goesTo('to', models) : ` to ${overlay.portfolio}`}`
        : `Edit ${overlay.edited.title}`;
  return [ruleLine(width, title), ...entryLineLines(overlay, preview, { width, hasCash })];
}

function body(snapshot: Snapshot, style: ChartStyle, room: Room): Line[] {
  const { state, models, choices, overlayLines } = snapshot;
  const { overlay } = state;
  const { width, height } = room;
  const inner = { width, height: height - 1 };
  switch (overlay?.kind) {
    case 'help':
      return scrolled('Help', overlayLines, overlay.top, room);
    case 'messages':
      return scrolled('Messages', overlayLines, overlay.top, room);
    case 'explain':
      return scrolled(`Why ${models.explained?.title ?? ''}`, overlayLines, overlay.top, room);
    case 'needs':
      return scrolled('Needs you', overlayLines, overlay.top, room);
    case 'doctor': {
      const page = { width, height: overlayRows(height) };
      return [ruleLine(width, doctorTitle(state.doctor)), ...doctorLines(state.doctor, overlay, page)];
    }
    case 'palette':
      return [ruleLine(width, 'Commands and codes'), ...paletteLines(overlay, choices, inner)];
    case 'portfolios':
      return [
        ruleLine(width, portfolioTitles[overlay.then ?? 'show']),
        ...portfolioLines(models.portfolios ?? [], overlay.chosen, inner),
      ];
    case 'compare-with':
      return [
        ruleLine(width, `Compare ${models.portfolio.scope.name} with`),
        ...portfolioLines(models.portfolios ?? [], overlay.chosen, inner),
      ];
    case 'entry-line':
      return entryLine(overlay, models, width);
    case 'rebalance-prompt': {
      const view = models.screen.kind === 'rebalance' ? models.screen.view : undefined;
      const title = `${promptTitles[overlay.asks]} ${models.portfolio.scope.name}`;
      return [ruleLine(width, title), ...promptLines(overlay, view, inner)];
    }
    case 'import':
      return [ruleLine(width, importTitle(models)), ...importLines(overlay, inner)];
    case 'import-preview':
      return scrolled(`Import ${harmless(overlay.file.name)}`, overlayLines, overlay.top, room);
    case 'sale':
      return models.sale === undefined
        ? []
        : [ruleLine(width, `Think of a sale of ${overlay.code}`), ...saleLines(overlay, models.sale, width)];
    case 'notification':
      return scrolled(harmless(overlay.notification.title), overlayLines, overlay.top, room);
    case 'rule-history':
      return scrolled(harmless(overlay.title), overlayLines, overlay.top, room);
    case 'rule-prompt':
      return [ruleLine(width, 'Add an alert rule'), ...rulePromptLines(overlay, inner)];
    case 'account-prompt': {
      const server = models.screen.kind === 'account' ? (models.screen.server ?? '') : '';
      const title = accountTitles[overlay.answers.does];
      return [ruleLine(width, title), ...accountPromptLines(overlay, server, inner)];
    }
    case 'setting-prompt': {
      const settings = models.screen.kind === 'account' ? models.screen.settings : [];
      const setting = settings.find(each => each.key === overlay.key);
      return setting === undefined
        ? []
        : [ruleLine(width, overlay.key), ...settingPromptLines(overlay, setting, inner)];
    }
    case 'sign-out':
    case 'delete':
    case 'delete-notification':
    case 'delete-rule':
    case 'dismiss':
    case 'reject':
    case 'filter':
    case undefined:
      return screenBody(snapshot, style, room);
  }
}

/** Of a field being typed or a question; undefined while there is neither. */
function fieldInFooter({ state, models }: Snapshot, width: number): Line | undefined {
  const { overlay, lists } = state;
  const { screen } = models;
  const filtered = filteredList(state);
  if (
    overlay?.kind === 'filter' &&
    filtered !== undefined &&
    (screen.kind === 'holdings' ||
      screen.kind === 'watchlist' ||
      screen.kind === 'signals' ||
      screen.kind === 'notifications')
  ) {
    const count =
      screen.kind === 'notifications'
        ? formatCount(screen.inbox.total, 'notification')
        : `${screen.list.rows.length} of ${screen.list.total}`;
    return [
      { text: '  / ', token: 'accent', bold: true },
      ...fieldLine(lists[filtered].filter, Math.max(4, Math.min(40, width - 24))),
      { text: `   ${count}`, token: 'dim' },
    ];
  }
  if (overlay?.kind !== undefined && isQuestion(overlay)) {
    const verb = asks[overlay.kind];
    return [
      { text: '  ! ', token: 'warning', bold: true },
      { text: `${shorten(`${verb} ${overlay.title}`, width - margin - question.length - 1)}${question}`, bold: true },
    ];
  }
  if (overlay?.kind === 'help' && overlay.typing) {
    return [
      { text: '  / ', token: 'accent', bold: true },
      ...fieldLine(overlay.filter, Math.max(4, Math.min(40, width - 8))),
    ];
  }
  return undefined;
}

/** What a question in the footer asks for. */
const asks = {
  delete: 'Delete',
  'delete-notification': 'Delete',
  'delete-rule': 'Delete the rule',
  dismiss: 'Put aside',
  'sign-out': 'Sign out',
  reject: 'Reject',
} as const;
type Question = Extract<Overlay, { kind: keyof typeof asks }>;
const isQuestion = (overlay: Overlay): overlay is Question => overlay.kind in asks;

/** A field being typed, else what was just said, else a rule; what needs more rows than one lies over the screen. */
function lowerRows(snapshot: Snapshot, width: number): Line[] {
  const field = fieldInFooter(snapshot, width);
  if (field !== undefined) return [field];
  const { notice } = snapshot.state;
  return notice === undefined ? [ruleLine(width)] : messageRows(notice, width);
}

function hintsOf({ state, commands, isAvailable }: Snapshot): KeyHint[] {
  const here = commandsAt(commands, placeOf(state));
  // What a place has a key for takes it from what works everywhere.
  const isFirst = (command: Command): boolean =>
    here.find(each => each.keys.includes(command.keys[0] ?? '')) === command;
  return here
    .filter(command => command.importance !== undefined && isFirst(command) && isAvailable(command))
    .sort((a, b) => (a.importance ?? 0) - (b.importance ?? 0))
    .map(({ keys, title }) => ({ key: keyLabel(keys[0] ?? ''), title }));
}

export function drawFrame(snapshot: Snapshot, style: ChartStyle): Frame {
  const { columns: width, rows } = snapshot.state.size;
  const height = bodyHeight(rows);
  const lower = lowerRows(snapshot, width);
  const shown = fitBlock(body(snapshot, style, { width, height }), width, height);
  return {
    status: statusOf(snapshot),
    body: [...shown.slice(0, height - lower.length + 1), ...lower.slice(0, -1)],
    lower: lower.at(-1) ?? [],
    hints: hintsOf(snapshot),
    withHelp: snapshot.state.overlay === undefined,
  };
}

/** All that needs attention, whole. */
export function needsOf({ state, models: { screen, portfolio } }: Pick<Snapshot, 'state' | 'models'>): Line[] {
  if (screen.kind !== 'dashboard') return [];
  return screen.extras.needs.flatMap(need =>
    needRows(need, portfolio.asOf, state.size.columns - margin).map(row => indent(row, 2)),
  );
}

/** The lines that an overlay scrolls through; help is made by whoever knows what can be done now. */
export const messagesOf = ({ state, models }: Pick<Snapshot, 'state' | 'models'>): Line[] =>
  messageLines(state.said, models.inbox ?? [], state.size.columns);
