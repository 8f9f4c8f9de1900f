import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

const folder = '../shared/data/brokers';
const sample = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');

describe.skipIf(!existsSync(folder))('sample files of brokers (skipped where ../shared/data is absent)', () => {
  test('CommSec confirmations: numbers as keys, totals of the contract notes', () => {
    const result = read(sample('commsec-confirmations.csv'));
    expect(result).toMatchObject({ format: 'commsec-confirmations', verified: true, warnings: [] });
    expect(briefs(result)).toEqual([
      'sell 2026-03-23 AUZ 2335 @ 0.015 fee 4.99 total 30.04',
      'sell 2025-06-30 ARL 980 @ 0.4 fee 4.99 total 387.01',
      'buy 2019-08-16 LYC 187 @ 2.68 fee 10 total 511.16',
      'buy 2017-12-22 VGS 15 @ 66.74 fee 19.95 total 1021.05',
      'buy 2017-11-07 AUZ 6666 @ 0.15 fee 10 total 1009.9',
      'buy 2017-10-19 AUZ 16680 @ 0.06 fee 10 total 1010.8',
      'buy 2017-10-18 ARL 980 @ 1.02 fee 10 total 1009.6',
      'buy 2017-10-18 VGS 15 @ 63.13 fee 10 total 956.95',
    ]);
    expect(result.rows.map(row => row.line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(result.rows[1]?.sourceKey).toBe('commsec:163328781');
    expect([...result.rejected, ...result.skipped]).toEqual([]);
  });

  test('CommSec transactions: brokerage is what the cash differs by', () => {
    const result = read(sample('commsec-transactions-rows-other.csv'));
    expect(result).toMatchObject({ format: 'commsec-transactions', verified: true, warnings: [], rejected: [] });
    expect(briefs(result)).toEqual([
      'buy 2025-10-27 AXI 625000 @ 0.04 fee 29.95 total 25029.95',
      'sell 2025-10-20 ARU 44943 @ 0.455 fee 29.95 total 20419.12',
    ]);
    expect(result.rows.map(row => row.sourceKey)).toEqual(['commsec:167621111', 'commsec:167446668']);
  });

  test('SelfWealth movements: shares that came in at no price have no cost', () => {
    const result = read(sample('selfwealth-movements.csv'));
    expect(result).toMatchObject({ format: 'selfwealth-movements', verified: true, rejected: [] });
    expect(briefs(result)).toEqual([
      'buy 2022-01-20 MQG 10 @ 196.92 fee 9.5 total 1978.7',
      'sell 2023-01-20 MQG 2 @ 200 fee 9.5 total 390.5',
      'transfer-in 2026-07-16 VGS 1',
    ]);
    expect(result.warnings).toEqual([
      expect.stringMatching(/^line 4: VGS: 1 unit came in without a price, so the cost is unknown; .*"drp VGS 1 @/),
    ]);
  });

  test('SelfWealth portfolio: found by its shape, cash skipped', () => {
    const result = read(sample('selfwealth-portfolio-no-header.csv'));
    expect(result.format).toBe('selfwealth-portfolio');
    expect(briefs(result)).toEqual(['opening 2026-11-22 A200 73 acquired 2026-11-22']);
    expect(skips(result)).toEqual(['2: cash, not a security']);
    expect(result.warnings[0]).toContain('no cost is known for A200');
  });

  test('nabtrade trading cash: two rows are one trade, on the earlier date; foreign rows are rejects', () => {
    const result = read(sample('nabtrade-trading-cash-dual-entry.csv'));
    expect(result.format).toBe('nabtrade-trading-cash');
    expect(briefs(result)).toEqual([
      'buy 2026-09-01 IVV 12 @ 71.43 fee 9.95 total 867.11',
      'sell 2025-08-11 WTC 30 @ 115.56 fee 14.89 total 3451.91',
    ]);
    expect(rejects(result)).toEqual([
      '2: not an ASX security: AVGO.US (USD)',
      '3: not an ASX security: AVGO.US (USD)',
      '4: not an ASX security: AMD.NAS (USD)',
      '5: not an ASX security: AMD.NAS (USD)',
      '10: not an ASX security: TSM.NYS (USD)',
      '11: not an ASX security: TSM.NYS (USD)',
    ]);
    expect(skips(result)).toEqual([
      '6: the other half of the trade of line 7',
      '8: the other half of the trade of line 9',
    ]);
  });

  test('nabtrade confirmations: a preamble, quoted thousands, .AX and a footer', () => {
    const result = read(sample('nabtrade-confirmations-project-test.csv'));
    expect(briefs(result)).toEqual([
      'buy 2024-03-12 MQG 20 @ 182.4 fee 14.95 total 3662.95',
      'sell 2024-03-15 BHP 100 @ 44.5 fee 14.95 total 4435.05',
    ]);
    expect(result.rows.map(row => row.line)).toEqual([3, 4]);
    expect(skips(result)).toEqual([
      '1: above the header: "Account: 00000000"',
      '5: text, not a row: "nabtrade is a service provided by Wealt…"',
    ]);
  });

  test('IBKR Flex trades: an ISIN outside the symbol list, and a foreign one inside it', () => {
    const text = sample('ibkr-flex-trades.csv');
    expect(rejects(read(text))).toEqual(['2: ISIN US9220427424 is not in the symbol list']);
    expect(rejects(read(text.replace('US9220427424', 'AU000000BHP4')))).toEqual(['2: not an ASX security: BHP (USD)']);
  });
});
