import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { constants, createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../src/domain/alerts/delivery.ts';
import { notifyCommand } from '../../src/host/notify-command.ts';
import { findDesktopSender, notifyDesktop } from '../../src/host/notify-desktop.ts';
import { runProgram } from '../../src/host/notify-program.ts';
import { temporaryFolder } from '../support/app.ts';

const message: OutboundMessage = {
  title: '-x "$(id)" <b>',
  message: 'a & b < c',
  priority: 'urgent',
  type: 'portfolio_alert',
  code: 'BHP',
  time: '2026-03-03T00:00:00Z',
};
const { signal } = new AbortController();
const env = { PATH: '/usr/bin:/bin', EODHD_API_TOKEN: 'secret', HOME: '/nowhere' };
const run = (script: string, more: Partial<Parameters<typeof runProgram>[1]> = {}) =>
  runProgram(['/bin/sh', '-c', script], { env, timeoutMs: 5000, signal, name: 'sh', ...more });

/** A folder with a program of this name in it. */
function programIn(name: string, script: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

/** A pipe with a name: it is open for as long as anything runs that was started with it. */
function namedPipe() {
  const path = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const reading = createReadStream(path);
  const over = once(reading.resume(), 'end');
  return {
    path,
    opened: once(reading, 'open'),
    /** Resolves when nothing has it open any more. */
    closed: async (): Promise<void> => {
      // Opened once more, so that one that nothing ever opened ends too.
      await (await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined))?.close();
      await over;
    },
  };
}

describe('a program', () => {
  it('that ends well is no trouble', async () => {
    expect(await run('exit 0')).toBeUndefined();
    // It need not read what it is told.
    expect(await run('exit 0', { input: 'x'.repeat(1_000_000) })).toBeUndefined();
  });
  it('that fails says its last word', async () => {
    const trouble = await run('printf "first\\nthe \\033[31mlast\\n" >&2; exit 3');
    expect(trouble).toEqual({ kind: 'rejected', reason: 'sh ended with 3: the last', isPermanent: false });
    expect((await run('kill -9 $$'))?.reason).toBe('sh was ended by SIGKILL');
    // What it left behind holds its stderr open.
    expect((await run('echo why >&2; sleep 2 & exit 3'))?.reason).toBe('sh ended with 3: why');
  });
  it('that is not there or may not be run says so', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'tell'), '', { mode: 0o600 });
    const start = (program: string) => runProgram([program], { env, timeoutMs: 5000, signal, name: 'tell' });
    expect(await start(join(folder, 'none'))).toMatchObject({
      kind: 'absent',
      reason: 'tell could not be run: there is no such program',
      isPermanent: true,
    });
    expect((await start(join(folder, 'tell')))?.reason).toBe('tell could not be run: it may not be run');
  });
  it('that takes too long is ended, with what it started', async () => {
    const pipe = namedPipe();
    const started = performance.now();
    const trouble = await run(`exec 3>${pipe.path}; sleep 30 & sleep 30`, { timeoutMs: 300 });
    expect(trouble).toMatchObject({ kind: 'slow', reason: 'sh took longer than 0.3 s and was ended' });
    await pipe.closed();
    expect(performance.now() - started).toBeLessThan(3000);
  });
  it('is not given the keys of this one', async () => {
    expect(await run('test -z "$EODHD_API_TOKEN" && test "$HOME" = /nowhere')).toBeUndefined();
  });
  it('is ended when asked to stop', async () => {
    const stop = new AbortController();
    const pipe = namedPipe();
    const running = run(`exec 3>${pipe.path}; sleep 30`, { signal: stop.signal });
    await pipe.opened;
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    await pipe.closed();
  });
});

it('a command is given JSON on its stdin, and its arguments as they are', async () => {
  const folder = programIn('tell', `cat > "$(dirname "$0")/stdin"; printf '%s|' "$@" > "$(dirname "$0")/args"`);
  const command = `${join(folder, 'tell')} 'two words' $HOME`;
  expect(await notifyCommand(message, { command, env, signal })).toBeUndefined();
  expect(JSON.parse(readFileSync(join(folder, 'stdin'), 'utf8'))).toEqual(message);
  expect(readFileSync(join(folder, 'args'), 'utf8')).toBe('two words|$HOME|');
  expect(await notifyCommand(message, { command: '"', env, signal })).toMatchObject({ kind: 'absent' });
});

describe('the desktop', () => {
  it('is told by notify-send where the PATH has it', async () => {
    const folder = programIn('notify-send', `printf '%s|' "$@" > "$(dirname "$0")/args"`);
    const path = { PATH: `relative:${folder}:/usr/bin:/bin` };
    expect(findDesktopSender(path)).toBe(join(folder, 'notify-send'));
    expect(await notifyDesktop(message, { env: path, signal })).toBeUndefined();
    expect(readFileSync(join(folder, 'args'), 'utf8')).toBe(
      '--app-name=asxos|--urgency=critical|--|-x "$(id)" <b>|a &amp; b &lt; c|',
    );
  });
  it('is not, where there is none', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notify-send'), '', { mode: 0o600 });
    expect(findDesktopSender({ PATH: folder })).toBeUndefined();
    expect(findDesktopSender({})).toBeUndefined();
    expect(await notifyDesktop(message, { env: { PATH: folder }, signal })).toMatchObject({ kind: 'absent' });
  });
});
