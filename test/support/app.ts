/**
 * A whole App for a test: its own data directory, a database in memory with the real migrations (or in that directory),
 * a keychain that is a Map, and a loopback EODHD. All of it is closed and removed after the test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { Instant } from '../../src/domain/date.ts';
import type { Code } from '../../src/domain/market/security.ts';
import type { Keychain } from '../../src/host/keychain.ts';
import {
  type EodhdServer,
  type Fault,
  hasRecordings,
  recordedDir,
  recordedNow,
  startEodhdServer,
} from './eodhd-server.ts';
import { openSharedSolver } from './shared-solver.ts';

/** What a schedule would start. */
export const program = { node: '/usr/bin/node', launcher: '/opt/asxos/bin/asxos.js' };
export const migrationsDir = join(import.meta.dirname, '../../migrations');

/** What a test may turn: the instant that the App takes for now. */
export type TestClock = { now: Instant };

export type TestApp = { readonly app: App; readonly server: EodhdServer; readonly clock: TestClock };

export type TestAppOptions = {
  readonly now?: Instant;
  /** Scripted answers of EODHD, tried before the recordings. */
  readonly faults?: readonly Fault[];
  /** The recorded answers, where this checkout has them beside it. */
  readonly recordings?: boolean;
  /** Undefined is no key at all. */
  readonly token?: string | undefined;
  /** The database is a file in the data directory, not in memory. */
  readonly onDisk?: boolean;
  /** Another App's folder, to open a second one on the same data. */
  readonly dataDir?: string;
  readonly server?: EodhdServer;
  readonly demo?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What returns are measured against; nothing, where a test is not about it. */
  readonly benchmark?: Code;
};

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'asxos-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A keychain that keeps its secrets in a Map. */
export function mapKeychain(secrets: Map<string, string> = new Map()): Keychain {
  return {
    available: true,
    get: async account => secrets.get(account),
    set: async (account, secret) => {
      secrets.set(account, secret);
    },
    remove: async account => secrets.delete(account),
  };
}

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { recordings = false, faults = [], onDisk = false } = options;
  const token = 'token' in options ? options.token : 'recorded';
  const dataDir = options.dataDir ?? temporaryFolder();
  const server =
    options.server ??
    (await startEodhdServer({ dataDir: recordings && hasRecordings ? recordedDir : undefined, faults }));
  const clock: TestClock = { now: options.now ?? recordedNow };
  const env = {
    ASXOS_DATA_DIR: dataDir,
    ASXOS_CONFIG: join(dataDir, 'config.json'),
    ASXOS_EODHD_URL: server.url,
    ...(token === undefined ? {} : { EODHD_API_TOKEN: token }),
    ...options.env,
  };
  const keychain = mapKeychain();
  const app = openApp(
    { ...loadConfig({ env }), benchmark: options.benchmark },
    { env, migrationsDir, demo: options.demo ?? false },
    {
      now: () => clock.now,
      openKeychain: async () => keychain,
      openSolver: openSharedSolver,
      retryDelay: () => 0,
      program,
      ...(onDisk || options.dataDir !== undefined ? {} : { databasePath: ':memory:' }),
    },
  );
  onTestFinished(async () => {
    await app.close();
    if (options.server === undefined) await server.close();
  });
  return { app, server, clock };
}
