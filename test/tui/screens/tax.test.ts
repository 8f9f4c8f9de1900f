import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { createPortfolio } from '../../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../../src/usecases/record-entry.ts';
import { lockTaxYear } from '../../../src/usecases/view-tax-year.ts';
import {
  type ConsoleApp,
  openConsoleApp,
  openTestConsole,
  startTimeout,
  type TestConsole,
  turnTo,
  typed,
} from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';

const size = { columns: 120, rows: 30 };
const squeezed = (t: TestConsole): string[] => t.rows().map(row => row.replace(/ +/g, ' ').trim());
const openTax = (app: App, room = size, portfolio?: string): TestConsole => {
  const t = openTestConsole(app, room, portfolio === undefined ? {} : { portfolio });
  t.press('8');
  return t;
};
const at = (t: TestConsole, tabs: number): TestConsole => {
  t.press(...Array.from({ length: tabs }, () => 'tab'));
  return t;
};

describe('of the demo', () => {
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

  const tabs = ['income', 'calendar', 'to confirm', 'capital gains', 'tax income'];
  const sizes = [
    { columns: 60, rows: 20 },
    { columns: 80, rows: 24 },
    { columns: 120, rows: 36 },
  ];
  describe.each(sizes)('at $columns by $rows', room => {
    test.each(tabs.map((tab, index) => [tab, index] as const))('%s', (_, index) => {
      const t = at(openTax(demo.app, room), index);
      expect(t.rows()).toHaveLength(room.rows);
      expect(t.tooWide()).toEqual([]);
      expect(t.frame().match(/General information, not advice\./g)).toHaveLength(1);
      expect(t.frame()).toMatchSnapshot();
    });
  });

  test('at every size no row is too wide, and what was selected stays in sight', () => {
    const t = openTax(demo.app);
    for (let tab = 0; tab < tabs.length; tab += 1) {
      t.press('G');
      for (let columns = 50; columns <= 180; columns += 13) {
        for (const rows of [12, 15, 22, 40]) {
          t.runtime.resize(columns, rows);
          expect(t.rows()).toHaveLength(rows);
          expect(t.tooWide()).toEqual([]);
          expect(
            t.rows().filter(row => row.startsWith(' › ')),
            `${tab} at ${columns} x ${rows}`,
          ).toHaveLength(1);
        }
      }
      t.press('tab');
    }
  });

  test.each([60, 100, 160])('x explains the row and the totals of every tab at %i columns', columns => {
    const t = openTax(demo.app, { columns, rows: 40 });
    for (let tab = 0; tab < tabs.length; tab += 1) {
      t.press('x');
      expect(t.frame()).toContain('Why of tax & income');
      expect(t.frame()).not.toContain('an entry that is not recorded');
      for (let figure = 0; figure < 8; figure += 1) {
        t.press('right');
        expect(t.tooWide()).toEqual([]);
      }
      t.press('esc', 'tab');
    }
    expect(t.endings).toEqual([]);
  });

  test('without entries every tab says what it is for and the key that fills it', () => {
    const t = openTax(empty.app);
    const words = ['Income lists', 'The calendar lists', 'None does', 'Capital gains are', 'Tax income is'];
    for (const each of words) {
      expect(t.frame()).toContain(each);
      expect(t.frame()).toMatch(/^ {4}[a[r] {2}\w/m);
      t.press('tab');
    }
    t.press('x');
    expect(t.endings).toEqual([]);
  });
});

test('what each security paid in the year and what it yields; brackets turn the year', async () => {
  const t = openTax(await openLedgerApp());
  // Nothing was recorded in FY2027; the one dividend of 100.00 was paid in March 2025.
  expect(squeezed(t)).toContain('› BHP 0.00 0.00 0.00 0.0% 0.0% 0.0% BHP Limited');
  t.press('[', '[');
  expect(t.rows()[1]).toContain('FY2024–25');
  // 100.00 franked in full has credits of 100 x 30 / 70 = 42.86.
  expect(squeezed(t)).toContain(
    'received $100.00 in 1 payment credits $42.86 yield 0.00% grossed up 0.00% on cost 0.00%',
  );
  t.press('[', '[');
  expect(t.frame()).toContain('nothing was recorded before FY2023–24');
  t.press(']', ']', ']', ']', ']');
  expect(t.frame()).toContain('FY2026–27 is the running year');
});

test('declared payments stand by month, with the day until which a sale loses the credits', async () => {
  const app = await openLedgerApp();
  // Bought 24 days before the ex-date of 12 November and worth more than $5,000 of credits it is not; a fund is.
  const t = at(openTax(app), 1);
  // 210 units x 0.50.
  expect(squeezed(t)).toContain('› Dec 2026 BHP declared 12 Nov 2026 10 Dec 2026 210 0.500 105.00 45.00');
  expect(t.frame()).toContain('never added together');
});

describe('dividends that wait', () => {
  test('enter opens the line with its effect; recorded, it waits no longer; u takes it back', async () => {
    const t = at(openTax(await openLedgerApp()), 2);
    // 210 units x 1.10, paid on 24 September.
    expect(squeezed(t)).toContain('› BHP 3 Sep 2026 24 Sep 2026 210 1.100 231.00 100% 99.00 dividend');
    t.press('enter');
    expect(t.frame()).toContain('Add an entry to Main');
    expect(t.frame()).toContain('dividend BHP 231 franked 100% ex 2026-09-03 on 2026-09-24');
    t.press('enter');
    expect(t.frame()).toContain('Recorded');
    expect(t.frame()).toContain('None does: every one is recorded or put aside.');
    t.press('u');
    expect(squeezed(t)).toContain('› BHP 3 Sep 2026 24 Sep 2026 210 1.100 231.00 100% 99.00 dividend');
  });

  test('of all portfolios each goes to its own', async () => {
    const t = at(openTax(await openLedgerApp(), size, 'all'), 2);
    const waiting = (): string[] => t.rows().filter(row => /^ [› ] BHP/.test(row));
    // The dividend of March 2025 was due to Other too, and was recorded in Main alone.
    expect(waiting()).toHaveLength(3);
    t.press('G', 'enter');
    const name = /Add an entry to (\w+)/.exec(t.frame())?.[1] ?? '';
    t.press('enter');
    expect(waiting()).toHaveLength(2);
    expect(t.frame()).toContain('Recorded');
    t.press(':', ...typed('bhp'), 'enter');
    turnTo(t, 'Entries');
    expect(t.rows().find(row => row.startsWith(' › '))).toContain(name);
  });

  test('a line that is left alone is not kept for the next entry', async () => {
    const t = at(openTax(await openLedgerApp()), 2);
    t.press('enter', 'esc', 'a');
    expect(t.frame()).not.toContain('dividend BHP 231');
  });

  test('d asks, puts aside, and u brings it back', async () => {
    const t = at(openTax(await openLedgerApp()), 2);
    t.press('d');
    expect(t.frame()).toContain('Put aside the dividend of BHP, ex 3 Sep 2026? y/N');
    t.press('n');
    expect(squeezed(t).some(row => row.startsWith('› BHP'))).toBe(true);
    t.press('d', 'y');
    expect(t.frame()).toContain('Put aside the dividend of BHP');
    expect(squeezed(t).some(row => row.startsWith('› BHP'))).toBe(false);
    t.press('u');
    expect(squeezed(t).some(row => row.startsWith('› BHP'))).toBe(true);
  });
});

describe('capital gains', () => {
  test('the disposals of the year, and how they net', async () => {
    const t = at(openTax(await openLedgerApp()), 3);
    expect(t.frame()).toContain('Nothing was disposed of in FY2026–27.');
    t.press('[');
    const rows = squeezed(t);
    // 40 of 100 units: 1,840.00 before brokerage; 4,009.95 x 40 / 100 = 1,603.98 and 9.95 of the sale.
    expect(rows.join('\n')).toContain('› BHP 4 Mar 2024 1 Jun 2026 40 1,840.00 1,613.93 +226.07 yes');
    expect(rows.join('\n')).toMatch(/Net capital gain 113\.0[34]/);
  });

  test('a locked year says so, and what changed since', async () => {
    const app = await openLedgerApp();
    lockTaxYear(app, { fy: 2026, portfolio: 'Main' });
    const t = at(openTax(app), 3);
    t.press('[');
    expect(t.frame()).toMatch(/Locked as lodged on .*; nothing changed since\./);
    recordEntry(app, 'sell 5 BHP @ 40.00 on 2026-06-02', { portfolio: 'Main' });
    t.press('1', '8', 'tab', 'tab', 'tab', '[');
    expect(t.frame()).toMatch(/figures changed since\./);
    expect(t.frame()).toMatch(/net capital gain: locked \d+\.?\d*, now \d/);
  });

  test('o turns to the next owner, whose own share is shown', async () => {
    const app = await openLedgerApp();
    createPortfolio(app, 'Joint', { owners: 'Ann 60, Bob 40' });
    recordEntry(app, 'buy 10 CSL @ 100 on 2026-01-05', { portfolio: 'Joint' });
    recordEntry(app, 'sell 10 CSL @ 110 on 2026-05-05', { portfolio: 'Joint' });
    const t = at(openTax(app, size, 'Joint'), 3);
    t.press('[');
    expect(t.rows()[1]).toContain('Ann');
    expect(squeezed(t).join('\n')).toContain('+60.00');
    t.press('o');
    expect(t.rows()[1]).toContain('Bob');
    expect(squeezed(t).join('\n')).toContain('+40.00');
  });
});

describe('a sale thought of', () => {
  const opened = async (columns = 100): Promise<TestConsole> => {
    const t = openTestConsole(await openLedgerApp(), { columns, rows: 40 });
    t.press('2', 't');
    return t;
  };

  test('of a holding: all of it, by every method, with what waiting saves; nothing is recorded', async () => {
    const t = await opened();
    expect(t.frame()).toContain('Think of a sale of BHP');
    expect(squeezed(t)).toContain('units 210 of 210 held');
    // 210 x 46.00 = 9,660.00 less the last brokerage of 9.95.
    expect(t.frame()).toContain('brings $9,650.05, after brokerage of 9.95');
    for (const method of ['fifo', 'lifo', 'highest-cost', 'least-tax']) expect(t.frame()).toContain(method);
    expect(t.frame().replace(/\s+/g, ' ')).toMatch(/waiting \d+ days, to 3 Mar 2027, for the discount saves \$/);
    expect(t.tooWide()).toEqual([]);
    t.press('esc');
    expect(t.frame()).not.toContain('Think of a sale');
  });

  test('units are typed; more than is held, or nothing, is said', async () => {
    const t = await opened();
    t.press('ctrl+u');
    expect(t.frame()).toContain('Type how many units');
    t.press(...typed('60'));
    expect(squeezed(t)).toContain('units 60 of 210 held');
    t.press(...typed('00'));
    expect(t.frame()).toContain('held 210');
    t.press('ctrl+u', ...typed('x'));
    expect(t.endings).toEqual([]);
  });

  test('of a parcel: its units', async () => {
    const t = openTestConsole(await openLedgerApp(), { columns: 100, rows: 40 });
    t.press(':', ...typed('bhp'), 'enter');
    turnTo(t, 'Parcels');
    t.press('j', 't');
    expect(squeezed(t)).toContain('units 150 of 210 held');
  });

  test('x explains it and goes back to it', async () => {
    const t = await opened();
    t.press('x');
    expect(t.frame()).toContain('Why of a sale of BHP');
    expect(t.frame()).toContain('[taxable gain fifo]');
    for (let figure = 0; figure < 12; figure += 1) {
      t.press('right');
      expect(t.tooWide()).toEqual([]);
    }
    t.press('esc');
    expect(t.frame()).toContain('Think of a sale of BHP');
  });

  test.each([60, 80])('at %i columns no row is too wide', async columns => {
    const t = await opened(columns);
    expect(t.tooWide()).toEqual([]);
    expect(t.frame()).toContain('Taxable gain');
  });
});
