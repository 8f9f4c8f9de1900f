import { describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { changePortfolio } from '../../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../../src/usecases/record-entry.ts';
import { openTestApp } from '../../support/app.ts';
import { openTestConsole, typed } from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';
import { at, storeCloses } from '../../usecases/stored-market.ts';

/** The figure after a label, in what is told beside the chart. */
function factOf(app: App, code: string, label: string, portfolio?: string): string | undefined {
  const t = openTestConsole(app, { columns: 120, rows: 30 }, portfolio === undefined ? {} : { portfolio });
  t.press(':', ...typed(code), 'enter');
  const row = t.rows().find(each => each.slice(80).includes(`${label} `));
  return row?.slice(80).trim().replace(label, '').trim();
}

describe('the discount on what is held', () => {
  test('eligible once every parcel that has gained is', async () => {
    expect(factOf(await openLedgerApp(), 'bhp', 'discount', 'Other')).toBe('eligible');
  });
  test('next, where some of them wait', async () => {
    // Of two parcels in gain that of 4 March 2024 has it, and that of 2 March 2026 waits.
    expect(factOf(await openLedgerApp(), 'bhp', 'discount', 'Main')).toBe('next 3 Mar 2027');
  });
  test('from the first day of the first one, where all of them wait', async () => {
    const app = await openLedgerApp();
    recordEntry(app, 'buy 5 WES @ 1 on 2026-05-04', { portfolio: 'Main' });
    expect(factOf(app, 'wes', 'discount', 'Main')).toBeUndefined();
    recordEntry(app, 'sell 60 BHP @ 46 on 2026-11-19', { portfolio: 'Main' });
    expect(factOf(app, 'bhp', 'discount', 'Main')).toBe('from 3 Mar 2027');
  });
  test('is not told of a loss, nor of a company', async () => {
    const app = await openLedgerApp();
    expect(factOf(app, 'csl', 'gain', 'Main')).toBe('-90.00 ▼ 3.2%');
    expect(factOf(app, 'csl', 'discount', 'Main')).toBeUndefined();
    changePortfolio(app, 'Main', { taxpayer: 'company' });
    expect(factOf(app, 'bhp', 'discount', 'Main')).toBeUndefined();
    expect(factOf(app, 'bhp', 'discount', 'all')).toBe('eligible');
  });
});

test('the day is that of the price, and an older price has none', async () => {
  const { app } = await openTestApp({ now: at('2026-11-21T01:00Z'), token: undefined });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-03-02');
  recordEntry(app, 'buy 10 SUS @ 1 on 2025-02-03');
  storeCloses(app, { BHP: { '2026-11-19': '45', '2026-11-20': '46' }, SUS: { '2025-02-27': '2', '2025-02-28': '2' } });
  const t = openTestConsole(app, { columns: 120, rows: 30 });
  t.press(':', ...typed('bhp'), 'enter');
  expect(t.frame()).toMatch(/Fri +\+10\.00/);
  t.press(':', ...typed('sus'), 'enter', '[');
  expect(t.frame()).toMatch(/day +price of 28 Feb 2025/);
  expect(t.frame()).toContain('no prices in this range; the last one is of 28 Feb 2025');
  expect(t.frame()).toContain('no newer price than 28 Feb 2025');
  expect(t.rows()[0]).toContain('SUS as of 28 Feb 2025');
  expect(t.rows()[1]).toContain('no symbol list yet: r fetches it');
});

test('why a price is not the newest is told whole, on as many rows as it needs', async () => {
  const { app } = await openTestApp({ now: at('2026-11-20T10:00Z'), token: undefined });
  recordEntry(app, 'buy 10 SUS @ 1 on 2025-02-03');
  storeCloses(app, { SUS: { '2026-11-19': '1', '2026-11-20': '2' } });
  for (const columns of [60, 120]) {
    const t = openTestConsole(app, { columns, rows: 30 });
    t.press(':', ...typed('sus'), 'enter');
    expect(t.frame()).toContain('the bar of 20 Nov 2026 is held');
    expect(t.frame()).not.toContain('…');
  }
});

test('an unknown gain is one dash', async () => {
  const app = await openLedgerApp();
  recordEntry(app, 'buy 5 WES @ 80 on 2026-05-04', { portfolio: 'Main' });
  expect(factOf(app, 'wes', 'gain', 'Main')).toBe('–');
});
