/** Where a bench runs: a folder of its own, and an environment in which nothing of the machine's changes a timing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

export const root = join(import.meta.dirname, '../..');
export const launcher = join(root, 'bin/asxos.js');
export const migrationsDir = join(root, 'migrations');

/** A Saturday: the exchange is closed. Children are told that it is this instant and stays so. */
export const standingNow = '2026-11-21T02:00:00Z';

export type Place = {
  readonly dir: string;
  readonly dataDir: string;
  /** For child processes. */
  readonly env: NodeJS.ProcessEnv;
};

const foreign =
  /^(CI|CONTINUOUS_INTEGRATION|NO_COLOR|FORCE_COLOR|COLORTERM|NODE_.*|EODHD_API_TOKEN|ASXOS_.*|XDG_.*_HOME|VITEST)$/;

/** Runs `work` in a new folder that is gone when it is done. */
export async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'asxos-bench-'));
  try {
    const dataDir = join(dir, 'data');
    const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      TERM: 'xterm-256color',
      XDG_CACHE_HOME: join(dir, 'cache'),
      ASXOS_DATA_DIR: dataDir,
      ASXOS_CONFIG: join(dir, 'config.json'),
      // Nothing listens here: whatever asks for the network by mistake is told so at once.
      ASXOS_EODHD_URL: 'http://127.0.0.1:9',
      ASXOS_NOW: standingNow,
    };
    return await work({ dir, dataDir, env });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The program's parts, opened in this process on the data of a place. */
export async function withApp<T>({ env }: Place, work: (app: App) => T | Promise<T>): Promise<T> {
  const app = openApp(loadConfig({ env }), { env, migrationsDir });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
