import { expect, test } from 'vitest';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

const ledger = (...lines: string[]) =>
  read(['Date,Reference,Details,Debit($),Credit($),Balance($)', ...lines].join('\n'));

test('trades, averaged brokerage, and rows that are no trade', () => {
  const result = ledger(
    '29/08/2024,C154772543,B 23 NDQ @ 41.950000  ,966.85,,966.85',
    '28/08/2024,C154772544,S 100 BHP @ 43.219900  ,,4321.99,0',
    '27/08/2024,R1,Direct Transfer 1234 Drawer SMITH J,,966.85,0',
    '26/08/2024,J2,Rej D/Tsfer B/S 18/07/2024 DE REFER TO CUST,5.00,,0',
  );
  expect(briefs(result)).toEqual([
    'buy 2024-08-29 NDQ 23 @ 41.95 fee 2 total 966.85',
    'sell 2024-08-28 BHP 100 @ 43.2199 total 4321.99',
  ]);
  expect(skips(result)).toEqual([
    '4: not a trade: "Direct Transfer 1234 Drawer SMITH J"',
    '5: not a trade: "Rej D/Tsfer B/S 18/07/2024 DE REFER TO…"',
  ]);
});

test('contracts that cannot be read, and reversals', () => {
  const result = ledger(
    '29/08/2024,C1,B twenty NDQ @ 41.95,966.85,,',
    '29/08/2024,C2,B 23 NDQ @ 41.95,,966.85,',
    '29/08/2024,C3,S 23 NDQ @ 41.95,966.85,,',
    '29/08/2024,C4,B 0 NDQ @ 41.95,966.85,,',
  );
  expect(rejects(result)).toEqual([
    '2: "B twenty NDQ @ 41.95" is not a contract like "B 23 NDQ @ 41.95"',
    '3: a buy with a credit: a reversal; remove the trade it reverses',
    '4: a sale with a debit: a reversal; remove the trade it reverses',
    '5: units are 0',
  ]);
});

test('the older layout', () => {
  const result = read(
    'Date,Reference,Type,Detail,Debit ($),Credit ($),Balance ($)\n29/08/2014,C15,Contract,B 23 NDQ @ 41.95,966.85,,0\n',
  );
  expect(result).toMatchObject({ format: 'commsec-transactions-older', verified: false });
  expect(result.rows[0]?.sourceKey).toBe('commsec:15');
});
