/** The edge of the process, in a process. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EodhdServer, startEodhdServer } from './support/eodhd-server.ts';
import { startInTerminal } from './support/pty.ts';

vi.setConfig({ testTimeout: 60_000 });

const main = join(import.meta.dirname, '../bin/asxos.js');
let folder: string;
let server: EodhdServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-main-'));
  server = await startEodhdServer({ faults: [{ delayMs: 60_000 }] });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  ASXOS_DATA_DIR: folder,
  ASXOS_CONFIG: join(folder, 'config.json'),
  ASXOS_EODHD_URL: server.url,
  EODHD_API_TOKEN: 'recorded',
});
const run = (args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}) =>
  spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, ...environment(), ...options.env },
  });

test('results on stdout, the rest on stderr, the exit code of the command', () => {
  const added = run(['add', 'buy 100 BHP @ 43.21 on 2026-03-02']);
  expect(added).toMatchObject({ status: 0, stderr: 'Created the portfolio "Main" (individual, no cash account).\n' });
  expect(added.stdout).toMatch(/^Buy 100 BHP @ 43.21, on 2 Mar 2026[.]\n/);
  expect(run(['holdings', '--as-of', 'x'])).toMatchObject({ status: 64, stdout: '' });
  expect(run([])).toMatchObject({ status: 64, stdout: '' });
});

test('standard input is a file like any other', () => {
  const imported = run(['import', '-', '--json'], { input: 'ticker,shares,avg_cost\nBHP,100,43.21\n' });
  expect(imported.status).toBe(0);
  expect(JSON.parse(imported.stdout)).toMatchObject({ data: { added: 1, portfolio: 'Main' } });
});

test('the clock is that of ASXOS_NOW, and one that is none is refused', () => {
  const at = (now: string) => run(['holdings', '--json'], { env: { ASXOS_NOW: now } });
  expect(JSON.parse(at('2024-09-30T20:00Z').stdout).asOf).toBe('2024-10-01');
  expect(at('yesterday')).toMatchObject({ status: 64, stdout: '' });
});

test('who stops reading early is not told of an error', async () => {
  run(['add', 'buy 100 BHP @ 43.21 on 2026-03-02']);
  const child = spawn(process.execPath, [main, 'import', 'formats'], { env: { ...process.env, ...environment() } });
  child.stdout.destroy();
  expect(await ended(child)).toEqual({ code: 0, err: '' });
});

async function ended(child: ChildProcess): Promise<{ code: number | null; err: string }> {
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', text => {
    err += text;
  });
  const code = await new Promise<number | null>(done => child.on('close', done));
  return { code, err };
}

describe('a signal ends what is under way', () => {
  test.skipIf(process.platform === 'win32').each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: %i', async (signal, code) => {
    run(['add', 'buy 100 BHP @ 43.21 on 2026-03-02']);
    const child = spawn(process.execPath, [main, 'refresh'], { env: { ...process.env, ...environment() } });
    const end = ended(child);
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBeGreaterThan(0);
    child.kill(signal);
    expect(await end).toEqual({ code, err: 'asxos: stopped\n' });
  });
});

describe.skipIf(process.platform === 'win32')('a terminal', () => {
  // The emulator's own TERM would win over the environment's; `env` has the last word.
  const open = (args: string[], term = 'xterm-256color') =>
    startInTerminal('env', [`TERM=${term}`, process.execPath, main, ...args], {
      columns: 80,
      rows: 24,
      env: environment(),
    });

  test('that cannot move its cursor gets no console', async () => {
    const program = open([], 'dumb');
    expect(await program.exit).toMatchObject({ code: 64 });
    expect(program.screen()).toContain('asxos holdings');
    expect(program.buffer()).toBe('normal');
  });

  test('shows no key that is typed, and ctrl-C leaves without storing one', async () => {
    const program = open(['key', 'set', '--file']);
    await program.waitForText('EODHD key (not shown):');
    program.write('sesame42');
    program.write('\u0003');
    expect(await program.exit).toMatchObject({ code: 130 });
    expect(program.raw()).not.toContain('sesame');
    expect(existsSync(join(folder, 'eodhd.key'))).toBe(false);
  });

  test('shows progress in one line that is gone at the end', async () => {
    server.clearFaults();
    run(['add', 'buy 100 BHP @ 43.21 on 2026-03-02']);
    const program = open(['refresh', 'history']);
    await program.exit;
    expect(program.raw()).toContain('Fetching ');
    expect(program.screen()).not.toContain('Fetching');
  });
});
