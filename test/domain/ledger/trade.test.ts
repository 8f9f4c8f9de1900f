import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import type { Trade } from '../../../src/domain/ledger/entry.ts';
import { brokerageShares, totalDifference, tradeTotal } from '../../../src/domain/ledger/trade.ts';
import { entriesOf, ledgerOf, parcelsText } from '../../support/ledger.ts';

const trade = (line: string): Trade => entriesOf([line])[0] as Trade;
const difference = (line: string): string | undefined => {
  const found = totalDifference(trade(line));
  return found && plain(found);
};

describe('the dollars of a trade', () => {
  it.each([
    ['buy 15 VGS @ 66.74 fee 19.95 on 2017-12-22', '1021.05'],
    ['sell 2335 AUZ @ 0.015 fee 4.99 on 2026-03-23', '30.04'],
    ['buy 3 ABC @ 0.3335 on 2025-01-02', '1'],
    ['sell 1 ABC @ 1 fee 9.95 on 2025-01-02', '-8.95'],
    ['buy 1 ABC @ 1 fee 9.95 total 11 on 2025-01-02', '11'],
  ])('%s is %s', (line, total) => expect(plain(tradeTotal(trade(line)))).toBe(total));

  it('a half cent rounds away from zero', () => {
    expect(plain(tradeTotal(trade('buy 1 ABC @ 0.005 on 2025-01-02')))).toBe('0.01');
    expect(plain(tradeTotal(trade('sell 1 ABC @ 0.005 fee 0.01 on 2025-01-02')))).toBe('-0.01');
  });

  it('keeps how far the contract note is from its own figures', () => {
    expect(difference('buy 187 LYC @ 2.68 fee 10 total 515.16 on 2019-08-16')).toBe('4');
    expect(difference('buy 187 LYC @ 2.68 fee 10 total 511.16 on 2019-08-16')).toBe('0');
    expect(difference('buy 187 LYC @ 2.68 fee 10 on 2019-08-16')).toBeUndefined();
  });
});

describe('transfers', () => {
  it('bring their own date and cost, and no cash moves', () => {
    const ledger = ledgerOf([
      'transfer-in 100 BHP cost 2500 acquired 2010-05-03 on 2025-01-02',
      'opening 5 CBA on 2025-01-02',
    ]);
    expect(parcelsText(ledger)).toEqual(['BHP 100 2500 2010-05-03', 'CBA 5 ? 2025-01-02']);
    expect([plain(ledger.cash), ledger.cashCloses[0]?.closes]).toEqual(['0', []]);
    expect(ledger.warnings.map(warning => warning.message)).toEqual(['CBA: 5 units of 2025-01-02 have no known cost']);
  });

  it('out is no disposal, and refuses more than is held', () => {
    const ledger = ledgerOf([
      'buy 10 BHP @ 40 on 2025-01-02',
      'transfer-out 4 BHP on 2025-02-03',
      'transfer-out 7 BHP on 2025-02-04',
    ]);
    expect(ledger.disposals).toEqual([]);
    expect(parcelsText(ledger)).toEqual(['BHP 6 240 2025-01-02']);
    expect(ledger.problems.map(problem => problem.message)).toEqual(['BHP: transfer out 7, held 6 on 2025-02-04']);
  });

  it('a sale of an unknown cost has proceeds and no gain', () => {
    const ledger = ledgerOf(['opening 5 CBA on 2025-01-02', 'sell 2 CBA @ 100 on 2025-02-03']);
    const [part] = ledger.disposals[0]?.parcels ?? [];
    expect([part?.cost, part?.gain, part && plain(part.proceeds)]).toEqual([undefined, undefined, '200']);
  });

  it('one sale over a known and an unknown parcel knows the gain of the known part alone', () => {
    const ledger = ledgerOf([
      'opening 5 CBA on 2024-01-02',
      'buy 5 CBA @ 90 on 2024-02-02',
      'sell 10 CBA @ 100 fee 10 on 2025-02-03',
    ]);
    const parts = ledger.disposals[0]?.parcels.map(part => [plain(part.proceeds), part.gain && plain(part.gain)]);
    expect(parts).toEqual([
      ['495', undefined],
      ['495', '45'],
    ]);
  });
});

it('shares a stated brokerage over the parcels of a sale, and knows none where none is stated', () => {
  const buys = ['buy 10 ABC @ 1 on 2024-01-02', 'buy 20 ABC @ 1 on 2024-02-02'];
  const shares = (sale: string): string[] | undefined => {
    const [disposal] = ledgerOf([...buys, sale]).disposals;
    return disposal && brokerageShares(disposal)?.map(plain);
  };
  expect(shares('sell 30 ABC @ 2 fee 10 on 2024-03-01')).toEqual(['3.33', '6.67']);
  expect(shares('sell 30 ABC @ 2 on 2024-03-01')).toBeUndefined();
});
