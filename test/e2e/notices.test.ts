import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { timeProcess } from '../bench/stopwatch.ts';
import { temporaryFolder } from '../support/app.ts';
import { startEodhdServer } from '../support/eodhd-server.ts';
import { startInTerminal } from '../support/pty.ts';

const root = join(import.meta.dirname, '../..');
const isBuilt = existsSync(join(root, 'dist/main.js'));
const launcher = join(root, 'bin/asxos.js');
const notice = '\u001b]9;asxos: A refresh failed\u001b\\';

/** A console whose refresh fails, for its EODHD refuses whatever is asked: that is told. */
async function start(settings: Readonly<Record<string, string>>) {
  // Nobody listening would be asked again, three times.
  const server = await startEodhdServer({ faults: [{ status: 400, body: 'no' }] });
  onTestFinished(() => server.close());
  const dataDir = temporaryFolder();
  const env = {
    ASXOS_DATA_DIR: dataDir,
    ASXOS_CONFIG: join(dataDir, 'config.json'),
    ASXOS_EODHD_URL: server.url,
    EODHD_API_TOKEN: 'recorded',
  };
  writeFileSync(env.ASXOS_CONFIG, JSON.stringify(settings));
  timeProcess([launcher, 'add', 'buy 100 BHP @ 43.21 on 2025-01-06'], { ...process.env, ...env });
  const program = startInTerminal(process.execPath, [launcher], { columns: 100, rows: 30, cwd: root, env });
  onTestFinished(() => program.kill('SIGKILL'));
  return program;
}

describe.skipIf(!isBuilt)('what is told while the console is open', () => {
  test('is called out by the terminal, once, and no frame is broken by it', async () => {
    const program = await start({});
    // A screen comes in pieces: what is looked for is waited for whole.
    await program.waitForText(/^ Main .*● 1 unread$/m, 60_000);
    await expect.poll(() => program.raw().split(notice).length - 1, { timeout: 10_000 }).toBe(1);
    program.write('5');
    await program.waitForText(screen => screen.includes('[Inbox]') && screen.includes('A refresh failed'));
    program.write('q');
    expect((await program.exit).code).toBe(0);
    expect(program.raw().split(notice)).toHaveLength(2);
  }, 120_000);

  test('is not, where that is off', async () => {
    const program = await start({ 'notify.desktop': 'off' });
    await program.waitForText('● 1 unread', 60_000);
    program.write('q');
    await program.exit;
    expect(program.raw()).not.toContain('\u001b]9;');
  }, 120_000);
});
