import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { openTestConsole, type TestConsole, turnTo, typed } from '../support/demo-console.ts';
import { openLedgerApp } from '../support/ledger-console.ts';

const size = { columns: 100, rows: 30 };
const open = (app: App, portfolio?: string): TestConsole =>
  openTestConsole(app, size, portfolio === undefined ? {} : { portfolio });
const countOf = (app: App): number => listEntries(app, { portfolio: 'all' }).count;
const squeezed = (t: TestConsole): string => t.frame().replace(/ +/g, ' ');
const line = (t: TestConsole): string => t.rows()[2]?.slice(4).trimEnd() ?? '';

describe('the first entry', () => {
  test('an empty console says what to press, and fills as soon as it is recorded', async () => {
    const t = open(await openLedgerApp({ portfolios: false }));
    expect(t.frame()).toContain('    a  add a trade');
    expect(t.frame()).toContain('    i  import what your broker exports');
    t.press('2', 'a', ...typed('buy 100 BHP @ 43.21 fee 9.95 on 2026-11-20'));
    expect(t.frame()).toContain('It makes the portfolio Main');
    t.press('enter');
    expect(t.rows()[0]).toContain('Main');
    expect(squeezed(t)).toContain('› BHP 100 43.3095 4,330.95');
    expect(t.frame()).toContain('Recorded buy 100 BHP of 20 Nov 2026 in the new portfolio Main. u takes it back');
  });
});

describe('the line', () => {
  test('begins with the code of the security in view, the cursor where the units go', async () => {
    const t = open(await openLedgerApp());
    t.press(':', ...typed('bhp'), 'enter', 'a');
    expect(line(t)).toBe('buy  BHP @');
    expect(t.frame()).not.toContain('! ');
    t.press(...typed('10'), 'tab', ...typed('46'));
    expect(line(t)).toBe('buy 10 BHP @ 46');
    expect(squeezed(t)).toContain('BHP units 210 → 220');
  });
  test('is empty elsewhere, and says what a line begins with', async () => {
    const t = open(await openLedgerApp());
    t.press('a');
    expect(line(t)).toBe('');
    expect(t.frame()).toContain('next: buy, sell, opening');
    expect(t.frame()).toContain('buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02');
  });
  test('points at the word in trouble, and only where it cannot get right any more', async () => {
    const t = open(await openLedgerApp());
    t.press('a', ...typed('buy 10x'));
    expect(t.frame()).not.toContain('^');
    t.press(...typed(' BHP'));
    expect(t.rows()[3]).toBe('        ^^^');
    expect(t.frame()).toContain('! "10x" is not a number of units');
  });
  test('enter on an unfinished line says what is missing and records nothing', async () => {
    const app = await openLedgerApp();
    const before = countOf(app);
    const t = open(app);
    t.press('a', ...typed('buy 10 BHP'), 'enter');
    expect(t.frame()).toContain('✗ The line ends before @ PRICE');
    t.press('space');
    expect(t.frame()).not.toContain('✗');
    expect(countOf(app)).toBe(before);
  });
  test('a command key is a letter in it, and esc leads back one step with the text kept', async () => {
    const t = open(await openLedgerApp());
    t.press('2', 'a', ...typed('q r2'));
    expect(t.endings).toEqual([]);
    expect(line(t)).toBe('q r2');
    t.press('esc');
    expect(t.runtime.snapshot().state).toMatchObject({ overlay: undefined, stack: [{ kind: 'holdings' }] });
    t.press('a');
    expect(line(t)).toBe('q r2');
  });
  test('what was only the prefill is not kept', async () => {
    const t = open(await openLedgerApp());
    t.press(':', ...typed('bhp'), 'enter', 'a', 'esc', ':', ...typed('csl'), 'enter', 'a');
    expect(line(t)).toBe('buy  CSL @');
  });
  test('up and down go through the lines recorded before', async () => {
    const t = open(await openLedgerApp());
    for (const text of ['deposit 1 on 2026-11-19', 'deposit 2 on 2026-11-19']) t.press('a', ...typed(text), 'enter');
    t.press('a', ...typed('dep'), 'up');
    expect(line(t)).toBe('deposit 2 on 2026-11-19');
    t.press('up', 'up');
    expect(line(t)).toBe('deposit 1 on 2026-11-19');
    t.press('down', 'down');
    expect(line(t)).toBe('dep');
  });
  test('one pasted line goes in, several do not, and the way out is said', async () => {
    const app = await openLedgerApp();
    const before = countOf(app);
    const t = open(app);
    t.press('a');
    t.runtime.paste('buy 1 BHP @ 2 on 2026-11-19\nbuy 2 BHP @ 2 on 2026-11-19\n');
    expect(line(t)).toBe('');
    expect(t.frame()).toContain('2 lines were pasted, and an entry is one. Press i to import a file of them');
    t.runtime.paste('buy 3 BHP @ 2\u001b[31m on 2026-11-19\n');
    expect(line(t)).toBe('buy 3 BHP @ 2 on 2026-11-19');
    expect(countOf(app)).toBe(before);
  });
  test('with all portfolios in view the one it goes to is chosen first', async () => {
    const t = open(await openLedgerApp(), 'all');
    t.press('a');
    expect(t.rows()[1]).toContain('Which portfolio does the entry go to?');
    expect(t.frame()).not.toContain('All portfolios ·');
    t.press('j', 'enter');
    expect(t.rows()[1]).toContain('Add an entry to Other');
    t.press(...typed('buy 1 BHP @ 2 on 2026-11-19'), 'enter');
    expect(t.rows()[0]).toContain('Other');
  });
  test('a line left unfinished says so when it is there again', async () => {
    const t = open(await openLedgerApp());
    t.press('a', ...typed('buy 10 BHP @'));
    expect(t.frame()).not.toContain('left unfinished');
    t.press('esc', 'a');
    expect(t.rows()[4]).toBe('    left unfinished before; ctrl-u clears the line');
    t.press(...typed(' 46'));
    expect(t.frame()).not.toContain('left unfinished');
    t.press('ctrl+u');
    expect(line(t)).toBe('');
  });
  test('a whole line that is pasted takes the place of what the line begins with, a part goes into it', async () => {
    const t = open(await openLedgerApp());
    t.press(':', ...typed('bhp'), 'enter', 'a');
    t.runtime.paste('sell 5 CSL @ 280 on 2026-11-19');
    expect(line(t)).toBe('sell 5 CSL @ 280 on 2026-11-19');
    t.press('ctrl+u', 'esc', 'a');
    t.runtime.paste('12');
    expect(line(t)).toBe('buy 12 BHP @');
  });
});

