/**
 * What the console remembers, and how each event changes it: pure.
 *
 * A screen is its parameters; what it shows is derived from them and the stored data. The stack of screens is never
 * empty: `esc` takes one off. At most one overlay lies on top. A row is selected by its id (a code), never by its place.
 */
import type { Instant } from '../domain/date.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { Code } from '../domain/market/security.ts';
import type { RebalanceMode } from '../domain/rebalance/situation.ts';
import { type ChartRange, chartRanges } from '../domain/returns/chart-range.ts';
import type { SignalClass } from '../domain/signals/classes.ts';
import type { EnsembleFilter } from '../domain/signals/ensemble.ts';
import type { AccountState } from './account-task.ts';
import type { MessageKind } from './components/message-line.tsx';
import { type DoctorState, neverLooked } from './doctor-task.ts';
import type { Overlay, Undo } from './overlay.ts';
import type { Task } from './refresh-task.ts';
import { type SyncState, unknownSync } from './sync-task.ts';
import type { Sort } from './table.ts';
import { emptyField, type TextField } from './text-field.ts';

export const securityTabs = ['chart', 'fundamentals', 'votes', 'parcels', 'entries', 'dividends'] as const;
export type SecurityTab = (typeof securityTabs)[number];

/** Of tax and income; those of an owner last. */
export const taxTabs = ['received', 'calendar', 'confirm', 'gains', 'assessed'] as const;
export type TaxTab = (typeof taxTabs)[number];

export type TaxScreen = {
  readonly kind: 'tax';
  /** What was received while no tab is named. */
  readonly tab?: TaxTab | undefined;
  /** The running year while none is named. */
  readonly fy?: number | undefined;
  /** The id of an owner; the first one of the portfolio while none is named. */
  readonly owner?: string | undefined;
};

export const signalsTabs = ['modelA', 'modelB', 'ensemble', 'drift', 'card'] as const;
export type SignalsTab = (typeof signalsTabs)[number];

export type SignalsScreen = {
  readonly kind: 'signals';
  /** The ensemble while no tab is named. */
  readonly tab?: SignalsTab | undefined;
  /** Which rows of the ensemble are shown; all while nothing is named. */
  readonly keep?: EnsembleFilter['keep'] | undefined;
  /** Only this class of the ensemble. */
  readonly signal?: SignalClass | undefined;
};

export const notificationsTabs = ['inbox', 'preferences', 'rules'] as const;
export type NotificationsTab = (typeof notificationsTabs)[number];

export type NotificationsScreen = {
  readonly kind: 'notifications';
  /** The inbox while no tab is named. */
  readonly tab?: NotificationsTab | undefined;
  /** Only those not read yet. */
  readonly unread?: boolean | undefined;
};

export const performanceTabs = ['value', 'months', 'years', 'holdings', 'risk', 'correlation'] as const;
export type PerformanceTab = (typeof performanceTabs)[number];

/** The windows of performance: since the first entry too. */
export const performanceRanges = [...chartRanges, 'All'] as const;
export type PerformanceRange = (typeof performanceRanges)[number];

export type Screen =
  | { readonly kind: 'dashboard' }
  | { readonly kind: 'holdings' }
  | { readonly kind: 'watchlist' }
  /** The value while no tab is named. */
  | { readonly kind: 'performance'; readonly tab?: PerformanceTab }
  /** The portfolio in use beside another one, by its name. */
  | { readonly kind: 'compare'; readonly other: string }
  | TaxScreen
  | SignalsScreen
  | NotificationsScreen
  | { readonly kind: 'rebalance' }
  /** The account, and the settings of the config file. */
  | { readonly kind: 'account' }
  /** The chart while no tab is named. */
  | { readonly kind: 'security'; readonly code: Code; readonly tab?: SecurityTab };

export type ScreenKind = Screen['kind'];
/** What has rows to select: the screens that are a list of securities, and the tabs of others. */
export type ListName =
  | 'holdings'
  | 'watchlist'
  | 'rebalance'
  | 'settings'
  | PerformanceList
  | TaxTab
  | SignalsTab
  | NotificationsTab
  | Exclude<SecurityTab, 'chart'>;
/** The tabs of performance that are lists, and what of the others is in view. */
export type PerformanceList = 'months' | 'years' | 'contributions' | 'figures';

export type ListState = {
  /** The id of the row that was chosen; the first one while it is undefined or not shown. */
  readonly selected?: string | undefined;
  /** The first row in view. */
  readonly top: number;
  readonly sort: Sort;
  readonly filter: TextField;
};

/** A run of the signals that goes on: what it does now, and how far that is. */
export type SignalsWork = { readonly what: string; readonly done: number; readonly total: number };

/** Something that was said; `hint` is the way out. */
export type Notice = {
  readonly id: number;
  readonly kind: MessageKind;
  readonly text: string;
  readonly hint?: string | undefined;
  readonly at: Instant;
};

