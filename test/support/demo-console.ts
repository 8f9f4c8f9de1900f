/** The console on the demo's data without a terminal: keys go in, the frame is read as text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
import { openSharedSolver } from './shared-solver.ts';

/** A Friday evening in Sydney: the session is over and its closes are there. */
export const fridayEvening = readInstant('2026-11-20T10:00Z') ?? 0;
/** The Friday at noon: the market is open. */
export const fridayNoon = readInstant('2026-11-20T01:00Z') ?? 0;

/** Filling the demo takes a second or two, and much longer on a machine that is busy. */
export const startTimeout = 60_000;

export type ConsoleApp = { readonly app: App; readonly clock: { now: Instant }; readonly close: () => Promise<void> };

type Opening = { readonly demo: boolean; readonly now?: Instant; readonly prices?: boolean };

/** The demo's database as it was filled at an instant, with or without prices: filled once in this worker. */
const filled = new Map<string, Buffer>();

async function filledDemo(now: Instant, withPrices: boolean): Promise<Buffer> {
  const key = `${now} ${withPrices}`;
  const known = filled.get(key);
  if (known !== undefined) return known;
  const { app, close } = openAt(now, { demo: true, databasePath: ':memory:' });
  try {
    await setUpDemo(app);
    if (withPrices) await refresh(app, { target: 'all' });
    const image = app.db.raw.serialize();
    filled.set(key, image);
    return image;
  } finally {
    await close();
  }
}

function openAt(now: Instant, overrides: { demo: boolean; databasePath?: string }): ConsoleApp {
  const { demo, ...path } = overrides;
  const dataDir = mkdtempSync(join(tmpdir(), 'asxos-console-'));
  const clock = { now };
  const env = { ASXOS_DATA_DIR: dataDir, ASXOS_CONFIG: join(dataDir, 'config.json') };
  const app = openApp(
    loadConfig({ env }),
    { env, migrationsDir, demo },
    {
      now: () => clock.now,
      ...path,
      openSolver: openSharedSolver,
      openKeychain: async () => ({ available: false, reason: 'there is none in a test' }),
    },
  );
  return {
    app,
    clock,
    close: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** An App with a clock of its own; with `demo` filled and priced, else in memory, empty and without a key. */
export async function openConsoleApp({ demo, now = fridayEvening, prices = true }: Opening): Promise<ConsoleApp> {
  if (!demo) return openAt(now, { demo, databasePath: ':memory:' });
  const image = await filledDemo(now, prices);
  const opened = openAt(now, { demo });
  mkdirSync(opened.app.dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(opened.app.databasePath, image, { mode: 0o600 });
  return opened;
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
