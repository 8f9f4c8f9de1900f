import { expect, it } from 'vitest';
import { plain, price } from '../../../src/domain/decimal.ts';
import { valueHoldings } from '../../../src/domain/ledger/holding.ts';
import { holdingsChange, totalsChange } from '../../../src/domain/ledger/holdings-change.ts';
import type { KnownPrice } from '../../../src/domain/market/known-price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { ledgerOf, on } from '../../support/ledger.ts';

const valued = (lines: readonly string[], prices: Record<string, string>) =>
  valueHoldings(ledgerOf(lines).parcels, {
    prices: new Map(
      Object.entries(prices).map(([code, text]): [ReturnType<typeof parseCode>, KnownPrice] => {
        const day = on('2026-03-02');
        const stamp = { kind: 'close', on: day } as const;
        const none = { previousClose: undefined, stale: false, reason: undefined };
        return [parseCode(code), { price: price(text), stamp, source: 'close', on: day, ...none }];
      }),
    ),
    names: new Map(),
    cash: undefined,
  });

it('is by code what was, what is and the difference; unknown where one of them is', () => {
  const was = valued(['buy 10 ABC @ 5 on 2026-01-05', 'buy 3 XYZ @ 1 on 2026-01-05'], { ABC: '6' });
  const is = valued(['buy 12 ABC @ 5 on 2026-01-05', 'buy 1 NEW @ 2 on 2026-02-02'], { ABC: '7', NEW: '3' });
  const rows = holdingsChange(was.holdings, is.holdings).map(({ code, change: { units, value, gain } }) => [
    code,
    ...[units, value, gain].map(each => each && plain(each)),
  ]);
  expect(rows).toEqual([
    ['ABC', '2', '24', '14'],
    ['NEW', '1', '3', '1'],
    ['XYZ', '-3', undefined, undefined],
  ]);
  const totals = totalsChange(was.totals, is.totals);
  expect([totals.value && plain(totals.value), totals.gain && plain(totals.gain)]).toEqual(['27', '15']);
});
