/**
 * A trader at the command line: commands run one after another on one data directory, each as its own process would,
 * with a clock, ids and a keychain that a test knows, and a loopback EODHD.
 */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { InboxServer, SyncServer } from '../../src/account/sync-server.ts';
import { openApp } from '../../src/app.ts';
import { nouns } from '../../src/cli/nouns.ts';
import { type Noun, type Outside, runCommandLine } from '../../src/cli/program.ts';
import { loadConfig } from '../../src/config.ts';
import type { Instant } from '../../src/domain/date.ts';
import type { Code } from '../../src/domain/market/security.ts';
import type { Keychain } from '../../src/host/keychain.ts';
import { mapKeychain, migrationsDir, program, type TestClock, temporaryFolder } from './app.ts';
import { type EodhdServer, type Fault, hasRecordings, recordedDir, startEodhdServer } from './eodhd-server.ts';
import { openSharedSolver } from './shared-solver.ts';

export type Answer = { readonly out: string; readonly err: string; readonly code: number };

export type Trader = {
  /** Runs `asxos` with these arguments: a line in which quotes hold words together, or a list. */
  readonly asxos: (args: string | readonly string[], around?: Around) => Promise<Answer>;
  readonly clock: TestClock;
  readonly server: EodhdServer;
  readonly dataDir: string;
  readonly secrets: Map<string, string>;
};

/** What is around one command. */
export type Around = {
  readonly stdin?: string | Uint8Array;
  /** What is typed where a secret is asked for; its prompt is kept in `prompts`. */
  readonly secret?: string | readonly string[];
  readonly prompts?: string[];
  readonly screen?: Outside['screen'];
  /** The console that would open. */
  readonly openConsole?: Outside['openConsole'];
  /** The account server that would be started; one that is ready and ends at once. */
  readonly openServer?: Outside['openServer'];
  /** The local API that would be started; one that is ready and ends at once. */
  readonly openApi?: Outside['openApi'];
  readonly columns?: number;
  readonly color?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
};

export type TraderOptions = {
  readonly now?: Instant;
  readonly faults?: readonly Fault[];
  /** The recorded answers of EODHD, where this checkout has them beside it. */
  readonly recordings?: boolean;
  /** The key in the environment; undefined is none. */
  readonly token?: string | undefined;
  /** Undefined is one that works. */
  readonly keychain?: Keychain;
  readonly dataDir?: string;
  /** What returns are measured against; nothing, where a test is not about it. */
  readonly benchmark?: Code;
  /** The account server that sync speaks to; nobody is signed in, where absent. */
  readonly syncServer?: SyncServer & InboxServer;
  /** Other commands than the program's. */
  readonly nouns?: readonly Noun[];
  /** Three digits that tell the ids of this trader's device from another's. */
  readonly series?: string;
};

/** 2026-03-03 11:00 in Sydney, a Tuesday. */
export const tuesday: Instant = Date.UTC(2026, 2, 3, 0);

export const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');

export async function openTrader(options: TraderOptions = {}): Promise<Trader> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const server = await startEodhdServer({
    dataDir: options.recordings && hasRecordings ? recordedDir : undefined,
    faults: options.faults ?? [],
  });
  onTestFinished(() => server.close());
  return traderAt(dataDir, server, options);
}

/** As `openTrader`, for a folder and a server that outlive one test. */
export function traderAt(dataDir: string, server: EodhdServer, options: TraderOptions = {}): Trader {
  const clock: TestClock = { now: options.now ?? tuesday };
  const secrets = new Map<string, string>();
  const keychain = options.keychain ?? mapKeychain(secrets);
  const token = 'token' in options ? options.token : 'recorded';
  let made = 0;
  const newId = (): string => {
    made += 1;
    const count = made.toString(16).padStart(4, '0');
    return `019cb000-0000-7000-8000-00000${options.series ?? '000'}${count}`;
  };
  const asxos: Trader['asxos'] = async (args, around = {}) => {
    const out: string[] = [];
    const err: string[] = [];
    let asked = 0;
    const env = {
      ASXOS_DATA_DIR: dataDir,
      ASXOS_CONFIG: join(dataDir, 'config.json'),
      ASXOS_EODHD_URL: server.url,
      ...(token === undefined ? {} : { EODHD_API_TOKEN: token }),
      ...around.env,
    };
    const outside: Outside = {
      streams: {
        out: text => out.push(text),
        err: text => err.push(text),
        terminal: around.columns === undefined ? undefined : { columns: around.columns, rows: 24 },
        errIsTerminal: around.columns !== undefined,
      },
      color: around.color ?? false,
      version: '1.2.3',
      signal: around.signal ?? new AbortController().signal,
      screen: around.screen ?? 'none',
      stdinIsTerminal: around.secret !== undefined,
      readStdin: async () => (typeof around.stdin === 'object' ? around.stdin : Buffer.from(around.stdin ?? '')),
      readSecret: async prompt => {
        around.prompts?.push(prompt);
        return typeof around.secret === 'string' ? around.secret : (around.secret?.[asked++] ?? '');
      },
      openApp: async ({ dataDir: chosen, demo, anyhow }) =>
        openApp(
          { ...loadConfig({ env, dataDir: chosen, anyhow }), benchmark: options.benchmark },
          { env, demo, migrationsDir },
          {
            ...{ now: () => clock.now, newId, openKeychain: async () => keychain, retryDelay: () => 0, program },
            passphraseCost: 2 ** 10,
            openSolver: openSharedSolver,
            ...(options.syncServer === undefined
              ? {}
              : { openSyncServer: async () => options.syncServer as SyncServer & InboxServer }),
          },
        ),
      openConsole: around.openConsole ?? (async () => 99),
      openServer:
        around.openServer ??
        (async (_app, { migrateOnly, onReady }) => {
          const url = migrateOnly ? undefined : 'http://127.0.0.1:8788';
          await onReady({ url, metricsUrl: undefined, store: 'FOLDER', migrationsApplied: 1 });
          return 0;
        }),
      openApi:
        around.openApi ??
        (async (_app, { port, onReady }) => {
          await onReady({ url: `http://127.0.0.1:${port}`, portfolio: 'Main' });
          return 0;
        }),
    };
    const code = await runCommandLine(typeof args === 'string' ? words(args) : args, outside, options.nouns ?? nouns);
    return { out: out.join(''), err: err.join(''), code };
  };
  return { asxos, clock, server, dataDir, secrets };
}

/** One command and its answer as they would stand in a terminal; what went to stderr is marked with `! `. */
export const transcript = (line: string, { out, err, code }: Answer): string => {
  const marked = err.replace(/^(?=.)/gm, '! ');
  return `$ asxos ${line}\n${out}${marked}${code === 0 ? '' : `[exit ${code}]\n`}`;
};

/** Runs the lines one after another and answers the whole session. Nothing of the machine is left in it. */
export async function session(trader: Trader, lines: readonly string[], around: Around = {}): Promise<string> {
  const parts: string[] = [];
  for (const line of lines) parts.push(transcript(line, await trader.asxos(line, around)));
  return parts.join('\n').replaceAll(trader.dataDir, 'DATA').replaceAll(trader.server.url, 'EODHD');
}
