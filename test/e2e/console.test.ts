import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/app.ts';
import { startInTerminal, type TerminalProgram } from '../support/pty.ts';

const root = join(import.meta.dirname, '../..');
const isBuilt = existsSync(join(root, 'dist/main.js'));

const opened = '\u001b[?1049h';
const restored = '\u001b[?1049l';
const cursorShown = '\u001b[?25h';

/** `npm test` builds first; a bare vitest run in a fresh checkout has nothing to start. */
describe.skipIf(!isBuilt)('the bundled console in a terminal', () => {
  let dataDir: string;
  let filled: string;
  const programs: TerminalProgram[] = [];
  beforeAll(() => {
    filled = mkdtempSync(join(tmpdir(), 'asxos-filled-'));
    spawnSync(process.execPath, [join(root, 'bin/asxos.js'), 'holdings', '--demo', '--data-dir', filled]);
  });
  afterAll(() => rmSync(filled, { recursive: true, force: true }));
  beforeEach(() => {
    dataDir = temporaryFolder();
  });
  afterEach(() => {
    for (const each of programs.splice(0)) each.kill('SIGKILL');
  });

  /** On data that the first start has filled. */
  const startAgain: typeof start = (args, env) => {
    cpSync(filled, dataDir, { recursive: true });
    return start(args, env);
  };
  const start = (args: readonly string[] = ['demo'], env: Record<string, string> = {}): TerminalProgram => {
    const program = startInTerminal(process.execPath, [join(root, 'bin/asxos.js'), ...args, '--data-dir', dataDir], {
      columns: 100,
      rows: 30,
      cwd: root,
      env: { ASXOS_CONFIG: join(dataDir, 'config.json'), ...env },
    });
    programs.push(program);
    return program;
  };
  const expectRestored = (program: TerminalProgram): void => {
    expect(program.raw()).toContain(opened);
    expect(program.raw().lastIndexOf(restored)).toBeGreaterThan(program.raw().lastIndexOf(opened));
    expect(program.raw().lastIndexOf('\u001b[?7h')).toBeGreaterThan(program.raw().lastIndexOf('\u001b[?7l'));
    expect(program.raw().lastIndexOf(cursorShown)).toBeGreaterThan(program.raw().lastIndexOf('\u001b[?25l'));
    expect(program.buffer()).toBe('normal');
  };

  test('opens the demo, moves about, and gives the terminal back on q', async () => {
    const program = start();
    await program.waitForText('SIMULATED');
    await program.waitForText(/(today|Mon|Tue|Wed|Thu|Fri) [+-]/, 30_000);
    program.write('2');
    await program.waitForText(/Code +Units/);
    program.write('jj\r');
    await program.waitForText('You hold');
    program.write(':wow\r');
    await program.waitForText('Woolworths');
    program.write('q');
    expect(await program.exit).toEqual({ code: 0, signal: undefined });
    expectRestored(program);
  });

  test.each([
    ['ctrl-C', (program: TerminalProgram) => program.write('\u0003'), 130],
    ['SIGTERM', (program: TerminalProgram) => program.kill('SIGTERM'), 143],
    ['SIGHUP', (program: TerminalProgram) => program.kill('SIGHUP'), 129],
  ])('%s ends it with the terminal restored', async (_, end, code) => {
    const program = startAgain();
    await program.waitForText('SIMULATED');
    end(program);
    expect(await program.exit).toEqual({ code, signal: undefined });
    expectRestored(program);
  });

  test('keys typed while it starts are not lost, and do not shift the first frame', async () => {
    const program = startAgain();
    // The terminal echoes them: the program does not read yet.
    program.write('2');
    await program.waitForText(/Code +Units/, 30_000);
    const [top] = program.screen().split('\n');
    expect(top).toMatch(/^ Family SMSF .*SIMULATED/);
    program.write('q');
    expect((await program.exit).code).toBe(0);
    expectRestored(program);
  });

  test('survives any size', async () => {
    const program = startAgain();
    await program.waitForText('SIMULATED');
    program.resize(20, 5);
    await program.waitForText('needs 50×12, have 20');
    program.resize(120, 40);
    await program.waitForText(screen => screen.includes('? help') && screen.includes('Dashboard'));
    program.write('q');
    expect((await program.exit).code).toBe(0);
    expectRestored(program);
  });

  test('a bug restores the terminal, tells of itself there, and ends with 70', async () => {
    const program = startAgain(['demo'], {
      NODE_OPTIONS: `--import=${join(root, 'test/fixtures/crash-on-signal.mjs')}`,
    });
    await program.waitForText('SIMULATED');
    program.kill('SIGUSR2');
    expect((await program.exit).code).toBe(70);
    expectRestored(program);
    expect(program.screen()).toContain('a crash on purpose');
  });

  test('a portfolio that is not there is told in a sentence', async () => {
    const program = startAgain(['demo', '--portfolio', 'Nope']);
    expect((await program.exit).code).toBe(64);
    expect(program.screen()).toContain('There is no portfolio "Nope"');
  });
});
