import { describe, expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openRefreshTask, type Task } from '../../src/tui/refresh-task.ts';
import { viewInbox } from '../../src/usecases/inbox.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { fridayNoon, openConsoleApp } from '../support/demo-console.ts';

function watchTask(app: App) {
  const tasks: Task[] = [];
  const said: { kind: string; text: string; hint?: string | undefined }[] = [];
  const crashes: unknown[] = [];
  const task = openRefreshTask({
    app,
    changeTask: next => tasks.push(next),
    say: each => said.push(each),
    crash: error => crashes.push(error),
  });
  return { task, tasks, said, crashes };
}

async function openDemo(): Promise<App> {
  const { app, close } = await openConsoleApp({ demo: true, prices: false, now: fridayNoon });
  onTestFinished(close);
  return app;
}

describe('a refresh', () => {
  test('tells how far it is, and what came of it when it was asked for', async () => {
    const { task, tasks, said } = watchTask(await openDemo());
    expect(task.last).toBeUndefined();
    await task.start({ target: 'all', asked: true });
    const running = tasks.filter(each => each.kind === 'running');
    expect(running[0]).toMatchObject({ done: 0, total: 0 });
    expect(running.at(-1)).toMatchObject({ done: running.at(-1)?.total });
    expect(tasks.at(-1)).toEqual({ kind: 'idle' });
    expect(said).toEqual([{ kind: 'info', text: expect.stringMatching(/^\d+ securities updated$/) }]);
    expect(task.last).toEqual({ at: fridayNoon, closes: expect.any(String) });
  });

  test('that nobody asked for says nothing when all went well', async () => {
    const { task, said } = watchTask(await openDemo());
    await task.start({ target: 'all', asked: false });
    await task.start({ target: 'prices', asked: false });
    expect(said).toEqual([]);
  });

  test('with nothing due sends nothing, and says so only when asked', async () => {
    const app = await openDemo();
    const { task, tasks, said } = watchTask(app);
    await task.start({ target: 'all', asked: false });
    tasks.splice(0);
    await task.start({ target: 'all', asked: true });
    expect(said).toEqual([{ kind: 'info', text: 'Everything is up to date' }]);
    expect(tasks).toEqual([{ kind: 'idle' }]);
  });

  test('is one at a time', async () => {
    const { task, said } = watchTask(await openDemo());
    const first = task.start({ target: 'all', asked: false });
    expect(task.isRunning).toBe(true);
    await task.start({ target: 'all', asked: true });
    expect(said).toEqual([{ kind: 'info', text: 'A refresh is running already' }]);
    await first;
    expect(task.isRunning).toBe(false);
  });

  test('that is stopped says nothing more', async () => {
    const { task, tasks, said, crashes } = watchTask(await openDemo());
    const first = task.start({ target: 'all', asked: true });
    await expect.poll(() => tasks.length).toBeGreaterThan(0);
    task.stop();
    const before = tasks.length;
    await first;
    expect(tasks.length).toBe(before);
    expect([...said, ...crashes]).toEqual([]);
  });
});

describe('trouble', () => {
  test('without a network is told once, and the header says offline', async () => {
    const { app } = await openTestApp({ now: fridayNoon, env: { ASXOS_EODHD_URL: 'http://127.0.0.1:9/api' } });
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-03-02');
    const { task, tasks, said } = watchTask(app);
    await task.start({ target: 'prices', asked: false });
    await task.start({ target: 'prices', asked: false });
    expect(tasks.at(-1)).toEqual({ kind: 'offline' });
    expect(viewInbox(app).notifications.map(each => each.title)).toEqual(['A refresh failed']);
    expect(said).toHaveLength(1);
    expect(said[0]?.kind).toBe('warning');
    await task.start({ target: 'prices', asked: true });
    expect(said.at(-1)?.kind).toBe('failure');
  });

  test('of some securities is a warning that names the first', async () => {
    const { app } = await openTestApp({ now: fridayNoon });
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-03-02');
    const { task, said, crashes } = watchTask(app);
    await task.start({ target: 'all', asked: true });
    expect(crashes).toEqual([]);
    expect(said).toHaveLength(1);
    expect(said[0]?.kind).toBe('warning');
    expect(said[0]?.text).toMatch(/^Not refreshed: .+[^.], and \d more$/);
  });

  test('without a key is none until it is asked for, and then names the way out', async () => {
    const { app } = await openTestApp({ now: fridayNoon, token: undefined });
    const { task, said } = watchTask(app);
    await task.start({ target: 'all', asked: false });
    expect(said).toEqual([]);
    await task.start({ target: 'all', asked: true });
    expect(said).toEqual([
      {
        kind: 'warning',
        text: 'Prices cannot be refreshed: there is no EODHD key',
        hint: 'Store one with: asxos key set',
      },
    ]);
  });
});
