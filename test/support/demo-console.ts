/** The console on the demo's data without a terminal: keys go in, the frame is read as text. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { type Instant, readInstant } from '../../src/domain/date.ts';
import { footerLine } from '../../src/tui/components/footer.tsx';
import { statusLine } from '../../src/tui/components/status-line.tsx';
import { drawFrame } from '../../src/tui/frame.ts';
import { type Ending, openRuntime, type Runtime } from '../../src/tui/runtime.ts';
import { type Line, lineWidth, plainText } from '../../src/tui/text.ts';
import { refresh } from '../../src/usecases/refresh-prices.ts';
import { setUpDemo } from '../../src/usecases/set-up-demo.ts';
import { migrationsDir } from './app.ts';

/** A Friday evening in Sydney: the session is over and its closes are there. */
export const fridayEvening = readInstant('2026-11-20T10:00Z') ?? 0;
/** The Friday at noon: the market is open. */
export const fridayNoon = readInstant('2026-11-20T01:00Z') ?? 0;

/** Filling the demo takes a second or two, and much longer on a machine that is busy. */
export const startTimeout = 60_000;

export type ConsoleApp = { readonly app: App; readonly clock: { now: Instant }; readonly close: () => Promise<void> };

/** An App in memory with a clock of its own; with `demo` filled and priced, else empty and without a key. */
export async function openConsoleApp(options: { demo: boolean; now?: Instant; prices?: boolean }): Promise<ConsoleApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'asxos-console-'));
  const clock = { now: options.now ?? fridayEvening };
  const env = { ASXOS_DATA_DIR: dataDir, ASXOS_CONFIG: join(dataDir, 'config.json') };
  const app = openApp(
    loadConfig({ env }),
    { env, migrationsDir, demo: options.demo },
    {
      now: () => clock.now,
      databasePath: ':memory:',
      openKeychain: async () => ({ available: false, reason: 'there is none in a test' }),
    },
  );
  if (options.demo) await setUpDemo(app);
  if (options.demo && options.prices !== false) await refresh(app, { target: 'all' });
  return {
    app,
    clock,
    close: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Goes on from tab to tab until the one with this title is in view. */
export function turnTo(t: Pick<TestConsole, 'press' | 'rows'>, title: string): void {
  for (let turn = 0; turn < 12 && !(t.rows()[3] ?? '').includes(`[${title}`); turn += 1) t.press('tab');
}

export type TestConsole = {
  readonly runtime: Runtime;
  readonly press: (...keys: string[]) => void;
  /** The frame, a string a row. */
  readonly rows: () => string[];
  readonly frame: () => string;
  /** Rows wider than the terminal. */
  readonly tooWide: () => string[];
  readonly endings: readonly Ending[];
};

export function openTestConsole(
  app: App,
  size: { columns: number; rows: number },
  options: { portfolio?: string } = {},
): TestConsole {
  const endings: Ending[] = [];
  const runtime = openRuntime(app, {
    ...options,
    size,
    end: ending => endings.push(ending),
  });
  const lines = (): Line[] => {
    const snapshot = runtime.snapshot();
    const { columns } = snapshot.state.size;
    const { status, body, lower, hints, withHelp } = drawFrame(snapshot, 'braille');
    return [statusLine(status, columns), ...body, lower, footerLine(hints, columns, withHelp)];
  };
  const rows = (): string[] => lines().map(line => plainText(line).trimEnd());
  return {
    runtime,
    press: (...keys) => {
      for (const key of keys) runtime.press(key);
    },
    rows,
    frame: () => rows().join('\n'),
    tooWide: () =>
      lines()
        .filter(line => lineWidth(line) > runtime.snapshot().state.size.columns)
        .map(plainText),
    endings,
  };
}

/** The keys that type a text. */
export const typed = (text: string): string[] => [...text].map(character => (character === ' ' ? 'space' : character));
