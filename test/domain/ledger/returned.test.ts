import { expect, it } from 'vitest';
import { plain, price } from '../../../src/domain/decimal.ts';
import { valueHoldings } from '../../../src/domain/ledger/holding.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { returnedByCode } from '../../../src/domain/ledger/returned.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { entriesOf, on } from '../../support/ledger.ts';

const day = on('2026-03-02');

function returns(lines: readonly string[], code = 'ABC', at = '12') {
  const entries = entriesOf(lines);
  const ledger = foldLedger(entries);
  const known = {
    price: price(at),
    stamp: { kind: 'close', on: day },
    source: 'close',
    on: day,
    previousClose: undefined,
    stale: false,
    reason: undefined,
  } as const;
  const { holdings, totals } = valueHoldings(ledger.parcels, {
    prices: new Map([[parseCode(code), known]]),
    names: new Map(),
    cash: undefined,
    returned: returnedByCode(ledger, entries),
  });
  return [holdings[0], totals].map(row => [
    row?.realisedGain && plain(row.realisedGain),
    row?.income && plain(row.income),
    row?.totalReturn && plain(row.totalReturn),
    row?.totalReturnPct,
  ]);
}

it('total return is the gain of what is held, realised gains and income, of all that was paid', () => {
  const lines = [
    'buy 100 ABC @ 10 on 2025-01-06',
    'dividend ABC 30 withheld 3 on 2025-06-02',
    'sell 40 ABC @ 15 fee 10 on 2025-07-01',
  ];
  // Held 600 -> 720; sold 400 for 590; 30 of income: 120 + 190 + 30 on 1,000.
  const expected = ['190', '30', '340', 34];
  expect(returns(lines)).toEqual([expected, expected]);
});

it('totals count what is no longer held, and what came before a rename is the same security’s', () => {
  const lines = [
    'buy 10 OLD @ 5 on 2025-01-06',
    'dividend OLD 7 on 2025-02-03',
    'rename OLD to ABC on 2025-03-03',
    'buy 10 XYZ @ 1 on 2025-01-06',
    'sell 10 XYZ @ 3 on 2025-01-07',
  ];
  expect(returns(lines)).toEqual([
    ['0', '7', '77', 154],
    ['20', '7', '97', expect.closeTo((97 / 60) * 100, 9)],
  ]);
});

it('a sale of unknown cost leaves the realised gain and the total return unknown, not its income', () => {
  const lines = [
    'opening 10 ABC cost unknown on 2025-01-06',
    'sell 5 ABC @ 9 on 2025-02-03',
    'dividend ABC 1 on 2025-02-03',
  ];
  expect(returns(lines)[0]).toEqual([undefined, '1', undefined, undefined]);
});

it('a return of capital beyond the cost base is a realised gain', () => {
  const lines = ['buy 100 ABC @ 1 on 2025-01-06', 'return-of-capital ABC 1.5 on 2025-02-03'];
  expect(returns(lines)[0]?.slice(0, 3)).toEqual(['50', '0', '1250']);
});
