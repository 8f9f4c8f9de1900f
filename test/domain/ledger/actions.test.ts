import { describe, expect, it } from 'vitest';
import { plain, units } from '../../../src/domain/decimal.ts';
import { reconstructedUnits, reconstructionFactor } from '../../../src/domain/ledger/actions.ts';
import type { Reconstruction } from '../../../src/domain/ledger/entry.ts';
import { entriesOf, ledgerOf, parcelsText } from '../../support/ledger.ts';

const action = (line: string): Reconstruction => entriesOf([line])[0] as Reconstruction;
const messages = (list: readonly { message: string }[]): string[] => list.map(each => each.message);

describe('splits and consolidations', () => {
  it.each([
    ['1234', 'consolidation ABC 1:10 on 2025-01-02', '124'],
    ['1230', 'consolidation ABC 1:10 on 2025-01-02', '123'],
    ['23346', 'consolidation AUZ 1:10 on 2024-11-01', '2335'],
    ['100', 'split ABC 3:2 on 2025-01-02', '150'],
    ['101', 'split ABC 3:2 on 2025-01-02', '152'],
    ['10', 'consolidation ABC 1:3 on 2025-01-02', '4'],
    ['9', 'consolidation ABC 1:3 on 2025-01-02', '3'],
    ['1234', 'consolidation ABC 1:10 units 123 on 2025-01-02', '123'],
  ])('%s units by %s are %s', (held, line, after) => {
    expect(plain(reconstructedUnits(units(held), action(line)))).toBe(after);
  });

  it('1,234 units that cost 567.89 are 124 that cost 567.89, of the same day', () => {
    const ledger = ledgerOf(['buy 1234 ABC @ 0.46 total 567.89 on 2024-02-01', 'consolidation ABC 1:10 on 2025-01-02']);
    expect(parcelsText(ledger)).toEqual(['ABC 124 567.89 2024-02-01']);
  });

  it('the sale of all that a consolidation left leaves none', () => {
    const ledger = ledgerOf([
      'buy 16680 AUZ @ 0.06 fee 10 on 2017-10-19',
      'buy 6666 AUZ @ 0.15 fee 10 on 2017-11-07',
      'consolidation AUZ 1:10 on 2024-11-01',
      'sell 2335 AUZ @ 0.015 fee 4.99 on 2026-03-23',
    ]);
    expect([parcelsText(ledger), ledger.problems]).toEqual([[], []]);
    const sold = ledger.disposals[0]?.parcels.map(part => part.cost && plain(part.cost));
    expect(sold).toEqual(['1010.8', '1009.9']);
  });

  it('of a code that is not held say so and change nothing', () => {
    const ledger = ledgerOf(['split ABC 2:1 on 2025-01-02']);
    expect(messages(ledger.warnings)).toEqual(['ABC: none held on 2025-01-02, so the split has no effect']);
    expect([ledger.parcels, ledger.problems]).toEqual([[], []]);
  });

  it('the factor is new units for one old unit', () => {
    expect(plain(reconstructionFactor(action('consolidation ABC 1:10 on 2025-01-02')))).toBe('0.1');
    expect(plain(reconstructionFactor(action('split ABC 3:2 on 2025-01-02')))).toBe('1.5');
  });
});

describe('bonus issues', () => {
  it('spread over the parcels and cost nothing', () => {
    const lines = ['buy 100 ABC @ 1 on 2024-01-02', 'buy 50 ABC @ 2 on 2024-02-01', 'bonus ABC 15 on 2025-01-02'];
    expect(parcelsText(ledgerOf(lines))).toEqual(['ABC 110 100 2024-01-02', 'ABC 55 100 2024-02-01']);
  });

  it('on nothing held are a problem', () => {
    expect(messages(ledgerOf(['bonus ABC 15 on 2025-01-02']).problems)).toEqual([
      'ABC: bonus of 15, held 0 on 2025-01-02',
    ]);
  });
});

describe('returns of capital', () => {
  it('lower the cost of each parcel, never below zero, and the excess is a gain of that day', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 0.3 on 2024-01-02',
      'buy 100 ABC @ 5 on 2024-06-03',
      'return-of-capital ABC 0.5 on 2025-01-06',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 100 0 2024-01-02', 'ABC 100 450 2024-06-03']);
    expect(ledger.excessGains.map(gain => [gain.acquiredOn, plain(gain.amount)])).toEqual([['2024-01-02', '20']]);
    // 30 + 500 paid, 100 returned.
    expect(plain(ledger.cash)).toBe('-430');
  });

  it('count what is held at the payment where no record date is given', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 1 on 2024-01-02',
      'buy 100 ABC @ 1 on 2025-01-03',
      'return-of-capital ABC 0.1 on 2025-01-06',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 100 90 2024-01-02', 'ABC 100 90 2025-01-03']);
  });

  it('leave an unknown cost unknown, and say so', () => {
    const ledger = ledgerOf(['opening 100 ABC on 2024-01-02', 'return-of-capital ABC 0.1 on 2025-01-06']);
    expect(parcelsText(ledger)).toEqual(['ABC 100 ? 2024-01-02']);
    expect(messages(ledger.warnings)).toContain(
      'ABC: a parcel of unknown cost stays unknown after the return of capital',
    );
  });
});

describe('renames', () => {
  it('keep parcels, dates and entitlement under the new code', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 1 on 2024-01-02',
      'rename ABC to NEW on 2025-03-03',
      'dividend NEW @ 0.10 ex 2025-02-03 on 2025-03-10',
    ]);
    expect(parcelsText(ledger)).toEqual(['NEW 100 100 2024-01-02']);
    expect(ledger.income.map(each => plain(each.amount))).toEqual(['10']);
  });

  it('a sale under the old code names the new one', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 1 on 2024-01-02',
      'rename ABC to NEW on 2025-03-03',
      'sell 100 ABC @ 2 on 2025-03-04',
    ]);
    expect(messages(ledger.problems)).toEqual(['ABC: sell 100, held 0 on 2025-03-04 (renamed to NEW on 2025-03-03)']);
  });
});