describe('the effect', () => {
  test('of a sale: units, cost base, cash and the gain of each parcel', async () => {
    const t = open(await openLedgerApp());
    t.press('a', ...typed('sell 100 BHP @ 50 fee 10 on 2026-11-20'));
    const shown = squeezed(t);
    // First in, first out: 60 units that cost 2,405.97, then 40 of 150 that cost 6,609.95: 1,762.65.
    expect(shown).toContain('BHP units 210 → 110');
    expect(shown).toContain('BHP cost base 9,015.92 → 4,847.30');
    expect(shown).toContain('gain +821.38 on proceeds of 4,990.00');
    expect(shown).toContain('60 of 4 Mar 2024 +588.03 cost 2,405.97, over 12 months');
    expect(shown).toContain('40 of 2 Mar 2026 +233.35 cost 1,762.65');
    // 20,000 less 4,009.95, 6,609.95 and 2,800.00, plus 1,830.05 and 100.00.
    expect(shown).toContain('cash 8,510.15 → 13,500.15');
  });
  test('is whole in a narrow terminal: what does not fit goes on beneath', async () => {
    const t = openTestConsole(await openLedgerApp(), { columns: 60, rows: 24 });
    t.press('a', ...typed('sell 100 BHP @ 50 fee 10 on 2026-11-20'));
    expect(t.frame()).not.toContain('…');
    expect(squeezed(t).replace(/\s+/g, ' ')).toContain('60 of 4 Mar 2024 +588.03 cost 2,405.97, over 12 months');
  });
  test('a sale of more than is held is refused, before enter and after', async () => {
    const app = await openLedgerApp();
    const before = countOf(app);
    const t = open(app);
    t.press('a', ...typed('sell 211 BHP @ 50 on 2026-11-20'));
    expect(t.frame()).toContain('✗ BHP: sell 211, held 210 on 2026-11-20');
    t.press('enter');
    expect(t.frame()).toContain('✗ BHP: sell 211, held 210 on 2026-11-20');
    expect(countOf(app)).toBe(before);
  });
  test('what may be doubted is said, and recorded all the same', async () => {
    const app = await openLedgerApp();
    const t = open(app);
    t.press('a', ...typed('buy 1 ZZZ @ 2 on 2026-11-21'));
    expect(t.frame()).toContain('! 2026-11-21 was not a trading day');
    expect(t.frame()).toContain('! ZZZ is not in the stored symbol list');
    t.press('enter');
    expect(listEntries(app, { portfolio: 'Main' }).rows.at(-1)?.entry.code).toBe('ZZZ');
  });
});

