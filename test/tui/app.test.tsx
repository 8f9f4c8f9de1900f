import { createElement } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Console } from '../../src/tui/app.tsx';
import { openRuntime, type Runtime } from '../../src/tui/runtime.ts';
import { chooseTheme } from '../../src/tui/theme.ts';
import { type ConsoleApp, fridayEvening, openConsoleApp, startTimeout } from '../support/demo-console.ts';
import { renderTerminal, type TestTerminal } from '../support/terminal.ts';

let demo: ConsoleApp;
beforeAll(async () => {
  demo = await openConsoleApp({ demo: true });
}, startTimeout);
afterAll(() => demo.close());

let terminal: TestTerminal;
let runtime: Runtime;
afterEach(async () => {
  runtime.stop();
  await terminal.unmount();
});

async function open(columns: number, rows: number, theme = chooseTheme('dark', 'true')): Promise<TestTerminal> {
  runtime = openRuntime(demo.app, { size: { columns, rows }, end: () => undefined });
  const node = createElement(Console, { runtime, theme, chart: 'braille', spareRows: 0, onReady: () => undefined });
  terminal = await renderTerminal(node, { columns, rows });
  return terminal;
}

describe('the console on a terminal', () => {
  test('paints the whole frame at once', async () => {
    const t = await open(80, 24);
    expect(t.row(0)).toMatch(/^ Family SMSF .*SIMULATED/);
    expect(t.row(23)).toMatch(/\? help$/);
  });

  test('a key changes what it must and nothing else', async () => {
    const t = await open(120, 36);
    await t.keys('2');
    expect(t.row(4)).toMatch(/^ › /);
    const before = t.bytes();
    await t.keys('j');
    expect(t.row(5)).toMatch(/^ › /);
    expect(t.bytes() - before).toBeLessThan(2_500);
  });

  test('a held key moves that many rows', async () => {
    const t = await open(80, 24);
    await t.keys('2');
    await t.keys('jjjj');
    expect(t.row(8)).toMatch(/^ › /);
  });

  test('an idle console writes nothing', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    try {
      const t = await open(80, 24);
      await runtime.start();
      await t.settled();
      const before = t.bytes();
      demo.clock.now += 30_000;
      vi.advanceTimersByTime(30_000);
      await t.settled();
      expect(t.bytes()).toBe(before);
      // A minute later the age of what is shown is another.
      demo.clock.now += 60 * 60_000;
      vi.advanceTimersByTime(30_000);
      await t.settled();
      expect(t.bytes()).toBeGreaterThan(before);
    } finally {
      demo.clock.now = fridayEvening;
      vi.useRealTimers();
    }
  });

  test('neither the screen nor what was there before is ever cleared', async () => {
    const t = await open(120, 36);
    for (const keys of ['2', 'jjj', '\r', '\u001b', '4', ':', 'bhp', '\r', '?', 'q', '!', 'q', '1']) await t.keys(keys);
    await t.resize(80, 24);
    await t.resize(130, 40);
    expect(t.output()).not.toContain('\u001b[2J');
    expect(t.output()).not.toContain('\u001b[3J');
  });

  test('too small a terminal gets one line, and the screen again when it grows', async () => {
    const t = await open(80, 24);
    await t.keys('2');
    await t.resize(44, 10);
    expect(t.screen()).toBe('needs 50×12, have 44×10');
    await t.resize(20, 5);
    expect(t.screen()).toBe('needs 50×12, have 20');
    await t.resize(80, 24);
    expect(t.row(3)).toContain('Code');
  });

  test('no row is wider than the terminal after a resize', async () => {
    const t = await open(120, 36);
    await t.keys('2');
    for (const [columns, rows] of [
      [100, 30],
      [50, 12],
      [81, 25],
      [160, 50],
    ] as const) {
      await t.resize(columns, rows);
      expect(t.row(0)).toMatch(/^ Family/);
      expect(t.row(rows - 1)).toMatch(/\? help$/);
    }
  });

  test('mono uses no colour', async () => {
    const t = await open(120, 36, chooseTheme('dark', 'none'));
    await t.keys('2');
    for (let y = 0; y < 36; y += 1) {
      for (let x = 0; x < 120; x += 1) {
        const cell = t.cellAt(x, y);
        expect([cell.colour, cell.background]).toEqual([undefined, undefined]);
      }
    }
    expect(t.cellAt(3, 4).inverse).toBe(true);
  });

  test('names from outside cannot act on the terminal', async () => {
    const t = await open(120, 36);
    await t.keys('2');
    expect(t.screen()).not.toContain('\u001b');
    await t.keys('/');
    await t.paste('\u001b]0;title\u0007van');
    expect(t.screen()).toContain('3 of 16');
    await t.keys('\u001b');
  });
});
