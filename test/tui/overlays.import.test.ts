import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { temporaryFolder } from '../support/app.ts';
import { openTestConsole, type TestConsole, typed } from '../support/demo-console.ts';
import { openLedgerApp } from '../support/ledger-console.ts';

const header = 'Trade Date,Transaction Type,Instrument Code,Market Code,Quantity,Price,Brokerage\n';
const good = `${header}2026-11-18,Buy,WES,ASX,10,70.00,9.95\n2026-11-19,Sell,BHP,ASX,20,45.00,9.95\n`;
const size = { columns: 100, rows: 40 };
const countOf = (app: App): number => listEntries(app, { portfolio: 'all' }).count;
const squeezed = (t: TestConsole): string => t.frame().replace(/ +/g, ' ');
const line = (t: TestConsole): string => t.rows()[2]?.slice(4).trimEnd() ?? '';

function fileOf(text: string, name = 'my trades.csv', folder = temporaryFolder()): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The console with a path pasted into the import. */
function openAt(app: App, pasted: string, room = size): TestConsole {
  const t = openTestConsole(app, room);
  t.press('i');
  t.runtime.paste(pasted);
  return t;
}

describe('from path to undo', () => {
  test('what it would do is shown, nothing is written before enter, and u takes it back', async () => {
    const app = await openLedgerApp();
    const before = countOf(app);
    const t = openAt(app, fileOf(good));
    t.press('enter');
    expect(t.rows()[1]).toContain('Import my trades.csv');
    expect(t.frame()).toContain('Read as Sharesight import template (layout unverified)');
    expect(t.frame()).toContain('2 entries to add to Main');
    expect(t.frame()).toContain('Main would then hold');
    expect(squeezed(t)).toContain(' BHP 190 ');
    expect(squeezed(t)).toContain(' WES 10 709.95 70.9950');
    expect(t.frame()).toContain('Buy 10 WES @ 70.00, brokerage 9.95, on 18 Nov 2026');
    expect(countOf(app)).toBe(before);
    t.press('enter');
    expect(t.frame()).toContain('Added 2 entries to Main from my trades.csv. u takes them back');
    expect(countOf(app)).toBe(before + 2);
    t.press('u');
    expect(t.frame()).toContain('The import of my trades.csv was undone: 2 entries removed');
    expect(countOf(app)).toBe(before);
  });
  test('the same file again adds nothing, and enter says so', async () => {
    const app = await openLedgerApp();
    const path = fileOf(good);
    const t = openAt(app, path);
    t.press('enter', 'enter');
    expect(t.frame()).toContain('Added 2 entries');
    t.press('i');
    t.runtime.paste(path);
    t.press('enter');
    expect(t.frame()).toContain('Nothing to add to Main · 2 rows there already');
    t.press('enter');
    expect(t.frame()).toContain('import: there is nothing to add');
    expect(t.runtime.snapshot().state.overlay?.kind).toBe('import-preview');
  });
  test('refused rows are listed with their line and reason; the others are imported', async () => {
    const app = await openLedgerApp();
    const before = countOf(app);
    const t = openAt(
      app,
      fileOf(`${good}2026-11-19,Sell,BHP,ASX,900,45.00,9.95\n2026-11-19,Buy,BHP,ASX,none,45.00,9.95\n`),
    );
    t.press('enter');
    expect(t.frame()).toContain('2 entries to add to Main · 2 rows refused');
    expect(squeezed(t)).toMatch(/line 4 .*900/);
    expect(squeezed(t)).toMatch(/line 5 .*none/);
    t.press('enter');
    expect(t.frame()).toContain('2 rows refused. u takes them back');
    expect(countOf(app)).toBe(before + 2);
  });
  test('into the first portfolio, which is made for it', async () => {
    const app = await openLedgerApp({ portfolios: false });
    const t = openAt(app, fileOf(`${header}2026-11-18,Buy,WES,ASX,10,70.00,9.95\n`));
    t.press('enter');
    expect(t.frame()).toContain('1 entry to add to Main, which is made for it');
    t.press('enter', '2');
    expect(squeezed(t)).toContain('› WES 10 70.9950 709.95');
  });
  test('esc leads back one step at a time, the path kept', async () => {
    const t = openAt(await openLedgerApp(), fileOf(good));
    const path = line(t);
    t.press('enter', 'esc');
    expect(t.runtime.snapshot().state.overlay?.kind).toBe('import');
    expect(line(t)).toBe(path);
    t.press('esc');
    expect(t.runtime.snapshot().state.overlay).toBeUndefined();
    t.press('i');
    expect(line(t)).toBe(path);
  });
  test('with all portfolios in view the one it goes into is chosen first', async () => {
    const t = openTestConsole(await openLedgerApp(), size, { portfolio: 'all' });
    t.press('i');
    expect(t.rows()[1]).toContain('Which portfolio does the file go into?');
    t.press('j', 'enter');
    expect(t.rows()[1]).toContain('Import a file into Other');
  });
});

