import { createElement } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { Console } from '../../src/tui/app.tsx';
import { type Ending, openRuntime, type Runtime } from '../../src/tui/runtime.ts';
import { chooseTheme } from '../../src/tui/theme.ts';
import { openLedgerApp } from '../support/ledger-console.ts';
import { renderTerminal, type TestTerminal } from '../support/terminal.ts';

let terminal: TestTerminal;
let runtime: Runtime;
let endings: Ending[];
afterEach(async () => {
  runtime.stop();
  await terminal.unmount();
});

async function open(): Promise<TestTerminal> {
  endings = [];
  const app = await openLedgerApp();
  runtime = openRuntime(app, { size: { columns: 90, rows: 26 }, end: ending => endings.push(ending) });
  const theme = chooseTheme('dark', 'true');
  const node = createElement(Console, { runtime, theme, chart: 'braille', spareRows: 0, onReady: () => undefined });
  terminal = await renderTerminal(node, { columns: 90, rows: 26 });
  return terminal;
}

describe('the entry line on a terminal', () => {
  test('is typed, and enter records it', async () => {
    const t = await open();
    await t.keys('a');
    await t.keys('buy 1 BHP @ 46 on 2026-11-20');
    expect(t.row(2).trimEnd()).toBe('  › buy 1 BHP @ 46 on 2026-11-20');
    await t.keys('\r');
    expect(t.screen()).toContain('Recorded buy 1 BHP of 20 Nov 2026');
  });
  test('q in it is text', async () => {
    const t = await open();
    await t.keys('a');
    await t.keys('q');
    expect(t.row(2).trimEnd()).toBe('  › q');
    expect(endings).toEqual([]);
  });
  test('pasted text goes in as one line, and its Enter does not record', async () => {
    const t = await open();
    await t.keys('a');
    await t.paste('buy 1 BHP @ 46\r\n');
    expect(t.row(2).trimEnd()).toBe('  › buy 1 BHP @ 46');
    await t.paste('one\ntwo\nthree');
    expect(t.row(2).trimEnd()).toBe('  › buy 1 BHP @ 46');
    expect(t.screen()).toContain('3 lines were pasted, and an entry is one');
  });
  test('esc leads back one step at a time', async () => {
    const t = await open();
    await t.keys('2');
    await t.keys('\r');
    await t.keys('a');
    expect(t.row(1)).toContain('Add an entry to Main');
    await t.keys('\u001b');
    await t.waitFor(screen => !screen.includes('Add an entry'));
    expect(t.row(3)).toContain('[Chart]');
    await t.keys('\u001b');
    await t.waitFor('Value');
  });
  test('pasted into the import, a path is there as it was', async () => {
    const t = await open();
    await t.keys('i');
    await t.paste("'/no where/x.csv' ");
    await t.keys('\r');
    expect(t.screen()).toContain('There is no file "/no where/x.csv"');
  });
  test('no row is wider than the terminal and nothing is cleared', async () => {
    const t = await open();
    for (const keys of ['a', 'sell 100 BHP @ 50 on 2026-11-20', '\u001b', 'i', '/', '\t', '\u001b', '2'])
      await t.keys(keys);
    await t.resize(50, 12);
    await t.resize(120, 40);
    expect(t.output()).not.toContain('\u001b[2J');
    expect(t.output()).not.toContain('\u001b[3J');
  });
});
