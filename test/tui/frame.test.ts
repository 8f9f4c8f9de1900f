import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleApp, openConsoleApp, openTestConsole, startTimeout, typed } from '../support/demo-console.ts';

const sizes = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 160, rows: 50 },
];

let demo: ConsoleApp;
let empty: ConsoleApp;
beforeAll(async () => {
  demo = await openConsoleApp({ demo: true });
  empty = await openConsoleApp({ demo: false });
}, startTimeout);
afterAll(async () => {
  await demo.close();
  await empty.close();
});

describe.each(sizes)('at $columns by $rows', size => {
  const views: [string, string[]][] = [
    ['dashboard', ['1']],
    ['holdings', ['2', 'j', 'j']],
    ['holdings filtered and sorted', ['2', 's', '/', ...typed('van'), 'enter']],
    ['watchlist', ['4']],
    ['security', [':', ...typed('bhp'), 'enter']],
    ['help', ['2', '?']],
    ['palette', [':', ...typed('wo')]],
    ['messages', ['!']],
    ['portfolios', ['p', 'down']],
  ];
  test.each(views)('%s', (_, keys) => {
    const open = openTestConsole(demo.app, size);
    open.press(...keys);
    expect(open.endings).toEqual([]);
    expect(open.rows()).toHaveLength(size.rows);
    expect(open.tooWide()).toEqual([]);
    expect(open.rows()[0]).toContain('SIMULATED');
    expect(open.frame()).toMatchSnapshot();
  });

  test('without anything held or watched', () => {
    const open = openTestConsole(empty.app, size);
    expect(open.frame()).toMatchSnapshot();
    open.press('2');
    expect(open.frame()).toContain('Nothing is held yet.');
    open.press('4');
    expect(open.frame()).toMatchSnapshot();
    expect(open.tooWide()).toEqual([]);
  });
});

test('every size keeps its rows, and no row is wider than the terminal', () => {
  const open = openTestConsole(demo.app, { columns: 80, rows: 24 });
  for (const keys of [['1'], ['2'], ['4'], ['enter'], ['?'], ['esc', '!'], ['esc', ':'], ['esc', 'p']]) {
    open.press(...keys);
    for (let columns = 50; columns <= 200; columns += 7) {
      for (const rows of [12, 13, 17, 24, 45]) {
        open.runtime.resize(columns, rows);
        expect(open.rows()).toHaveLength(rows);
        expect(open.tooWide()).toEqual([]);
      }
    }
  }
});

test('a number is whole or not there: no ellipsis in a cell of digits', () => {
  const open = openTestConsole(demo.app, { columns: 80, rows: 40 });
  open.press('2');
  for (let columns = 50; columns <= 200; columns += 1) {
    open.runtime.resize(columns, 40);
    expect(open.frame()).not.toMatch(/\d…/);
  }
});

test('the header tells of the portfolio, the age of prices and what is unread', () => {
  const open = openTestConsole(demo.app, { columns: 160, rows: 30 });
  expect(open.rows()[0]).toMatch(
    /^ Family SMSF .*Dashboard {2}Holdings {2}Signals {2}Watchlist .* SIMULATED .* ● \d+ unread$/,
  );
  open.runtime.resize(120, 30);
  expect(open.rows()[0]).toMatch(/^ Family SMSF .* 1 Dashboard {2}2 {2}3 {2}4 .* SIMULATED .* ● \d+ unread$/);
  open.press('4');
  expect(open.rows()[0]).toMatch(/^ Family SMSF {2}[\d,]+\.\d\d [▲▼] \d+\.\d\d% /);
  open.runtime.resize(60, 20);
  expect(open.rows()[0]).toMatch(/^ Family SMSF +SIMULATED {3}\d\d:\d\d AE[SD]T, \d h old {3}●\d+$/);
});