export type State = {
  readonly size: { readonly columns: number; readonly rows: number };
  /** The first frame leaves out what takes long. */
  readonly isFirst: boolean;
  /** The time that words about age are told by; it moves on by the minute. */
  readonly now: Instant;
  /** Of the stored data that is shown. */
  readonly revision: number;
  /** A portfolio's name or `all`; undefined is the current one. */
  readonly portfolio: string | undefined;
  readonly stack: readonly [Screen, ...Screen[]];
  readonly overlay: Overlay | undefined;
  readonly lists: Readonly<Record<ListName, ListState>>;
  readonly range: ChartRange;
  readonly performanceRange: PerformanceRange;
  readonly task: Task;
  readonly signalsWork: SignalsWork | undefined;
  readonly account: AccountState;
  readonly doctor: DoctorState;
  readonly sync: SyncState;
  /** How suggestions are made; as the last ones were, where undefined. */
  readonly rebalance: {
    readonly mode?: RebalanceMode | undefined;
    readonly marginalRatePct?: Decimal | 'none' | undefined;
  };
  /** Shown above the footer. */
  readonly notice: Notice | undefined;
  /** Newest first. */
  readonly said: readonly Notice[];
  /** Codes whose price has just changed. */
  readonly tinted: ReadonlySet<string>;
  readonly undo: Undo | undefined;
  /** What was typed and left without being used. */
  readonly kept: { readonly line: string; readonly path: string };
  /** The lines recorded since the console was opened, newest first. */
  readonly lines: readonly string[];
};

export type Event =
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'first-shown' }
  | { readonly type: 'time'; readonly now: Instant }
  | { readonly type: 'changed'; readonly revision: number }
  | { readonly type: 'portfolio'; readonly name: string | undefined }
  /** To one of the top screens: the stack starts anew. */
  | { readonly type: 'go'; readonly screen: Screen }
  /** Into a screen, from where `back` returns. */
  | { readonly type: 'enter'; readonly screen: Screen }
  | { readonly type: 'back' }
  | { readonly type: 'overlay'; readonly overlay: Overlay | undefined }
  | { readonly type: 'list'; readonly list: ListName; readonly change: Partial<ListState> }
  | { readonly type: 'range'; readonly range: ChartRange }
  | { readonly type: 'performance-range'; readonly range: PerformanceRange }
  /** To a tab of performance. */
  | { readonly type: 'performance-tab'; readonly tab: PerformanceTab }
  | { readonly type: 'rebalance'; readonly change: State['rebalance'] }
  | { readonly type: 'task'; readonly task: Task }
  | { readonly type: 'signals-work'; readonly work: SignalsWork | undefined }
  | { readonly type: 'account'; readonly change: Partial<AccountState> }
  | { readonly type: 'doctor'; readonly change: Partial<DoctorState> }
  | { readonly type: 'sync'; readonly change: Partial<SyncState> }
  | { readonly type: 'said'; readonly notice: Notice }
  | { readonly type: 'notice-gone'; readonly id: number | undefined }
  | { readonly type: 'tinted'; readonly codes: ReadonlySet<string> }
  /** To a tab of the security in view. */
  | { readonly type: 'tab'; readonly tab: SecurityTab }
  /** To another tab, year or owner of tax and income. */
  | { readonly type: 'tax'; readonly change: Partial<Omit<TaxScreen, 'kind'>> }
  /** To another tab of the signals, or other rows of the ensemble. */
  | { readonly type: 'signals'; readonly change: Partial<Omit<SignalsScreen, 'kind'>> }
  /** To another tab of notifications, or other rows of the inbox. */
  | { readonly type: 'notifications'; readonly change: Partial<Omit<NotificationsScreen, 'kind'>> }
  | { readonly type: 'undo'; readonly undo: Undo | undefined }
  | { readonly type: 'kept'; readonly kept: Partial<State['kept']> }
  | { readonly type: 'line'; readonly line: string };

const remembered = 100;

const list = (column: string, direction: Sort['direction']): ListState => ({
  top: 0,
  sort: { column, direction },
  filter: emptyField,
});

/** Rows in the order they come in. */
const unsorted = list('', 'descending');

