import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import type { Ledger } from '../../../src/domain/ledger/ledger.ts';
import { ledgerOf, parcelsText } from '../../support/ledger.ts';

const buys = ['buy 100 ABC @ 10 on 2020-01-02', 'buy 100 ABC @ 30 on 2023-01-03'];
const sales = (ledger: Ledger): (string | undefined)[][] =>
  ledger.disposals.flatMap(sale =>
    sale.parcels.map(part => [
      part.acquiredOn,
      plain(part.units),
      part.cost && plain(part.cost),
      plain(part.proceeds),
      part.gain && plain(part.gain),
    ]),
  );

describe('a scrip-for-scrip rollover', () => {
  it('carries dates and cost bases into the new code, and says what it could not check', () => {
    const ledger = ledgerOf([...buys, 'rollover ABC into XYZ 1:4 on 2024-03-01']);
    expect(parcelsText(ledger)).toEqual(['XYZ 25 1000 2020-01-02', 'XYZ 25 3000 2023-01-03']);
    expect(ledger.disposals).toEqual([]);
    expect(ledger.warnings[0]?.message).toContain('the value of the scrip is not stated (worth AMOUNT)');
  });

  it('sells the share of the cost base that cash takes', () => {
    const lines = [buys[0]!, 'rollover ABC into XYZ 1:2 cash 500 worth 1500 on 2024-03-01', 'deposit 1 on 2024-03-02'];
    const ledger = ledgerOf(lines);
    // 500 of 2,000: a quarter of 1,000.
    expect(sales(ledger)).toEqual([['2020-01-02', '25', '250', '500', '250']]);
    expect(parcelsText(ledger)).toEqual(['XYZ 50 750 2020-01-02']);
    expect(plain(ledger.cash)).toBe('-499');
  });

  it('is only for parcels with a gain: the others are sold and bought again at the value of the scrip', () => {
    // 200 units bring 4,000 of scrip, 20 each: the parcel of 30 loses.
    const ledger = ledgerOf([...buys, 'rollover ABC into XYZ 1:4 worth 4000 on 2024-03-01']);
    expect(sales(ledger)).toEqual([['2023-01-03', '100', '3000', '2000', '-1000']]);
    expect(parcelsText(ledger)).toEqual(['XYZ 25 1000 2020-01-02', 'XYZ 25 2000 2024-03-01']);
    expect(ledger.warnings).toEqual([]);
  });

  it('takes the registry units where they are stated, and has no effect where nothing is held', () => {
    const [parcel] = parcelsText(
      ledgerOf(['buy 9 ABC @ 1 on 2020-01-02', 'rollover ABC into XYZ 1:2 units 4 on 2024-03-01']),
    );
    expect(parcel).toBe('XYZ 4 9 2020-01-02');
    const none = ledgerOf(['rollover ABC into XYZ 1:2 on 2024-03-01']);
    expect(none.warnings.map(each => each.message)).toEqual([
      'ABC: none held on 2024-03-01, so the rollover has no effect',
    ]);
  });

  it("has the year's AMIT amount on its cost: the units left with it", () => {
    const ledger = ledgerOf([buys[0]!, 'rollover ABC into XYZ 1:2 on 2024-03-01', 'amit ABC -10 fy 2024']);
    expect(parcelsText(ledger)).toEqual(['XYZ 50 990 2020-01-02']);
  });
});
