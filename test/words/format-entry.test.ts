import { expect, it, test } from 'vitest';
import { parseLocalDate } from '../../src/domain/date.ts';
import { money } from '../../src/domain/decimal.ts';
import { parseEntryLine } from '../../src/domain/ledger/entry-line.ts';
import { describeEntry } from '../../src/words/format-entry.ts';

const today = parseLocalDate('2026-03-02');

test.each([
  ['buy 100 BHP @ 43.21 fee 9.95', 'Buy 100 BHP @ 43.21, brokerage 9.95, on 2 Mar 2026'],
  ['buy 1000 PEN @ 0.5', 'Buy 1,000 PEN @ 0.50, on 2 Mar 2026'],
  [
    'sell 1050 VAS @ 98.7654321 total 103693.75 method lifo',
    'Sell 1,050 VAS @ 98.7654321, total 103,693.75, parcels by lifo, on 2 Mar 2026',
  ],
  [
    'sell 150 BHP @ 50 parcel 2024-02-02:100,0190ab:50',
    'Sell 150 BHP @ 50.00, from 2024-02-02 100 and 0190ab 50, on 2 Mar 2026',
  ],
  [
    'dividend BHP 156.51 franked 100 credit 67.08 withheld 5 lic 20 ex 1/2/2026',
    'Dividend BHP 156.51, 100% franked, franking credit 67.08, withheld 5.00, LIC capital gain 20.00, ex 1 Feb 2026, on 2 Mar 2026',
  ],
  [
    'distribution VAS @ 0.85 declared 120.5 USD at 0.65 fy 2025',
    'Distribution VAS 0.85 a unit, declared 120.5 USD at 0.65, for FY2024–25, on 2 Mar 2026',
  ],
  [
    'drp TLS 12 @ 12.345 dividend 156.51 residual 11.57',
    'Dividend reinvested in 12 TLS @ 12.345, dividend 156.51, residual 11.57, on 2 Mar 2026',
  ],
  ['split BHP 2:1', 'Split BHP 2:1, on 2 Mar 2026'],
  ['consolidation XYZ 1:10 units 1240', 'Consolidation XYZ 1:10, to 1,240 units, on 2 Mar 2026'],
  ['bonus BHP 25', 'Bonus issue 25 BHP, on 2 Mar 2026'],
  [
    'return-of-capital BHP 0.35 record 2026-02-20',
    'Return of capital BHP 0.35 a unit, record date 20 Feb 2026, on 2 Mar 2026',
  ],
  [
    'demerger BHP into WDS 18 cost 16.8% on 2022-06-01',
    'Demerger of BHP: 18 WDS with 16.8% of the cost base, on 1 Jun 2022',
  ],
  [
    'rollover SYD into SYA 1:2 cash 500 worth 4500',
    'Rollover of SYD into SYA 1:2, cash 500.00, scrip worth 4,500.00, on 2 Mar 2026',
  ],
  [
    'statement VAS fy 2025 franked 212.40, tax-deferred 5 note late',
    'Tax statement VAS for FY2024–25: franked 212.40, tax-deferred 5.00 – late',
  ],
  ['amit VAS +12.34 fy 2025', 'AMIT cost base adjustment VAS +12.34 for FY2024–25'],
  ['rename FXJ to NEC', 'Rename FXJ to NEC, on 2 Mar 2026'],
  [
    'transfer-in 100 BHP cost 1234.5 acquired 14/9/2009',
    'Transfer in 100 BHP, cost 1,234.50, acquired 14 Sep 2009, on 2 Mar 2026',
  ],
  ['opening 100 BHP', 'Opening balance 100 BHP, cost unknown, on 2 Mar 2026'],
  ['transfer-out 40 BHP method lifo', 'Transfer out 40 BHP, parcels by lifo, on 2 Mar 2026'],
  ['deposit 10000', 'Deposit 10,000.00, on 2 Mar 2026'],
  ['withdraw 1.5', 'Withdraw 1.50, on 2 Mar 2026'],
  ['interest 3.21', 'Interest 3.21, on 2 Mar 2026'],
  ['fee 20 note bank charge', 'Fee 20.00, on 2 Mar 2026 – bank charge'],
])('%s', (line, words) => {
  expect(describeEntry(parseEntryLine(line, { today }))).toBe(words);
});

it('draws no control character of a note that came from a file', () => {
  const words = describeEntry({ kind: 'fee', amount: money('20'), on: today, note: 'a\u001b[2Jb\nc' });
  expect(words).toBe('Fee 20.00, on 2 Mar 2026 – a[2Jb c');
});
