/**
 * A command: one record that feeds dispatch, footer, help, palette and the table of keys. A place is the overlay on top,
 * else the screen: its commands come first, then those of every screen.
 */
import type { App } from '../app.ts';
import type { Code } from '../domain/market/security.ts';
import type { RebalanceOptions } from '../usecases/rebalance.ts';
import type { MessageKind } from './components/message-line.tsx';
import type { AccountAnswers, Overlay } from './overlay.ts';
import { type Event, type ScreenKind, type SecurityTab, type State, screenOnTop } from './state.ts';
import type { Models } from './views.ts';

/** A tab of a security is a place of its own, but for the chart, which is `security`; so are those of what to confirm, of rules and of preferences. */
export type Place =
  | ScreenKind
  | 'confirm'
  | 'rules'
  | 'preferences'
  | Exclude<SecurityTab, 'chart'>
  | Overlay['kind']
  | 'help-filter';
/** A security, whichever of its tabs is in view. */
export const securityPlaces = ['security', 'fundamentals', 'votes', 'parcels', 'entries', 'dividends'] as const;
/** Tax and income, whichever of its tabs is in view. */
export const taxPlaces = ['tax', 'confirm'] as const;

/** What a command is given. `state`, `models` and `choices` are those of the moment of asking. */
export type Context = {
  readonly app: App;
  readonly state: State;
  readonly models: Models;
  /** What the open palette offers. */
  readonly choices: readonly Choice[];
  /** How many lines the open help or messages have. */
  readonly overlayLength: number;
  readonly dispatch: (event: Event) => void;
  readonly say: (kind: MessageKind, text: string, hint?: string) => void;
  readonly refresh: () => void;
  readonly fetchFundamentals: (code: Code) => void;
  readonly rebalance: (question: RebalanceOptions) => void;
  /** Runs the signals, of what is stored and due; `train` learns model A anew. */
  readonly runSignals: (how: { readonly train: boolean }) => void;
  /** Stops the run of the signals that goes on; false where there is none. */
  readonly stopSignals: () => boolean;
  /** Asks the account server; what comes of it is shown and said. */
  readonly account: {
    readonly look: () => void;
    readonly signIn: (answers: AccountAnswers) => void;
    readonly signOut: () => void;
  };
  /** Looks at everything anew; what is found is shown. */
  readonly doctor: { readonly look: (terminal: State['size']) => void };
  readonly sync: {
    /** Reads how it stands; the server is not asked. */
    readonly look: () => void;
    readonly start: (how: { readonly asked: boolean }) => void;
  };
  /** A setting was changed: what rests on it is made anew. */
  readonly settingsChanged: () => void;
  readonly suspend: () => void;
  /** Leaves the console with this exit code. */
  readonly quit: (exitCode: number) => void;
};

export type Command = {
  readonly id: string;
  /** By name, as `keys` reads them; the first one is shown. */
  readonly keys: readonly string[];
  readonly title: string;
  /** `anywhere` is also over an overlay; `screens` is every screen. */
  readonly where: 'anywhere' | 'screens' | readonly Place[];
  /** Its rank in the footer, 1 first; without one it is not there. */
  readonly importance?: number;
  /** Moves only: not in the palette. */
  readonly motion?: boolean;
  /** Whether where it leads is in view already: then it is not in the footer and does nothing. */
  readonly isHere?: (state: State) => boolean;
  /** Why it cannot be done now; undefined when it can. */
  readonly unavailable?: (context: Context) => string | undefined;
  readonly run: (context: Context) => void;
};

/** What the palette offers. */
export type Choice =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'code'; readonly code: Code; readonly name: string };

const placeOfTab = { inbox: 'notifications', rules: 'rules', preferences: 'preferences' } as const;

export function placeOf({ overlay, stack }: Pick<State, 'overlay' | 'stack'>): Place {
  if (overlay === undefined) {
    const screen = screenOnTop(stack);
    if (screen.kind === 'tax') return screen.tab === 'confirm' ? 'confirm' : 'tax';
    if (screen.kind === 'notifications') return placeOfTab[screen.tab ?? 'inbox'];
    const tab = screen.kind === 'security' ? (screen.tab ?? 'chart') : 'chart';
    return tab === 'chart' ? screen.kind : tab;
  }
  return overlay.kind === 'help' && overlay.typing ? 'help-filter' : overlay.kind;
}

const screens: readonly Place[] = [
  'dashboard',
  'holdings',
  'signals',
  'watchlist',
  'notifications',
  'rules',
  'preferences',
  'rebalance',
  'account',
  'performance',
  'compare',
  ...taxPlaces,
  ...securityPlaces,
];
const isScreen = (place: Place): boolean => screens.includes(place);

/** Whether a command belongs to the place itself, to every screen, or not at all. */
export function reach({ where }: Command, place: Place): 'own' | 'general' | undefined {
  if (where === 'anywhere') return 'general';
  if (where === 'screens') return isScreen(place) ? 'general' : undefined;
  return where.includes(place) ? 'own' : undefined;
}

/** The commands that work in a place, its own first. */
export const commandsAt = (commands: readonly Command[], place: Place): readonly Command[] => [
  ...commands.filter(command => reach(command, place) === 'own'),
  ...commands.filter(command => reach(command, place) === 'general'),
];

const labels: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'pgup',
  pagedown: 'pgdn',
  f1: 'F1',
  '+': '+',
};

/** A key as it is written on the screen: `ctrl-p`, `↑`. */
export const keyLabel = (key: string): string => labels[key] ?? key.replace('+', '-');
