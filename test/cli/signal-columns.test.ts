/** What was last said of holdings and of what is watched, beside their prices. */
import { beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { migrationsDir } from '../support/app.ts';
import { openTrader, type Trader } from '../support/cli.ts';
import { type SaidWords, say } from '../support/said.ts';

let trader: Trader;
beforeEach(async () => {
  trader = await openTrader();
  for (const line of [
    'buy 100 BHP @ 40 on 2026-02-02',
    'buy 10 CBA @ 150 on 2026-02-02',
    'buy 5 XRO @ 90 on 2026-02-02',
  ])
    await trader.asxos(['add', line]);
  await trader.asxos('watch add BHP CSL');
});

const saidOn = (day: string, all: Record<string, SaidWords>): void => {
  const db = openDatabase(`${trader.dataDir}/asxos.db`, { migrationsDir, now: () => trader.clock.now });
  say(db, day, all);
  db.close();
};
const strong: SaidWords = { a: 'STRONG_BUY', b: 'BUY', grade: 'A', signal: 'STRONG_BUY', score: 0.8 };

describe('holdings', () => {
  test('have no columns for signals while nothing was said', async () => {
    const { out } = await trader.asxos('holdings');
    expect(out).not.toContain('Signal');
    const { out: json } = await trader.asxos('holdings --json');
    expect(JSON.parse(json).data.holdings[0]).toMatchObject({
      signalA: null,
      signal: null,
      grade: null,
      signalAsOf: null,
    });
  });

  test('show both models, the ensemble and the grade; what abstained or was never asked is a dash', async () => {
    saidOn('2026-03-02', { BHP: strong, CBA: { a: 'HOLD' } });
    const { out } = await trader.asxos('holdings');
    expect(out).toMatch(/^BHP .* STRONG BUY {2}BUY {2}STRONG BUY {2}A$/m);
    expect(out).toMatch(/^CBA .* HOLD {8}– {4}– {11}–$/m);
    expect(out).toMatch(/^XRO .* – {11}– {4}– {11}–$/m);
    const { out: json } = await trader.asxos('holdings --json');
    const rows = JSON.parse(json).data.holdings;
    expect(rows.find((row: { code: string }) => row.code === 'BHP')).toMatchObject({
      signalA: 'STRONG_BUY',
      signalB: 'BUY',
      signal: 'STRONG_BUY',
      grade: 'A',
      signalAsOf: '2026-03-02',
      signalStale: false,
    });
    const { out: csv } = await trader.asxos('holdings --csv');
    expect(csv).toContain('signalA,signalB,signal,grade');
  });

  test('name the day of a signal that is more than five sessions old, and know it of a past day', async () => {
    saidOn('2026-02-20', { BHP: strong });
    expect((await trader.asxos('holdings')).out).toContain('STRONG BUY, 20 Feb');
    expect((await trader.asxos('holdings --as-of 2026-02-27')).out).toMatch(/STRONG BUY {2}A$/m);
    expect((await trader.asxos('holdings --as-of 2026-02-19')).out).not.toContain('STRONG BUY');
  });

  test('a narrow terminal drops them before the figures', async () => {
    saidOn('2026-03-02', { BHP: strong });
    expect((await trader.asxos('holdings', { columns: 60 })).out).not.toContain('STRONG');
  });
});

test('the watchlist shows them too', async () => {
  saidOn('2026-03-02', { BHP: strong });
  expect((await trader.asxos('watch list')).out).toMatch(/^BHP .* STRONG BUY {2}BUY {2}STRONG BUY {2}A/m);
  const { out } = await trader.asxos('watch list --json');
  expect(JSON.parse(out).data.watchlist).toMatchObject([
    { code: 'BHP', signal: 'STRONG_BUY', signalStale: false },
    { code: 'CSL', signal: null, signalStale: null },
  ]);
});
