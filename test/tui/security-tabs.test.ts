import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { neighbourTab, tabsLine } from '../../src/tui/security-tabs.ts';
import { plainText } from '../../src/tui/text.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestConsole, type TestConsole, turnTo, typed } from '../support/demo-console.ts';
import { openLedgerApp } from '../support/ledger-console.ts';

const size = { columns: 120, rows: 30 };
const openBhp = (app: App, portfolio?: string, room = size): TestConsole => {
  const t = openTestConsole(app, room, portfolio === undefined ? {} : { portfolio });
  t.press(':', ...typed('bhp'), 'enter');
  return t;
};
const squeezed = (t: TestConsole): string[] => t.rows().map(row => row.replace(/ +/g, ' ').trim());

describe('the line of tabs', () => {
  test('the one in view is in brackets, with how many parcels and entries there are', () => {
    expect(plainText(tabsLine('entries', { parcels: [], entries: [] }))).toBe(
      ' Chart  Fundamentals  Signals  Parcels [Entries] Dividends ',
    );
  });
  test('after the last one comes the first, both ways', () => {
    expect(neighbourTab('dividends', 1)).toBe('chart');
    expect(neighbourTab('chart', -1)).toBe('dividends');
  });
});

test('tab and right go through the tabs, shift-tab and left back; brackets turn the range of the chart', async () => {
  const t = openBhp(await openLedgerApp());
  const marked = (): string => /\[(\w+)/.exec(t.rows()[3] ?? '')?.[1] ?? '';
  const seen: string[] = [];
  for (const key of ['tab', 'right', 'l', 'tab', 'shift+tab', 'left', 'h']) {
    t.press(key);
    seen.push(marked());
  }
  expect(seen).toEqual(['Fundamentals', 'Signals', 'Parcels', 'Entries', 'Parcels', 'Signals', 'Fundamentals']);
  t.press('shift+tab', ']');
  expect(t.rows()[3]).toContain('[5Y]');
});

test('in a narrow terminal the counts go first, then the spaces; no title is cut', () => {
  const lists = { parcels: [1, 2], entries: [1] } as unknown as Parameters<typeof tabsLine>[1];
  expect(plainText(tabsLine('chart', lists, 64))).toBe(
    '[Chart] Fundamentals  Signals  Parcels 2  Entries 1  Dividends ',
  );
  expect(plainText(tabsLine('chart', lists, 60))).toBe('[Chart] Fundamentals  Signals  Parcels  Entries  Dividends ');
  expect(plainText(tabsLine('chart', lists, 56))).toBe('[Chart] Fundamentals Signals Parcels Entries Dividends');
});

test('esc leaves the security whichever tab is in view', async () => {
  const t = openBhp(await openLedgerApp());
  t.press('tab', 'tab', 'esc');
  expect(t.runtime.snapshot().state.stack).toEqual([{ kind: 'dashboard' }]);
});

describe('parcels', () => {
  test('what each cost, what it is worth, and whether its discount has begun', async () => {
    const t = openBhp(await openLedgerApp());
    turnTo(t, 'Parcels');
    const rows = squeezed(t);
    // 60 of 100 units are left of 4,009.95: 2,405.97; at 46.00 they are worth 2,760.00.
    expect(rows).toContain('› 4 Mar 2024 60 2,405.97 40.0995 2,760.00 +354.03 ▲14.7 eligible');
    // 150 units cost 6,609.95 and are worth 6,900.00; bought on 2 March, the discount is from 3 March.
    expect(rows).toContain('2 Mar 2026 150 6,609.95 44.0663 6,900.00 +290.05 ▲4.4 from 3 Mar 2027');
    expect(rows).toContain('Total 210 9,015.92 9,660.00 +644.08 2 parcels');
  });
  test('of all portfolios they say which one they are in', async () => {
    const t = openBhp(await openLedgerApp(), 'all');
    turnTo(t, 'Parcels');
    expect(squeezed(t)).toContain('6 Jan 2025 20 820.00 41.0000 920.00 +100.00 ▲12.2 eligible Other');
  });
  test('none held says what the tab is for', async () => {
    const t = openTestConsole(await openLedgerApp(), size);
    t.press(':', ...typed('wes'), 'enter');
    turnTo(t, 'Parcels');
    expect(t.frame()).toContain('Parcels are the units of WES bought together, with their cost.');
    expect(t.frame()).toContain('a  add an entry of WES');
    turnTo(t, 'Entries');
    expect(t.frame()).toContain('Entries are what you recorded of WES');
    turnTo(t, 'Dividends');
    expect(t.frame()).toContain('r  refresh: ask for what was declared');
  });
});

describe('entries', () => {
  test('newest first, the selected one in words beneath', async () => {
    const t = openBhp(await openLedgerApp());
    turnTo(t, 'Entries');
    expect(squeezed(t).slice(4, 9)).toEqual([
      'Date Kind Units Price Brokerage Amount Detail',
      '› 1 Jun 2026 sell 40 46.00 9.95 1,830.05',
      '2 Mar 2026 buy 150 44.00 9.95 6,609.95',
      '27 Mar 2025 dividend 100.00 100% franked, ex 6 Mar 2025',
      '4 Mar 2024 buy 100 40.00 9.95 4,009.95',
    ]);
    t.press('G');
    expect(t.frame()).toContain('   Buy 100 BHP @ 40.00, brokerage 9.95, on 4 Mar 2024');
  });
  test('nothing but a note is cut: a detail is whole or not there, and beneath it is told whole', async () => {
    const app = await openLedgerApp();
    recordEntry(app, 'dividend BHP 50.25 franked 100% credit 21.54 ex 2026-03-05 on 2026-03-26', { portfolio: 'Main' });
    for (const columns of [60, 70, 80, 100]) {
      const t = openBhp(app, 'Main', { columns, rows: 20 });
      turnTo(t, 'Entries');
      t.press('j');
      expect(t.frame()).not.toContain('…');
      expect(t.frame().replace(/\s+/g, ' ')).toContain(
        'Dividend BHP 50.25, 100% franked, franking credit 21.54, ex 5 Mar 2026, on 26 Mar 2026',
      );
    }
  });
  test('of all portfolios they say which one they are in', async () => {
    const t = openBhp(await openLedgerApp(), 'all');
    turnTo(t, 'Entries');
    expect(squeezed(t)).toContain('6 Jan 2025 buy 20 41.00 820.00 Other');
  });
});

describe('dividends', () => {
  test('what was declared, what the units held then were due, and what was recorded', async () => {
    const t = openBhp(await openLedgerApp());
    t.press('shift+tab');
    const rows = squeezed(t);
    expect(rows).toContain('› 12 Nov 2026 10 Dec 2026 0.500 100% 210 105.00 to come');
    expect(rows).toContain('3 Sep 2026 24 Sep 2026 1.100 100% 210 231.00 not recorded');
    expect(rows).toContain('6 Mar 2025 27 Mar 2025 1.000 100% 100 100.00 100.00 42.86');
    expect(rows).toContain('9 Mar 2023 30 Mar 2023 0.900 100% 0');
    expect(rows).toContain('Total 436.00 100.00 42.86');
  });
});

describe.each([
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 160, rows: 50 },
])('at $columns by $rows', room => {
  test.each([
    ['parcels', 'Parcels'],
    ['entries', 'Entries'],
    ['dividends', 'Dividends'],
  ])('%s', async (_, title) => {
    const t = openBhp(await openLedgerApp(), 'all', room);
    turnTo(t, title);
    expect(t.rows()[3]).toContain(`[${title}`);
    expect(t.tooWide()).toEqual([]);
    expect(t.rows()).toHaveLength(room.rows);
    expect(t.frame()).toMatchSnapshot();
  });
});
