/**
 * The console without its terminal: keys go in, snapshots come out. Every effect is here: the refresh, timers, and what
 * follows from a change of the stored data.
 *
 * An expected trouble becomes a message and what was shown stays; anything else ends the console.
 */
import type { App } from '../app.ts';
import type { Notification } from '../domain/alerts/notification.ts';
import { minute } from '../domain/date.ts';
import { harmless } from '../domain/text.ts';
import { describe, Failure } from '../failure.ts';
import { dataRevision, followChanges } from '../usecases/follow-changes.ts';
import { arrivals, lastTold } from '../usecases/inbox.ts';
import { watchedSecurities } from '../usecases/manage-watchlist.ts';
import { hasStoredSecurities, storedSecurities } from '../usecases/search-securities.ts';
import { type Choice, type Command, type Context, commandsAt, placeOf } from './command.ts';
import { commands } from './commands.ts';
import type { MessageKind } from './components/message-line.tsx';
import { fieldInUse, pastedText, pasteInto } from './fields.ts';
import { messagesOf, needsOf, type Snapshot } from './frame.ts';
import { keepLast } from './keep-last.ts';
import type { AccountAnswers, Overlay, Trouble } from './overlay.ts';
import { explainLines } from './overlays/explain.ts';
import { helpLines } from './overlays/help.ts';
import { importPreviewLines } from './overlays/import.ts';
import { paletteChoices } from './palette.ts';
import { notificationLines } from './screens/notifications.ts';
import { ruleHistoryLines } from './screens/rules.ts';
import { type Event, initialState, type Notice, topScreen, update } from './state.ts';
import { openTasks } from './tasks.ts';
import type { Line } from './text.ts';
import { editField, emptyField } from './text-field.ts';
import { openViews } from './views.ts';

export type Ending = { readonly exitCode: number } | { readonly error: unknown };

export type RuntimeOptions = {
  readonly portfolio?: string | undefined;
  /** The first snapshot leaves out what takes long; `start` brings it. */
  readonly paintsAtOnce?: boolean;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly end: (ending: Ending) => void;
  /** Gives the terminal back to the shell for a while; undefined where that is not possible. */
  readonly suspend?: (() => void) | undefined;
  /** Calls out what was told while the console is open. */
  readonly callOut?: ((told: readonly Notification[]) => void) | undefined;
};

export type Runtime = ReturnType<typeof openRuntime>;

/** How long what was said stays in sight; a failure stays until a key. */
const sightOf: Record<MessageKind, number | undefined> = { info: 4_000, warning: 8_000, failure: undefined };
const tintFor = 1_000;
/** Changes in one go are shown in one go. */
const settleFor = 50;