describe('the path', () => {
  test.each([
    ['in quotes', (path: string) => `'${path}' `],
    ['with backslashes before its spaces', (path: string) => path.replaceAll(' ', '\\ ')],
    ['as an address', (path: string) => pathToFileURL(path).href],
    ['with a line break after it', (path: string) => `${path}\n`],
  ])('works %s', async (_, write) => {
    const t = openAt(await openLedgerApp(), write(fileOf(good)));
    t.press('enter');
    expect(t.rows()[1]).toContain('Import my trades.csv');
  });
  test('tab completes it as far as it is certain and lists what fits', async () => {
    const folder = temporaryFolder();
    fileOf(good, 'trades-2025.csv', folder);
    fileOf(good, 'trades-2026.csv', folder);
    fileOf(good, 'other.csv', folder);
    mkdirSync(join(folder, 'deep'));
    const t = openAt(await openLedgerApp(), `${folder}/tr`);
    t.press('tab');
    expect(line(t)).toBe(`${folder}/trades-202`);
    expect(t.rows()[4]).toMatch(/^ {4}trades-2025\.csv {2,}trades-2026\.csv$/);
    t.press('6', 'tab', 'enter');
    expect(t.rows()[1]).toContain('Import trades-2026.csv');
    t.press('esc', 'ctrl+u');
    t.runtime.paste(`${folder}/d`);
    t.press('tab');
    expect(line(t)).toBe(`${folder}/deep/`);
  });
  test('q is text in it, and an empty one does nothing', async () => {
    const t = openTestConsole(await openLedgerApp(), size);
    t.press('i', 'enter', 'q');
    expect(t.endings).toEqual([]);
    expect(line(t)).toBe('q');
  });
  test('a file that is not there, a folder, and one without a format are told in a sentence', async () => {
    const t = openAt(await openLedgerApp(), '/nowhere/at-all.csv');
    t.press('enter');
    expect(t.frame()).toContain('There is no file "/nowhere/at-all.csv"');
    t.press('ctrl+u');
    expect(t.frame()).not.toContain('There is no file');
    t.runtime.paste(temporaryFolder());
    t.press('enter');
    expect(squeezed(t).replace(/\n */g, ' ')).toContain('is a folder, not a file');
    t.press('ctrl+u');
    t.runtime.paste(fileOf('nothing,known\n1,2\n'));
    t.press('enter');
    expect(t.frame()).toContain('No format fits: the file has the header "nothing, known"');
    expect(t.runtime.snapshot().state.overlay?.kind).toBe('import');
  });
});

test('a long preview scrolls, and stops at its end', async () => {
  const rows = Array.from({ length: 60 }, (_, index) => `2026-11-18,Buy,WES,ASX,${index + 1},70.00,9.95\n`).join('');
  const t = openAt(await openLedgerApp(), fileOf(header + rows), { columns: 80, rows: 24 });
  t.press('enter', 'pagedown');
  const { overlay } = t.runtime.snapshot().state;
  expect(overlay).toMatchObject({ top: 19 });
  t.press(...Array(20).fill('space'));
  expect(t.frame()).toContain('Buy 60 WES @ 70.00');
  t.press('g');
  expect(t.frame()).toContain('60 entries to add');
});

describe.each([
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 160, rows: 50 },
])('at $columns by $rows', room => {
  test('the path and the preview', async () => {
    const t = openTestConsole(await openLedgerApp(), room);
    t.press('i');
    expect(t.tooWide()).toEqual([]);
    expect(t.frame()).toMatchSnapshot();
    t.runtime.paste(fileOf(`${good}2026-11-21,Buy,ZZZ,ASX,5,1.00,\n2026-11-19,Sell,BHP,ASX,900,45.00,9.95\n`));
    t.press('enter');
    expect(t.tooWide()).toEqual([]);
    expect(t.rows()).toHaveLength(room.rows);
    expect(t.frame()).toMatchSnapshot();
    t.press(...typed('jj'));
    expect(t.tooWide()).toEqual([]);
  });
});
