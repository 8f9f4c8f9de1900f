/** Performance and the comparison on the demo: tabs, ranges, what is said, and what x explains. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleApp, openConsoleApp, openTestConsole, startTimeout } from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';

const tabs = ['Value', 'Months', 'Years', 'Holdings', 'Risk', 'Correlation'];
const squeezed = (frame: string): string => frame.replace(/ +/g, ' ');

let demo: ConsoleApp;
beforeAll(async () => {
  demo = await openConsoleApp({ demo: true });
}, startTimeout);
afterAll(() => demo.close());

const at = (columns: number, rows: number) => openTestConsole(demo.app, { columns, rows });

describe.each([
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 160, rows: 50 },
])('at $columns by $rows', ({ columns, rows }) => {
  test.each(tabs.map((tab, index) => [tab, index] as const))('%s', (tab, index) => {
    const t = at(columns, rows);
    t.press('7', ...Array.from({ length: index }, () => 'tab'));
    expect(t.rows()[1]).toContain(`[${tab}]`);
    expect(t.tooWide()).toEqual([]);
    expect(t.rows()).toHaveLength(rows);
    expect(t.frame()).toMatchSnapshot();
  });
  test('the comparison', () => {
    const t = at(columns, rows);
    t.press('7', 'c', 'enter');
    expect(t.frame()).toContain('The window of both');
    expect(t.tooWide()).toEqual([]);
    expect(t.frame()).toMatchSnapshot();
  });
});

test('brackets turn the range, all of it at first; the tab stays', () => {
  const t = at(120, 36);
  t.press('7', 'tab', 'tab');
  expect(t.frame()).toContain('[All]');
  t.press('[', '[');
  expect(t.frame()).toContain('[1Y]');
  expect(t.frame()).toContain('[Years]');
  t.press(']', ']', ']');
  expect(t.frame()).toContain('[All]');
});

test('tabs go round, both ways', () => {
  const t = at(80, 24);
  t.press('7', 'shift+tab');
  expect(t.rows()[1]).toContain('[Correlation]');
  t.press('tab');
  expect(t.rows()[1]).toContain('[Value]');
});

test('what does not fit is a key away, and no line is out of reach', () => {
  const t = at(60, 20);
  t.press('7', 'tab', 'tab', 'tab', 'tab');
  expect(t.frame()).toMatch(/\d+ more lines: ↓/);
  t.press('G');
  expect(t.frame()).not.toContain('more lines');
  expect(t.frame()).toContain('Franked share of income');
  t.press('g');
  expect(t.frame()).toMatch(/\d+ more lines: ↓/);
});

test('enter opens the holding that is selected, and esc comes back to its tab', () => {
  const t = at(120, 36);
  t.press('7', 'tab', 'tab', 'tab', 'enter');
  const [top] = t.runtime.snapshot().state.stack.slice(-1);
  expect(top?.kind).toBe('security');
  t.press('esc');
  expect(t.rows()[1]).toContain('[Holdings]');
});

describe('x', () => {
  test('on the value tab explains the window, down to entries', () => {
    const t = at(140, 50);
    t.press('7', 'x');
    expect(squeezed(t.frame())).toContain('profit = endValue - startValue + withdrawals - deposits');
    expect(squeezed(t.frame())).toContain('Deposit 320,000.00, on 20 Jan 2022');
  });
  test('in a list explains the row that is selected', () => {
    const t = at(140, 50);
    t.press('7', 'tab', 'j', 'x');
    expect(t.frame()).toContain('Why 2026-10');
    t.press('x', 'tab', 'tab', 'x');
    expect(squeezed(t.frame())).toContain('profit = endValue - startValue + sum(takenOut) - sum(putIn)');
  });
  test('of a matrix explains its pairs, and of a comparison both portfolios', () => {
    const t = at(140, 50);
    t.press('7', 'shift+tab', 'x');
    expect(t.frame()).toMatch(/\[correlation \w+ and \w+\]/);
    t.press('x', 'c', 'enter', 'x');
    expect(t.frame()).toContain('Why Family SMSF and Long Term');
    expect(t.frame()).toContain('value Long Term');
  });
  test.each([60, 80, 160])('no row is too wide at %i columns', columns => {
    const t = at(columns, 30);
    t.press('7');
    for (const _ of tabs) {
      t.press('x', 'right', 'right', 'right');
      expect(t.tooWide()).toEqual([]);
      t.press('esc', 'tab');
    }
  });
});

test('of a small ledger every figure says why it is unknown, and the rest is worked out', async () => {
  const t = openTestConsole(await openLedgerApp(), { columns: 120, rows: 36 });
  t.press('7');
  const value = squeezed(t.frame());
  expect(value).toContain('Benchmark');
  expect(value).toContain('VAS unknown: there are no prices');
  t.press('tab', 'tab', 'tab', 'tab');
  expect(squeezed(t.frame())).toContain('there are no prices of VAS; asxos refresh history fetches them');
  t.press('tab');
  expect(squeezed(t.frame())).toContain('common days are too few; it takes 60');
});

test('without entries it says what it is for, and that there is nothing to compare', async () => {
  const t = openTestConsole(await openLedgerApp({ portfolios: false }), { columns: 80, rows: 24 });
  t.press('7');
  expect(t.frame()).toContain('Performance shows what you made of your money');
  t.press('c');
  expect(t.frame()).toContain('compare portfolios: it takes two portfolios');
  t.press('x');
  expect(t.frame()).toContain('explain: nothing is held');
});

test('the other portfolio in use is no comparison, and says so', () => {
  const t = at(120, 36);
  t.press('7', 'c', 'enter', 'p', 'down', 'enter');
  expect(t.frame()).toContain('This is the portfolio itself');
});
