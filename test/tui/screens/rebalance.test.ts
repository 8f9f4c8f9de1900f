import { afterEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../../src/app.ts';
import { day } from '../../../src/domain/date.ts';
import { decimal, plain } from '../../../src/domain/decimal.ts';
import { listEntries } from '../../../src/usecases/list-entries.ts';
import { viewSuggestions } from '../../../src/usecases/manage-suggestions.ts';
import { setTargets, viewTargets } from '../../../src/usecases/manage-targets.ts';
import { rebalance } from '../../../src/usecases/rebalance.ts';
import { recordEntry } from '../../../src/usecases/record-entry.ts';
import { openTestConsole, type TestConsole, typed } from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';
import { say } from '../../support/said.ts';

const squeezed = (t: TestConsole): string => t.frame().replace(/ +/g, ' ');

/** Main: 210 BHP at 46, 10 CSL at 271, cash 8,510.15; BHP is to be 30%, CSL 40%. */
async function openRebalanced(
  options: { columns?: number; rows?: number } = {},
): Promise<{ app: App; t: TestConsole }> {
  const app = await openLedgerApp();
  setTargets(app, ['BHP=30', 'CSL=40~3'], { portfolio: 'Main' });
  await rebalance(app, { portfolio: 'Main', marginalRatePct: decimal('39') });
  const t = openTestConsole(app, { columns: options.columns ?? 120, rows: options.rows ?? 30 });
  t.press('6');
  return { app, t };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('without anything to decide', () => {
  test('no targets: what it is for, and how they are set', async () => {
    const t = openTestConsole(await openLedgerApp(), { columns: 100, rows: 24 });
    t.press('6');
    expect(t.frame()).toContain('Main has no targets');
    expect(squeezed(t)).toContain('t set targets');
    expect(t.frame()).toContain('asxos rebalance targets set CBA=10 VAS=40~3');
    t.press('n');
    expect(t.frame()).toContain('there are no targets yet; t sets them, m turns to signals');
  });
  test('all portfolios: it is of one, and p chooses it', async () => {
    const t = openTestConsole(await openLedgerApp(), { columns: 100, rows: 24 }, { portfolio: 'all' });
    t.press('6');
    expect(t.frame()).toContain('It is of one portfolio');
    expect(squeezed(t)).toContain('p choose the portfolio');
    t.press('t');
    expect(t.frame()).toContain('press p and choose it');
  });
  test('no portfolio', async () => {
    const t = openTestConsole(await openLedgerApp({ portfolios: false }), { columns: 100, rows: 24 });
    t.press('6');
    expect(t.frame()).toContain('There is no portfolio yet');
  });
  test('suggestions that have expired', async () => {
    const { app } = await openRebalanced();
    const t = openTestConsole({ ...app, now: () => app.now() + 8 * day } as App, { columns: 100, rows: 24 });
    t.press('6');
    expect(t.frame()).toContain('The suggestions of 20 Nov 2026 expired on 27 Nov 2026');
    expect(t.frame()).toContain('Targets');
  });
});

describe('targets are set in a line, as on the command line', () => {
  test('set, named wrongly, removed, cleared', async () => {
    const app = await openLedgerApp();
    const t = openTestConsole(app, { columns: 100, rows: 24 });
    t.press('6', 't', ...typed('BHP=30 CSL=40~3'), 'enter');
    expect(t.frame()).toContain('2 targets, 70% in all; n works out the trades');
    expect(viewTargets(app, { portfolio: 'Main' }).targets.map(each => plain(each.weightPct))).toEqual(['30', '40']);
    t.press('t', ...typed('CSL=90'), 'enter');
    expect(squeezed(t)).toContain('! The targets would sum to 120%, which is over 100%');
    t.press('esc', 't', ...typed('remove CSL'), 'enter');
    expect(viewTargets(app, { portfolio: 'Main' }).targets).toHaveLength(1);
    t.press('t', ...typed('clear'), 'enter');
    expect(t.frame()).toContain('Main has no targets');
  });
});

describe('suggestions', () => {
  test('with what they do, why, and what they cost; targets beside them', async () => {
    const { t } = await openRebalanced();
    expect(t.frame()).toMatchSnapshot();
  });
  test.each([60, 80])('at %i columns', async columns => {
    const { t } = await openRebalanced({ columns, rows: 24 });
    expect(t.frame()).toMatchSnapshot();
  });
  test('enter drafts the entry with its parcels; recorded, the suggestion is executed, and taken back it is open', async () => {
    const { app, t } = await openRebalanced();
    const before = listEntries(app, { portfolio: 'Main' }).rows.length;
    t.press('enter');
    expect(t.frame()).toContain('Carry out TRIM');
    expect(squeezed(t)).toMatch(/BHP units 210 → 1\d\d/);
    t.press('enter');
    expect(t.frame()).toContain('Recorded');
    expect(listEntries(app, { portfolio: 'Main' }).rows).toHaveLength(before + 1);
    const statuses = () => viewSuggestions(app, { portfolio: 'Main' }).run.map(row => row.status);
    expect(statuses()).toContain('executed');
    expect(t.frame()).toContain('1 recorded');
    t.press('u');
    expect(statuses()).not.toContain('executed');
  });
  test('a line left unrecorded leaves the suggestion and the next added line alone', async () => {
    const { app, t } = await openRebalanced();
    t.press('enter', 'x', 'esc', 'a');
    expect(t.frame()).toContain('Add an entry to Main');
    expect(t.frame()).not.toContain('› sell');
    expect(viewSuggestions(app, { portfolio: 'Main' }).run.every(row => row.status === 'pending')).toBe(true);
  });
  test('d asks, and rejects; the cash after is then without it', async () => {
    const { app, t } = await openRebalanced();
    const cash = () => viewSuggestions(app, { portfolio: 'Main' }).cash;
    const all = cash();
    t.press('d');
    expect(t.frame()).toContain('Reject TRIM');
    t.press('n');
    expect(cash()).toEqual(all);
    t.press('d', 'y');
    expect(t.frame()).toContain('Rejected: TRIM');
    const [sale] = viewSuggestions(app, { portfolio: 'Main', all: true }).suggestions;
    const { value, brokerage } = sale?.details ?? {};
    expect(plain(all?.after.minus(cash()?.after ?? '0') ?? decimal('0'))).toBe(
      plain(value?.minus(brokerage ?? '0') ?? decimal('-1')),
    );
  });
  test('what is held as it is asks for no trade', async () => {
    const app = await openLedgerApp();
    setTargets(app, ['BHP=53'], { portfolio: 'Main' });
    recordEntry(app, 'buy 5 WES @ 80 on 2026-05-04', { portfolio: 'Main' });
    await rebalance(app, { portfolio: 'Main' });
    const t = openTestConsole(app, { columns: 100, rows: 24 });
    t.press('6', 'G', 'enter');
    expect(t.frame()).toContain('asks for no trade');
  });
  test('x explains the selected one, and the cash', async () => {
    const { t } = await openRebalanced();
    t.press('x');
    expect(t.frame()).toContain('Why TRIM BHP');
    t.press('right');
    expect(squeezed(t)).toContain('value = round(units * price, 2)');
    t.press('left', 'left');
    expect(squeezed(t)).toContain('cashAfter = cash + sum(sales) - sum(buys) - sum(brokerages)');
    expect(t.tooWide()).toEqual([]);
  });
});

describe('working them out', () => {
  test('says so first, and does not hold up the keys before it begins', async () => {
    const app = await openLedgerApp();
    setTargets(app, ['CSL=40~3'], { portfolio: 'Main' });
    await app.solver();
    const t = openTestConsole(app, { columns: 100, rows: 24 });
    t.press('6', 'n');
    expect(t.frame()).toContain('Working out the trades');
    t.press('2');
    expect(t.runtime.snapshot().models.screen.kind).toBe('holdings');
    await vi.waitFor(() => expect(t.frame()).toContain('1 trade suggested'), { timeout: 20_000 });
    t.press('6');
    await vi.waitFor(() => expect(squeezed(t)).toContain('› ADD CSL'), { timeout: 5_000 });
  });
  test('mode signals needs no targets: it follows what was last said, and trims a large weight', async () => {
    const app = await openLedgerApp();
    say(app.db, '2026-11-19', { CSL: { a: 'SELL', b: 'SELL', grade: 'D', signal: 'SELL', score: 0.3 } });
    const t = openTestConsole(app, { columns: 120, rows: 30 });
    t.press('6', 'm', 'm');
    expect(t.frame()).toContain('Mode signals follows the last signals of what is held');
    t.press('n');
    await vi.waitFor(() => expect(t.frame()).toContain('suggested for the signals'), { timeout: 20_000 });
    expect(squeezed(t)).toContain('mode signals');
    await vi.waitFor(() => expect(squeezed(t)).toContain('› TRIM BHP'), { timeout: 5_000 });
    expect(t.frame()).toContain('is above 15%: trim to 12%');
    t.press('j');
    expect(squeezed(t)).toContain('TRIM 5 CSL: SELL at .70: trim half');
    const { run } = viewSuggestions(app, { portfolio: 'Main' });
    expect(run.find(row => row.code === 'CSL')?.details.signal).toMatchObject({
      signal: 'SELL',
      score: 0.3,
      asOf: '2026-11-19',
      version: 'a-1+B 1.0',
    });
  });
  test('mode cash asks for the money; a rate counts tax', async () => {
    const app = await openLedgerApp();
    setTargets(app, ['BHP=50', 'CSL=40'], { portfolio: 'Main' });
    const t = openTestConsole(app, { columns: 100, rows: 24 });
    t.press('6', 'm', '%', ...typed('200'), 'enter');
    expect(t.frame()).toContain('"200" is not a percentage from 0 to 100');
    t.press('backspace', 'backspace', 'backspace', ...typed('39'), 'enter', 'n');
    expect(t.frame()).toContain('New money for Main');
    t.press(...typed('five'), 'enter');
    expect(t.frame()).toContain('"five" is not an amount of dollars');
    t.press('ctrl+u', ...typed('5000'), 'enter');
    await vi.waitFor(() => expect(t.frame()).toContain('suggested'), { timeout: 20_000 });
    const { run } = viewSuggestions(app, { portfolio: 'Main' });
    expect(run[0]?.mode).toBe('cash');
    expect(plain(run[0]?.details.plan.amount ?? decimal('0'))).toBe('5000');
    expect(plain(run[0]?.details.plan.marginalRatePct ?? decimal('0'))).toBe('39');
  });
});

test.each([50, 60, 80, 109, 110, 140, 170])(
  'no row is too wide at %i columns, and the selection is in sight',
  async columns => {
    const { app } = await openRebalanced();
    for (const rows of [12, 20, 40]) {
      const t = openTestConsole(app, { columns, rows });
      t.press('6');
      for (const key of ['down', 'G', 'enter', 'esc', 'd', 'n', 't', 'esc', 'x', 'esc', 'g']) {
        t.press(key);
        expect(t.tooWide()).toEqual([]);
      }
      expect(t.rows().filter(row => row.startsWith(' › '))).toHaveLength(1);
    }
  },
);
