/** What the README promises a stranger: a broker's file in, prices fetched, correct holdings out. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTrader, type Trader } from '../support/cli.ts';
import { hasRecordings, recordedNow } from '../support/eodhd-server.ts';

const file = resolve(import.meta.dirname, '../../../shared/data/brokers/commsec-confirmations.csv');
const missing = !existsSync(file) || !hasRecordings;
const name = 'a real confirmations file and recorded prices';

type Row = { code: string; units: string; costBase: string | null; price: string | null; value: string | null };
async function holdings(trader: Trader, options = ''): Promise<Map<string, Row>> {
  const { out } = await trader.asxos(`holdings --json ${options}`);
  const rows: Row[] = JSON.parse(out).data.holdings;
  return new Map(rows.map(row => [row.code, row]));
}

describe('from a broker’s file to holdings', () => {
  // The file has trades of 2025 and 2026, which are still to come for who stands at the day of the recorded prices.
  test.skipIf(missing).each([
    ['imported today, priced by the recordings', Date.UTC(2026, 10, 22)],
    ['everything at the time of the recordings', recordedNow],
  ])(missing ? `${name} (not beside this checkout)` : '%s', async (_when, today) => {
    const trader = await openTrader({ now: today, recordings: true });
    const imported = await trader.asxos(['import', file]);
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.out).toContain('Added 8 entries to Main');
    expect(imported.err).toContain('Created the portfolio "Main"');
    expect((await trader.asxos(['import', file])).out).toContain('Added 0 entries to Main; 8 rows there already');

    trader.clock.now = recordedNow;
    const refreshed = await trader.asxos('refresh --json');
    expect(JSON.parse(refreshed.out).data.updated).toEqual(expect.arrayContaining(['LYC', 'VGS']));

    trader.clock.now = today;
    const rows = await holdings(trader);
    expect([...rows.keys()].sort()).toEqual(['AUZ', 'LYC', 'VGS']);
    expect(rows.get('VGS')).toMatchObject({ units: '30', costBase: '1978' });
    expect(rows.get('LYC')).toMatchObject({ units: '187', costBase: '511.16' });
    expect(rows.get('AUZ')).toMatchObject({ units: '21011' });
    for (const code of ['VGS', 'LYC']) {
      const row = rows.get(code);
      expect(Number(row?.value)).toBeCloseTo(Number(row?.units) * Number(row?.price), 2);
    }

    // 23,346 units become 2,335 (the registry rounds up), and the sale of 2026 was of just those.
    expect((await trader.asxos('add "consolidation AUZ 1:10 on 2024-11-01"')).code).toBe(0);
    const after = await holdings(trader);
    expect([...after.keys()].sort()).toEqual(['LYC', 'VGS']);
    expect(after.get('VGS')).toMatchObject({ units: '30', costBase: '1978', price: rows.get('VGS')?.price });
  });
});