/** Throws a Failure where the portfolio is not there. */
export function openRuntime(app: App, options: RuntimeOptions) {
  let views = openViews(app);
  const previewLines = keepLast(importPreviewLines);
  const listeners = new Set<() => void>();
  const timers = new Set<NodeJS.Timeout>();
  let state = initialState({
    size: options.size,
    now: app.now(),
    revision: dataRevision(app),
    portfolio: options.portfolio,
    isFirst: options.paintsAtOnce ?? false,
  });
  let current = compute();
  let isStale = false;
  let hasChanged = false;
  let notices = 0;
  let told = lastTold(app);

  const context: Context = {
    app,
    get state() {
      return state;
    },
    get models() {
      return fresh().models;
    },
    get choices() {
      return fresh().choices;
    },
    get overlayLength() {
      return fresh().overlayLines.length;
    },
    dispatch,
    say,
    refresh: () => {
      void tasks.refresh.start({ target: 'all', asked: true });
    },
    fetchFundamentals: code => {
      void tasks.refresh.start({ target: 'fundamentals', codes: [code], asked: true });
    },
    rebalance: question => {
      void tasks.rebalancing.start(question);
    },
    runSignals: ({ train }) => {
      void tasks.signals.start(train);
    },
    stopSignals: () => tasks.signals.cancel(),
    get account() {
      return tasks.account;
    },
    get doctor() {
      return tasks.doctor;
    },
    get sync() {
      return tasks.sync;
    },
    settingsChanged: () => {
      views = openViews(app);
      isStale = true;
    },
    suspend: () => {
      if (options.suspend === undefined) say('info', 'This terminal cannot suspend a program');
      else options.suspend();
    },
    quit: exitCode => options.end({ exitCode }),
  };

  const tasks = openTasks({
    app,
    change: event => act(() => dispatch(event)),
    say: ({ kind, text, hint }) => act(() => say(kind, text, hint)),
    askAgain: (answers, trouble) => act(() => askAgain(answers, trouble)),
    failed,
    crash,
  });

  /** Back in the prompt where it was left, unless something else is open by now. */
  function askAgain(answers: AccountAnswers, trouble: Trouble): void {
    if (topScreen(state).kind === 'account' && state.overlay === undefined) {
      const overlay: Overlay = { kind: 'account-prompt', asks: 'password', field: emptyField, answers, trouble };
      dispatch({ type: 'overlay', overlay });
    } else say('failure', trouble.message, trouble.hint);
  }

  /** Trouble that is expected is said; anything else ends the console. */
  function failed(error: unknown): void {
    act(() => {
      throw error;
    });
  }

  function crash(error: unknown): void {
    options.end({ error });
  }

  function dispatch(event: Event): void {
    state = update(state, event);
    isStale = true;
  }

  function say(kind: MessageKind, text: string, hint?: string): void {
    const notice: Notice = { id: ++notices, kind, text: harmless(text), hint: hint && harmless(hint), at: app.now() };
    dispatch({ type: 'said', notice });
    const sight = sightOf[kind];
    if (sight !== undefined) later(sight, () => dispatch({ type: 'notice-gone', id: notice.id }));
  }

  function later(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act(work);
    }, milliseconds);
    timer.unref();
    timers.add(timer);
  }

  /** Does something and shows what came of it. */
  function act(work: () => void): void {
    try {
      saidWhenRefused(work);
      fresh();
    } catch (error) {
      crash(error);
      return;
    }
    for (const listener of [...listeners]) listener();
  }

  function saidWhenRefused(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { message, hint } = describe(error);
      say('failure', message, hint);
    }
  }

  function compute(): Snapshot {
    const models = views.of(state);
    const partial = { state, models, commands, choices: [], overlayLines: [], isAvailable };
    return { ...partial, choices: choicesOf(partial), overlayLines: overlayLinesOf(partial) };
  }

  /** The snapshot of the state. Where it cannot be made, what was shown stays and the reason is said once. */
  function fresh(): Snapshot {
    if (!isStale) return current;
    isStale = false;
    try {
      current = compute();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { message, hint } = describe(error);
      if (state.notice?.text !== message) say('failure', message, hint);
      if (state.portfolio !== undefined && error.code === 'not-found') {
        // It was renamed or archived elsewhere: the current one takes its place.
        dispatch({ type: 'portfolio', name: undefined });
        return fresh();
      }
      isStale = false;
      current = { ...current, state };
    }
    return current;
  }

  function isAvailable(command: Command): boolean {
    return command.isHere?.(state) !== true && command.unavailable?.(context) === undefined;
  }

  type Partial = Omit<Snapshot, 'choices' | 'overlayLines'>;

  function choicesOf({ state: { overlay, stack }, models }: Partial): Choice[] {
    if (overlay?.kind !== 'palette') return [];
    const place = placeOf({ overlay: undefined, stack });
    const query = overlay.query.text;
    const held = models.portfolio.holdings.map(({ code, name }) => ({ code, name }));
    const heldCodes = new Set<string>(held.map(each => each.code));
    const watched = watchedSecurities(app).filter(({ code }) => !heldCodes.has(code));
    return paletteChoices(query, {
      commands: commandsAt(commands, place).filter(command => command.motion !== true),
      isListStored: hasStoredSecurities(app),
      own: [...held, ...watched],
      stored: query.trim() === '' ? [] : storedSecurities(app, query, 20),
    });
  }

  function overlayLinesOf({ state: shown, models }: Partial): Line[] {
    const { overlay, stack, size } = shown;
    if (overlay?.kind === 'messages') return messagesOf({ state: shown, models });
    if (overlay?.kind === 'notification') return notificationLines(overlay.notification, size.columns);
    if (overlay?.kind === 'rule-history') return ruleHistoryLines(models.screen, size.columns);
    if (overlay?.kind === 'needs') return needsOf({ state: shown, models });
    if (overlay?.kind === 'import-preview') return previewLines(overlay.report, size.columns);
    if (overlay?.kind === 'explain' && models.explained !== undefined) {
      return explainLines(models.explained.explanations, overlay.chosen, {
        width: size.columns,
        entry: models.explained.entry,
      });
    }
    if (overlay?.kind !== 'help') return [];
    const why = (command: Command): string | undefined =>
      command.unavailable?.({ ...context, state: shown, models, choices: [], overlayLength: 0 });
    return helpLines(commands, placeOf({ overlay: undefined, stack }), overlay.filter.text, size.columns, why);
  }

  function press(key: string): void {
    if (state.notice?.kind === 'failure') dispatch({ type: 'notice-gone', id: undefined });
    const command = commandsAt(commands, placeOf(state)).find(each => each.keys.includes(key));
    if (command === undefined) {
      const use = fieldInUse(state);
      const edited = use && editField(use.field, key);
      if (use && edited) dispatch(use.put(edited));
      return;
    }
    if (command.isHere?.(state) === true) return;
    const reason = command.unavailable?.(context);
    if (reason === undefined) command.run(context);
    else if (command.motion !== true) say('info', `${command.title}: ${reason}`);
    if (hasChanged) showChanges();
  }

  /** Prices as they are written in the list in view. */
  function pricesInView(): Map<string, string> {
    const { screen } = current.models;
    if (screen.kind !== 'holdings' && screen.kind !== 'watchlist') return new Map();
    const text = (cell: string | { readonly text: string } | undefined): string =>
      cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text;
    return new Map(screen.list.rows.map(row => [row.id, text(row.cells['price'])]));
  }

  function showChanges(): void {
    hasChanged = false;
    const before = pricesInView();
    dispatch({ type: 'changed', revision: dataRevision(app) });
    fresh();
    callOut();
    tasks.delivery.start();
    if (topScreen(state).kind === 'account') void tasks.sync.look();
    const moved = [...pricesInView()].filter(([code, price]) => before.has(code) && before.get(code) !== price);
    if (moved.length === 0) return;
    const codes = new Set(moved.map(([code]) => code));
    dispatch({ type: 'tinted', codes });
    later(tintFor, () => {
      if (state.tinted === codes) dispatch({ type: 'tinted', codes: new Set() });
    });
  }

  function callOut(): void {
    const arrived = arrivals(app, told);
    told = arrived.last;
    if (arrived.told.length > 0) options.callOut?.(arrived.told);
  }

  function noticeChange(): void {
    if (hasChanged) return;
    hasChanged = true;
    later(settleFor, () => {
      if (hasChanged) showChanges();
    });
  }

  /** Words of age move on by the minute, and what is due starts. */
  function tick(): void {
    const now = app.now();
    if (Math.floor(now / minute) !== Math.floor(state.now / minute)) act(() => dispatch({ type: 'time', now }));
    tasks.tick(now);
  }

  const stopFollowing = followChanges(app, noticeChange, failed);

  return {
    snapshot: (): Snapshot => current,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    press: (key: string): void => act(() => press(key)),
    /** Pasted text goes into the field being typed in; without one it does nothing. */
    paste: (text: string): void =>
      act(() => {
        const use = fieldInUse(state);
        if (use === undefined) return;
        const pasted = pastedText(state, text);
        if ('refusal' in pasted) say('warning', pasted.refusal, 'Press i to import a file of them');
        else dispatch(use.put(pasteInto(state, use.field, harmless(pasted.text))));
      }),
    resize: (columns: number, rows: number): void => {
      if (columns === state.size.columns && rows === state.size.rows) return;
      act(() => dispatch({ type: 'resized', columns, rows }));
    },
    /** From here on it follows the market. Resolves when what was due at the start has come. */
    start(): Promise<void> {
      if (state.isFirst) act(() => dispatch({ type: 'first-shown' }));
      const timer = setInterval(tick, tasks.interval);
      timer.unref();
      timers.add(timer);
      return tasks.start();
    },
    /** Resolves when nothing of it goes on any more. */
    async stop(): Promise<void> {
      stopFollowing();
      const stopped = tasks.stop();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      listeners.clear();
      await stopped;
    },
  };
}
