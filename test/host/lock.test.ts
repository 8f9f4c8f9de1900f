import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { withLock } from '../../src/host/lock.ts';

let folder: string;
let path: string;
const refresh = { waitMs: 0, what: 'a refresh' };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-lock-'));
  path = join(folder, 'refresh.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Another process; `work` runs under the lock in it. It prints `held` when it has the lock. */
function otherProcess(work: string) {
  const lock = new URL('../../src/host/lock.ts', import.meta.url).href;
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout as wait } from 'node:timers/promises';
    const { withLock } = await import(${JSON.stringify(lock)});
    const path = ${JSON.stringify(path)};
    ${work}`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

const holder = async () => {
  const child = otherProcess(`
    await withLock(path, async () => { console.log('held'); await wait(60_000); }, { waitMs: 0, what: 'a refresh' });`);
  if (child.stdout === null) throw new Error('no pipe');
  await once(child.stdout, 'data');
  return child;
};

describe('a lock', () => {
  test('gives back what the work returns, and is free after it, also after a failure', async () => {
    expect(await withLock(path, () => 7, refresh)).toBe(7);
    await expect(withLock(path, () => Promise.reject(new Error('broken')), refresh)).rejects.toThrow('broken');
    expect(await withLock(path, async () => 'again', refresh)).toBe('again');
    expect(readdirSync(path)).toEqual([]);
  });

  test('is refused to a second in the same process', async () => {
    await withLock(
      path,
      async () => {
        await expect(withLock(path, () => 1, refresh)).rejects.toMatchObject({ code: 'locked' });
      },
      refresh,
    );
  });

  test('held by a living process is refused by name; killed, it is free', async () => {
    const child = await holder();
    try {
      const refusal: unknown = await withLock(path, () => 1, refresh).catch((error: unknown) => error);
      if (!(refusal instanceof Failure)) throw new Error('the lock was not refused');
      expect(refusal.code).toBe('locked');
      const words = /^Another asxos \(process (\d+)\) is busy with a refresh since \d{4}-\d\d-\d\d \d\d:\d\d AE[SD]T/;
      expect(words.exec(refusal.message)?.[1]).toBe(String(child.pid));
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(await withLock(path, () => 'free', refresh)).toBe('free');
  });

  test('is waited for', async () => {
    let isOver = false;
    let finish = (): void => undefined;
    const first = withLock(
      path,
      () =>
        new Promise<void>(resolve => {
          finish = resolve;
        }),
      refresh,
    );
    await expect.poll(() => readdirSync(path).length).toBe(1);
    // It has asked, and been refused, before it returns.
    const second = withLock(path, () => isOver, { waitMs: 5000, what: 'a refresh' });
    await nextTurn();
    isOver = true;
    finish();
    expect(await second).toBe(true);
    await first;
  });

  test('left from before the machine started is free, whatever process has its number now', async () => {
    await withLock(path, () => 1, refresh);
    const claim = join(path, `${process.pid}-unknown-0`);
    writeFileSync(claim, '');
    await expect(withLock(path, () => 1, refresh)).rejects.toMatchObject({ code: 'locked' });
    utimesSync(claim, 0, 0);
    expect(await withLock(path, () => 2, refresh)).toBe(2);
    expect(readdirSync(path)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('of a number that another process has now is free', async () => {
    await withLock(path, () => 1, refresh);
    writeFileSync(join(path, `${process.pid}-12345-0`), '');
    expect(await withLock(path, () => 2, refresh)).toBe(2);
  });

  test('lets one at a time through, of four processes that count to 25 each', async () => {
    const count = join(folder, 'count');
    writeFileSync(count, '0');
    const children = [1, 2, 3, 4].map(() =>
      otherProcess(`
        for (let i = 0; i < 25; i++) await withLock(path, async () => {
          const seen = Number(readFileSync(${JSON.stringify(count)}, 'utf8'));
          await wait(1);
          writeFileSync(${JSON.stringify(count)}, String(seen + 1));
        }, { waitMs: 15_000, what: 'counting' });`),
    );
    const codes = await Promise.all(children.map(async child => (await once(child, 'exit'))[0] as number));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(readFileSync(count, 'utf8')).toBe('100');
  });

  test('where nothing can be written is a clear failure', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(withLock(join(folder, 'file', 'lock'), () => 1, refresh)).rejects.toMatchObject({
      code: 'cannot-write',
      message: expect.stringContaining(join(folder, 'file', 'lock')),
    });
  });
});
