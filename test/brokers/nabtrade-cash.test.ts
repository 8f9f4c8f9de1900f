import { expect, test } from 'vitest';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

const cash = (...lines: string[]) => read(['Date,Type,Description,Debit,Credit,Balance', ...lines].join('\n'));
const trading = (...lines: string[]) => read(['Date,Description,Debit,Credit,Balance', ...lines].join('\n'));

test('the cash account has settlement dates, and says so', () => {
  const result = cash('2026-09-03,Debit,BUY IVV.ASX 12 AUD 71.43 188373640 NT0000000-002,867.11,,0');
  expect(result).toMatchObject({ format: 'nabtrade-cash', verified: false });
  expect(briefs(result)).toEqual(['buy 2026-09-03 IVV 12 @ 71.43 fee 9.95 total 867.11']);
  expect(result.rows[0]?.sourceKey).toBe('nabtrade:188373640');
  expect(result.warnings).toEqual([expect.stringContaining('settlement dates')]);
});

test('dividends by a code, by registry text, and without one', () => {
  const result = cash(
    '2026-10-20,Credit,DIVIDEND on BHP.ASX (WHT of AUD -3.61),,29.12,0',
    '2026-10-19,Credit,FUNDS TRANSFER DIVIDEND - IVV PAYMENT OCT26/00812345,,12.10,0',
    '2026-10-18,Credit,FUNDS TRANSFER DIVIDEND - WESFARMERS LTD AUF26/0081,,55.00,0',
    '2026-10-17,Credit,DIVIDEND on AVGO.US (WHT of USD -3.61) - USD to AUD @ 1.4247,,29.12,0',
    '2026-10-16,Interest,INTEREST,,1.00,0',
    '2026-10-15,InterestChange,RATE NOW 4.1%,,,0',
    '2026-10-14,Credit,nabtrade: 123 FUNDS TRANSFER 083001 1234 deposit,,1000,0',
  );
  expect(briefs(result)).toEqual([
    'dividend 2026-10-20 BHP amount 32.73 withheld 3.61',
    'dividend 2026-10-19 IVV amount 12.1',
  ]);
  expect(rejects(result)).toEqual(['5: not an ASX security: AVGO.US (USD)']);
  expect(skips(result).map(skip => skip.slice(0, 30))).toEqual([
    '4: no code in "FUNDS TRANSFER ',
    '6: Interest: cash, not a trade',
    '7: InterestChange: cash, not a',
    '8: not a trade: "nabtrade: 123',
  ]);
  expect(result.warnings).toEqual([expect.stringContaining('registry text')]);
});

test('trading cash: pairs in any order, halves alone, dividends counted once', () => {
  const buy = 'BUY IVV.ASX 12 AUD 71.43 188373640 NT0000000-002';
  const sell = 'SELL WTC.ASX 30 AUD 115.56 164863911 NT0000000-002';
  const result = trading(
    `2026-09-01,"${buy}",867.11,,0`,
    `2026-09-03,"${buy}",,867.11,0`,
    `2025-08-13,"${sell}","3,451.91",,0`,
    '2025-08-12,DIVIDEND on BHP.AX,10.00,,0',
    '2025-08-11,DIVIDEND on BHP.AX,,10.00,0',
  );
  expect(briefs(result)).toEqual([
    'buy 2026-09-01 IVV 12 @ 71.43 fee 9.95 total 867.11',
    'sell 2025-08-13 WTC 30 @ 115.56 fee 14.89 total 3451.91',
    'dividend 2025-08-11 BHP amount 10',
  ]);
  expect(result.rejected).toEqual([]);
  expect(result.skipped.map(({ line }) => line)).toEqual([3, 5]);
  expect(result.warnings).toEqual([expect.stringMatching(/^line 4: only the settlement/)]);
});

test('one confirmation filled at two prices is two trades', () => {
  const result = trading(
    '2026-09-01,BUY IVV.ASX 12 AUD 71.43 9 NT0,867.11,,0',
    '2026-09-01,BUY IVV.ASX 5 AUD 71.50 9 NT0,357.50,,0',
    '2026-09-03,BUY IVV.ASX 12 AUD 71.43 9 NT0,,867.11,0',
    '2026-09-03,BUY IVV.ASX 5 AUD 71.50 9 NT0,,357.50,0',
  );
  expect(result.rows.map(row => row.sourceKey).sort()).toEqual(['nabtrade:9', 'nabtrade:9#2']);
});

test('rows that cannot be read are rejects', () => {
  const result = cash(
    '2026-09-03,Debit,BUY IVV.ASX twelve AUD 71.43 1 NT0,867.11,,0',
    '2026-09-03,Credit,BUY IVV.ASX 12 AUD 71.43 1 NT0,,867.11,0',
    '03/13/2026,Debit,BUY IVV.ASX 12 AUD 71.43 2 NT0,867.11,,0',
    '2032-09-03,Credit,DIVIDEND on BHP.AX,,1,0',
  );
  expect(briefs(result)).toEqual([]);
  expect(rejects(result)).toEqual([
    '2: "BUY IVV.ASX twelve AUD 71.43 1 NT0" is not a trade like "BUY IVV.ASX 12 AUD 71.43 188373640"',
    '3: money on the wrong side of "BUY IVV.ASX 12 AUD 71.43 1 NT0": a reversal',
    '4: "03/13/2026" is not a date (day/month/year or YYYY-MM-DD)',
    '5: 2032-09-03 is more than five years ahead',
  ]);
});
