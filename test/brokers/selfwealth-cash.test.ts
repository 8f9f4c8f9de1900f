import { expect, test } from 'vitest';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

const report = (...lines: string[]) =>
  read(
    ['TransactionDate,Comment,Credit,Debit,Balance * Please note, this is not a bank statement.', ...lines].join('\n'),
  );

test('an order and its brokerage are one trade', () => {
  const result = report(
    ',Opening Balance,,,0',
    '2022-01-20 00:00:00,Order 19: Buy 17 LIT @ $84.90,,1443.30,1',
    '2022-01-20 00:00:00,Order 19: Brokerage BUY LIT,,9.50,1',
    '2022-01-21 00:00:00,Order 20: Sell 10 VAS @ $90.00,900.00,,1',
    '2022-01-21 00:00:00,Order 20: Brokerage SELL VAS,,9.50,1',
    '2022-02-01 00:00:00,7 MSFT CASHDIV @ USD 0.91 (WITH HOLDING TAX),6.37,,1',
    '2022-02-01 00:00:00,7 VAS CASHDIV @ AUD 0.91,6.37,,1',
    '2022-02-02 00:00:00,Order 21: Brokerage BUY BHP,,9.50,1',
    '2022-02-03 00:00:00,Deposit,1000,,1',
  );
  expect(result.format).toBe('selfwealth-cash');
  expect(briefs(result)).toEqual([
    'buy 2022-01-20 LIT 17 @ 84.9 fee 9.5 total 1452.8',
    'sell 2022-01-21 VAS 10 @ 90 fee 9.5 total 890.5',
    'dividend 2022-02-01 VAS amount 6.37',
  ]);
  expect(result.rows[0]?.sourceKey).toBe('selfwealth-order:19');
  expect(rejects(result)).toEqual([
    '7: not an ASX security: MSFT (USD)',
    '9: brokerage of order 21, which is not in the file',
  ]);
  expect(skips(result)).toEqual([
    '2: not a trade: "Opening Balance"',
    '4: the brokerage of order 19',
    '6: the brokerage of order 20',
    '10: not a trade: "Deposit"',
  ]);
  expect(result.warnings).toEqual([expect.stringContaining('names no market')]);
});

test('an order filled in parts has its brokerage on the largest part', () => {
  const result = report(
    '2022-01-20,Order 19: Buy 1 LIT @ $85,,85,1',
    '2022-01-20,Order 19: Buy 16 LIT @ $85,,1360,1',
    '2022-01-20,Order 19: Brokerage BUY LIT,,9.50,1',
  );
  expect(briefs(result)).toEqual([
    'buy 2022-01-20 LIT 1 @ 85 total 85',
    'buy 2022-01-20 LIT 16 @ 85 fee 9.5 total 1369.5',
  ]);
});
