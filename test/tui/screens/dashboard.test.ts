import { describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { recordEntry } from '../../../src/usecases/record-entry.ts';
import { openTestApp } from '../../support/app.ts';
import { openTestConsole } from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';
import { at, storeCloses } from '../../usecases/stored-market.ts';

const sizes = [60, 80, 120, 160].map(columns => ({ columns, rows: 30 }));
const squeezed = (app: App, size: { columns: number; rows: number }): string =>
  openTestConsole(app, size).frame().replace(/ +/g, ' ');

test.each(sizes)('entries dated later: the value has them, the line says that it has not ($columns)', async size => {
  const app = await openLedgerApp();
  recordEntry(app, 'buy 100 BHP @ 46 on 2026-12-01', { portfolio: 'Main' });
  const shown = squeezed(app, size);
  expect(shown).toContain('! 1 entry dated after today is counted');
  expect(shown).toContain('5Y without 1 later entry');
});

test('without them the line ends at the value', async () => {
  // 210 BHP at 46.00 and 10 CSL at 271.00 are 12,370.00, and there is 8,510.15 in cash.
  const shown = squeezed(await openLedgerApp(), { columns: 120, rows: 36 });
  expect(shown).toContain('$12,370.00 + 8,510.15 cash');
  expect(shown).toContain('20.9k');
});

describe('prices of another day', () => {
  const openOnFriday = async (closes: Record<string, string>): Promise<App> => {
    const { app } = await openTestApp({ now: at('2026-11-20T10:00Z'), token: undefined });
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-03-02');
    storeCloses(app, { BHP: closes });
    return app;
  };

  test.each(sizes)('are not called today’s ($columns)', async size => {
    const shown = squeezed(await openOnFriday({ '2026-11-13': '44', '2026-11-16': '45' }), size);
    expect(shown).toContain('no prices of today');
    expect(shown).not.toMatch(/today –|nothing has moved/);
  });

  test('are not told of where they are of today and the close before is missing', async () => {
    const shown = squeezed(await openOnFriday({ '2026-11-20': '45' }), { columns: 120, rows: 36 });
    expect(shown).toContain('change of today unknown');
    expect(shown).not.toContain('no prices of today');
  });

  test('and a day without a move is told as one', async () => {
    const app = await openOnFriday({ '2026-11-19': '45', '2026-11-20': '45' });
    expect(squeezed(app, { columns: 120, rows: 36 })).toContain('nothing has moved');
  });
});

describe('more needs than there is room for', () => {
  const openBusy = async (): Promise<App> => {
    const { app } = await openTestApp({ now: at('2026-11-20T10:00Z'), token: undefined });
    const codes = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF', 'GGG', 'HHH', 'III', 'JJJ'];
    for (const code of codes) recordEntry(app, `buy 1200 ${code} @ 40 on 2025-12-01`);
    storeCloses(app, Object.fromEntries(codes.map(code => [code, { '2026-11-19': '49', '2026-11-20': '50' }])));
    return app;
  };

  test.each([
    [60, 20],
    [80, 24],
  ])('are counted, and n shows them all, at %d by %d', async (columns, rows) => {
    const t = openTestConsole(await openBusy(), { columns, rows });
    const shown = t.rows().filter(row => row.includes('discount on')).length;
    expect(t.frame()).toContain(`${10 - shown} more: n shows them`);
    t.press('n');
    expect(t.rows().filter(row => row.includes('discount on 1,200 units in 12 days'))).toHaveLength(10);
    t.press('esc');
    expect(t.runtime.snapshot().state.overlay).toBeUndefined();
  });

  test('a tall terminal shows more movers than five', async () => {
    const app = await openBusy();
    const movers = (rows: number) =>
      openTestConsole(app, { columns: 160, rows })
        .frame()
        .match(/[A-Z]{3} +50\.00 /g);
    expect([movers(36)?.length, movers(50)?.length]).toEqual([5, 10]);
  });
});