describe('edit, delete and undo', () => {
  const onEntries = async (): Promise<{ app: App; t: TestConsole }> => {
    const app = await openLedgerApp();
    const t = open(app);
    t.press(':', ...typed('bhp'), 'enter');
    turnTo(t, 'Entries');
    return { app, t };
  };

  test('an edit shows the change from what it was, takes its place, and can be taken back', async () => {
    const { app, t } = await onEntries();
    const before = countOf(app);
    t.press('e');
    expect(t.rows()[1]).toContain('Edit sell 40 BHP of 1 Jun 2026');
    expect(line(t)).toBe('sell 40 BHP @ 46 fee 9.95 on 2026-06-01');
    t.press('home', ...Array(5).fill('right'), 'delete', 'delete', ...typed('30'));
    expect(squeezed(t)).toContain('BHP units 210 → 220');
    t.press('enter');
    expect(countOf(app)).toBe(before);
    expect(squeezed(t)).toContain('› 1 Jun 2026 sell 30 46.00 9.95 1,370.05');
    t.press('u');
    expect(squeezed(t)).toContain('› 1 Jun 2026 sell 40 46.00 9.95 1,830.05');
    expect(t.frame()).toContain('Sell 30 BHP of 1 Jun 2026 is as it was');
  });
  test('an unchanged edit writes nothing', async () => {
    const { app, t } = await onEntries();
    const revision = app.db.revision();
    t.press('e', 'enter');
    expect(app.db.revision()).toBe(revision);
    expect(t.frame()).toContain('Sell 40 BHP of 1 Jun 2026 is as it was');
  });
  test.each(['n', 'esc', 'enter', 'q'])('delete asks first, and %s keeps the entry', async key => {
    const { app, t } = await onEntries();
    const before = countOf(app);
    t.press('d');
    expect(t.rows().at(-2)).toBe('  ! Delete sell 40 BHP of 1 Jun 2026? y/N');
    t.press(key);
    expect(t.runtime.snapshot().state.overlay).toBeUndefined();
    expect(t.endings).toEqual([]);
    expect(countOf(app)).toBe(before);
  });
  test('y deletes it, u brings it back, once', async () => {
    const { app, t } = await onEntries();
    const before = countOf(app);
    t.press('d', 'y');
    expect(t.frame()).toContain('Deleted sell 40 BHP of 1 Jun 2026. u brings it back');
    expect(countOf(app)).toBe(before - 1);
    t.press('u');
    expect(t.frame()).toContain('Sell 40 BHP of 1 Jun 2026 is back');
    expect(countOf(app)).toBe(before);
    t.press('u');
    expect(t.frame()).toContain('undo: there is nothing to take back');
  });
  test('an entry that a later sale needs is not deleted', async () => {
    const { app, t } = await onEntries();
    t.press('a', 'ctrl+k', 'ctrl+u', ...typed('sell 180 BHP @ 46 on 2026-11-20'), 'enter');
    const before = countOf(app);
    t.press('G', 'd', 'y');
    expect(t.frame()).toContain('✗ A recorded entry would lose its units: BHP: sell 180, held 110 on 2026-11-20');
    expect(countOf(app)).toBe(before);
  });
  test('u after an add takes the entry back', async () => {
    const { app, t } = await onEntries();
    const before = countOf(app);
    t.press('a', ...typed('5'), 'tab', ...typed('46 on 2026-11-20'), 'enter');
    expect(squeezed(t)).toContain('› 20 Nov 2026 buy 5 46.00 230.00');
    t.press('u');
    expect(t.frame()).toContain('Buy 5 BHP of 20 Nov 2026 was taken back');
    expect(countOf(app)).toBe(before);
  });
});

describe.each([
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 160, rows: 50 },
])('at $columns by $rows', room => {
  test.each([
    ['an empty line', ['a']],
    ['a problem', ['a', ...typed('buy ten BHP @ 43 fe 9 ')]],
    ['a sale', ['a', ...typed('sell 100 BHP @ 50 fee 10 on 2026-11-21')]],
    ['a question', [':', ...typed('bhp'), 'enter', 'shift+tab', 'shift+tab', 'd']],
  ])('%s', async (_, keys) => {
    const t = openTestConsole(await openLedgerApp(), room);
    t.press(...keys);
    expect(t.tooWide()).toEqual([]);
    expect(t.rows()).toHaveLength(room.rows);
    expect(t.frame()).toMatchSnapshot();
  });
});
