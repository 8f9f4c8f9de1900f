/** Opens the console on a terminal and resolves with the exit code when it is left. */
import { render } from 'ink';
import { createElement } from 'react';
import type { App } from '../app.ts';
import { type Look, ThemedConsole } from './app.tsx';
import { keepLast } from './keep-last.ts';
import { openRuntime } from './runtime.ts';
import { terminalNotice } from './terminal-notice.ts';
import { chooseTheme, isThemeName, type Theme, terminalColours } from './theme.ts';

/** The terminal and the process around the console; the console itself touches neither. */
export type Surroundings = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Calls `end` with the exit code when a signal asks the process to end; returns how to stop listening. */
  readonly onEndSignal: (end: (exitCode: number) => void) => () => void;
  /** Calls `crash` with what nobody caught; returns how to stop listening. */
  readonly onBug: (crash: (error: unknown) => void) => () => void;
  /** Stops the process, as the shell's job control does; returns when it goes on. Undefined where there is none. */
  readonly stopProcess: (() => void) | undefined;
};

export type ConsoleOptions = {
  readonly portfolio?: string | undefined;
  readonly surroundings: Surroundings;
};

/** Home, and erase from there. */
const eraseScreen = '\u001b[H\u001b[J';
/**
 * Terminals do not agree on how wide some characters are, and may have become narrower since a frame was made: what is
 * too wide is cut at the edge, instead of shifting everything beneath it.
 */
const wraps = { off: '\u001b[?7l', on: '\u001b[?7h' };

/** Answers the look by the settings of this moment. */
function openLook(app: App, env: Surroundings['env']): () => Look {
  const colours = terminalColours(env);
  const themeOf = (name: string, color: boolean): Theme =>
    chooseTheme(isThemeName(name) ? name : 'dark', color ? colours : 'none');
  const lookOf = keepLast(
    (name: string, color: boolean, chart: Look['chart']): Look => ({
      theme: themeOf(name, color),
      chart,
    }),
  );
  return () => lookOf(app.config.theme, app.config.color, app.config.chart);
}

/**
 * Takes the whole terminal and gives it back however the console ends. Resolves with 0 when it was quit, 130 after
 * ctrl-C, 128 plus the number after a signal; rejects with what went wrong, the terminal restored. A Failure before
 * anything is drawn is thrown as it is.
 */
export async function startConsole(app: App, { portfolio, surroundings }: ConsoleOptions): Promise<number> {
  const { stdin, stdout, env, platform, onEndSignal, onBug, stopProcess } = surroundings;
  // A Windows console scrolls when its last cell is written.
  const spareRows = platform === 'win32' ? 1 : 0;
  let exitCode = 0;
  let trouble: { readonly error: unknown } | undefined;
  let suspendTerminal: ((work: () => void) => Promise<void>) | undefined;
  const end = (code: number): void => {
    exitCode = code;
    instance.unmount();
  };
  const crash = (error: unknown): void => {
    trouble ??= { error };
    instance.unmount();
  };
  const runtime = openRuntime(app, {
    portfolio,
    paintsAtOnce: true,
    size: { columns: stdout.columns, rows: stdout.rows - spareRows },
    end: ending => ('error' in ending ? crash(ending.error) : end(ending.exitCode)),
    suspend:
      stopProcess &&
      (() => {
        suspendTerminal?.(() => {
          stdout.write(wraps.on);
          stopProcess();
          stdout.write(wraps.off);
        }).catch(crash);
      }),
    callOut: told => {
      // Between two frames: it moves no cursor and draws nothing.
      if (stdout.isTTY && app.config['notify.desktop'] === 'auto') stdout.write(terminalNotice(told, app.simulated));
    },
  });
  const onReady = (suspend: (work: () => void) => Promise<void>): void => {
    suspendTerminal = suspend;
  };
  const node = createElement(ThemedConsole, {
    runtime,
    look: openLook(app, env),
    spareRows,
    onReady,
  });
  // Keys typed while the program loaded were echoed and moved the cursor; the first frame is drawn from where it is.
  stdin.setRawMode(true);
  stdout.write(`\r\u001b[K${wraps.off}`);
  // Before Ink hears of it: a frame of the old size may have come to the terminal after it had the new one, and what of it
  // lies outside the next frame's changes would stay. The scrollback is not touched.
  const wipe = (): void => {
    instance.clear();
    stdout.write(eraseScreen);
  };
  stdout.on('resize', wipe);
  const instance = render(node, {
    stdin,
    stdout,
    alternateScreen: true,
    incrementalRendering: true,
    // Ink paints nothing under CI unless it is told that somebody is there.
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    // A key that comes just after a frame waits for the next: half as long as with 30.
    maxFps: 60,
  });
  const stopListening = [onEndSignal(end), onBug(crash)];
  try {
    runtime.start().catch(crash);
    await instance.waitUntilExit();
  } finally {
    for (const stop of stopListening) stop();
    stdout.write(wraps.on);
    stdout.off('resize', wipe);
    await runtime.stop();
  }
  if (trouble !== undefined) throw trouble.error;
  return exitCode;
}