export const initialState = (start: {
  readonly size: State['size'];
  readonly now: Instant;
  readonly revision: number;
  readonly portfolio: string | undefined;
  readonly isFirst?: boolean;
}): State => ({
  ...start,
  isFirst: start.isFirst ?? false,
  stack: [{ kind: 'dashboard' }],
  overlay: undefined,
  lists: {
    holdings: list('value', 'descending'),
    watchlist: list('code', 'ascending'),
    rebalance: unsorted,
    settings: unsorted,
    fundamentals: unsorted,
    votes: unsorted,
    modelA: list('rank', 'ascending'),
    modelB: list('score', 'descending'),
    ensemble: list('score', 'descending'),
    drift: list('psi', 'descending'),
    card: unsorted,
    inbox: unsorted,
    rules: unsorted,
    preferences: unsorted,
    parcels: unsorted,
    entries: unsorted,
    dividends: unsorted,
    received: unsorted,
    calendar: unsorted,
    confirm: unsorted,
    gains: unsorted,
    assessed: unsorted,
    months: unsorted,
    years: unsorted,
    contributions: unsorted,
    figures: unsorted,
  },
  range: '1Y',
  performanceRange: 'All',
  task: { kind: 'idle' },
  signalsWork: undefined,
  account: { status: undefined, work: undefined },
  doctor: neverLooked,
  sync: unknownSync,
  rebalance: {},
  notice: undefined,
  said: [],
  tinted: new Set(),
  undo: undefined,
  kept: { line: '', path: '' },
  lines: [],
});

/** The screen in view: the last one of the stack. */
export const topScreen = (state: State): Screen => screenOnTop(state.stack);
export const screenOnTop = (stack: State['stack']): Screen => stack.at(-1) ?? stack[0];

const sameScreen = (a: Screen, b: Screen): boolean =>
  a.kind === b.kind && (a.kind !== 'security' || (b.kind === 'security' && a.code === b.code));

/** Lines that scroll begin anew. */
const scrolledUp = (lists: State['lists']): State['lists'] => ({ ...lists, figures: unsorted });

/** Another screen in the place of the one in view. */
function onTop(state: State, screen: Screen): State {
  const [first, ...rest] = state.stack;
  return { ...state, stack: rest.length === 0 ? [screen] : [first, ...rest.slice(0, -1), screen] };
}

function back(state: State): State {
  if (state.overlay !== undefined) return { ...state, overlay: undefined };
  const [first, ...rest] = state.stack;
  return rest.length === 0 ? state : { ...state, stack: [first, ...rest.slice(0, -1)] };
}

export function update(state: State, event: Event): State {
  switch (event.type) {
    case 'resized':
      return { ...state, size: { columns: event.columns, rows: event.rows } };
    case 'first-shown':
      return { ...state, isFirst: false };
    case 'time':
      return { ...state, now: event.now };
    case 'changed':
      return { ...state, revision: event.revision };
    case 'portfolio':
      return { ...state, portfolio: event.name, overlay: undefined, rebalance: {} };
    case 'go':
      return { ...state, overlay: undefined, stack: [event.screen] };
    case 'enter':
      if (sameScreen(topScreen(state), event.screen)) return { ...state, overlay: undefined };
      return { ...state, overlay: undefined, stack: [...state.stack, event.screen] };
    case 'back':
      return back(state);
    case 'overlay':
      return { ...state, overlay: event.overlay };
    case 'list': {
      const changed = { ...state.lists[event.list], ...event.change };
      return { ...state, lists: { ...state.lists, [event.list]: changed } };
    }
    case 'range':
      return { ...state, range: event.range };
    case 'performance-range':
      return { ...state, performanceRange: event.range, lists: scrolledUp(state.lists) };
    case 'performance-tab': {
      const top = topScreen(state);
      if (top.kind !== 'performance') return state;
      return { ...onTop(state, { ...top, tab: event.tab }), lists: scrolledUp(state.lists) };
    }
    case 'rebalance':
      return { ...state, rebalance: { ...state.rebalance, ...event.change } };
    case 'task':
      return { ...state, task: event.task };
    case 'signals-work':
      return { ...state, signalsWork: event.work };
    case 'account':
      return { ...state, account: { ...state.account, ...event.change } };
    case 'doctor':
      return { ...state, doctor: { ...state.doctor, ...event.change } };
    case 'sync':
      return { ...state, sync: { ...state.sync, ...event.change } };
    case 'said':
      return { ...state, notice: event.notice, said: [event.notice, ...state.said].slice(0, remembered) };
    case 'notice-gone':
      return event.id === undefined || state.notice?.id === event.id ? { ...state, notice: undefined } : state;
    case 'tinted':
      return { ...state, tinted: event.codes };
    case 'tab': {
      const top = topScreen(state);
      return top.kind === 'security' ? onTop(state, { ...top, tab: event.tab }) : state;
    }
    case 'tax': {
      const top = topScreen(state);
      return top.kind === 'tax' ? onTop(state, { ...top, ...event.change }) : state;
    }
    case 'signals': {
      const top = topScreen(state);
      return top.kind === 'signals' ? onTop(state, { ...top, ...event.change }) : state;
    }
    case 'notifications': {
      const top = topScreen(state);
      return top.kind === 'notifications' ? onTop(state, { ...top, ...event.change }) : state;
    }
    case 'undo':
      return { ...state, undo: event.undo };
    case 'kept':
      return { ...state, kept: { ...state.kept, ...event.kept } };
    case 'line':
      return { ...state, lines: [event.line, ...state.lines.filter(each => each !== event.line)].slice(0, remembered) };
  }
}
