import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { foldLedger, type Ledger } from '../../../src/domain/ledger/ledger.ts';
import { entriesOf, ledgerOf, on, parcelsText } from '../../support/ledger.ts';

const buy = 'buy 100 VAS @ 10 on 2023-08-01';
const soldCosts = (ledger: Ledger): (string | undefined)[] =>
  ledger.disposals.flatMap(sale => sale.parcels.map(part => part.cost && plain(part.cost)));
const excess = (ledger: Ledger): string[] =>
  ledger.excessGains.map(({ event, on: day, amount, units }) => `${event} ${day} ${plain(amount)} of ${plain(units)}`);
const messages = (ledger: Ledger): string[] => ledger.warnings.map(each => each.message);

describe('an AMIT adjustment', () => {
  it('of units held all year moves their cost base on 30 June', () => {
    const entries = entriesOf([buy, 'amit VAS -10 fy 2024']);
    expect(parcelsText(foldLedger(entries))).toEqual(['VAS 100 990 2023-08-01']);
    expect(parcelsText(foldLedger(entries, { asOf: on('2024-06-29') }))).toEqual(['VAS 100 1000 2023-08-01']);
    expect(parcelsText(ledgerOf([buy, 'amit VAS +10 fy 2024']))).toEqual(['VAS 100 1010 2023-08-01']);
  });

  it('of units of which half were sold in March reaches back to just before that sale', () => {
    const ledger = ledgerOf([buy, 'sell 50 VAS @ 12 on 2024-03-01', 'amit VAS -10 fy 2024']);
    expect(soldCosts(ledger)).toEqual(['495']);
    expect(parcelsText(ledger)).toEqual(['VAS 50 495 2023-08-01']);
    const [part] = ledger.disposals[0]?.parcels ?? [];
    expect([part?.gain && plain(part.gain), part?.adjustment && plain(part.adjustment)]).toEqual(['105', '-5']);
    expect(messages(ledger)).toEqual(['VAS: units that left during FY2024 have their part of the adjustment']);
  });

  it('gives a unit that was sold before a split the parts of what it would have become', () => {
    const ledger = ledgerOf([
      buy,
      'sell 50 VAS @ 12 on 2024-03-01',
      'split VAS 2:1 on 2024-05-01',
      'amit VAS -10 fy 2024',
    ]);
    expect([soldCosts(ledger), parcelsText(ledger)]).toEqual([['495'], ['VAS 100 495 2023-08-01']]);
  });

  it('beyond the cost base is a capital gain of that day, by the parcel', () => {
    const ledger = ledgerOf([
      'buy 100 VAS @ 0.05 on 2023-08-01',
      'sell 50 VAS @ 12 on 2024-03-01',
      'amit VAS -10 fy 2024',
    ]);
    expect([soldCosts(ledger), parcelsText(ledger)]).toEqual([['0'], ['VAS 50 0 2023-08-01']]);
    expect(excess(ledger)).toEqual(['E10 2024-03-01 2.5 of 50', 'E10 2024-06-30 2.5 of 50']);
  });

  it('leaves sales of other years and later parcels alone', () => {
    const ledger = ledgerOf([
      buy,
      'sell 50 VAS @ 12 on 2024-07-01',
      'buy 10 VAS @ 10 on 2024-07-02',
      'amit VAS -10 fy 2024',
    ]);
    expect([soldCosts(ledger), parcelsText(ledger)]).toEqual([
      ['495'],
      ['VAS 50 495 2023-08-01', 'VAS 10 100 2024-07-02'],
    ]);
  });

  it('follows a rename within the year', () => {
    const ledger = ledgerOf([
      buy,
      'sell 50 VAS @ 12 on 2024-03-01',
      'rename VAS to VASX on 2024-05-01',
      'amit VASX -10 fy 2024',
    ]);
    expect([soldCosts(ledger), parcelsText(ledger)]).toEqual([['495'], ['VASX 50 495 2023-08-01']]);
  });

  it('says that nothing was held in the year', () => {
    const ledger = ledgerOf([buy, 'amit VAS -10 fy 2022']);
    expect(messages(ledger)).toEqual(['VAS: none held in FY2022, so the amit moves no cost base']);
    expect(parcelsText(ledger)).toEqual(['VAS 100 1000 2023-08-01']);
  });

  it('comes after everything else of 30 June, increases before decreases', () => {
    const ledger = ledgerOf(['amit VAS -1005 fy 2024', 'amit VAS +10 fy 2024', buy, 'sell 50 VAS @ 12 on 2024-06-30']);
    expect([soldCosts(ledger), excess(ledger)]).toEqual([['2.5'], []]);
    expect(messages(ledger)).toContain('VAS: there is another AMIT adjustment for FY2024; both are counted');
  });

  it('keeps increases apart, for they are not indexed, and decreases take them back first', () => {
    const unindexed = (...lines: string[]): (string | undefined)[] =>
      ledgerOf([buy, ...lines]).parcels.map(parcel => parcel.unindexed && plain(parcel.unindexed));
    expect(unindexed('amit VAS +10 fy 2024')).toEqual(['10']);
    expect(unindexed('amit VAS +10 fy 2024', 'amit VAS -4 fy 2025')).toEqual(['6']);
    expect(unindexed('amit VAS +10 fy 2024', 'amit VAS -14 fy 2025')).toEqual(['0']);
    expect(unindexed('amit VAS +10 fy 2024', 'return-of-capital VAS 0.10 on 2024-08-01')).toEqual(['10']);
    expect(unindexed('amit VAS +10 fy 2024', 'return-of-capital VAS 10.05 on 2024-08-01')).toEqual(['5']);
  });
});

describe('an AMIT adjustment beside other events', () => {
  it('does not count what left in another year, under another code, or by a rename of another', () => {
    const ledger = ledgerOf([
      buy,
      'buy 40 VGS @ 10 on 2023-08-01',
      'sell 40 VGS @ 12 on 2024-02-01',
      'rename VGS to VGSX on 2024-03-01',
      'sell 20 VAS @ 12 on 2023-09-01',
      'amit VAS -10 fy 2025',
      'amit VAS -10 fy 2024',
    ]);
    // FY2024: 2.00 of the 20 sold, 8.00 of the 80 kept; FY2025: all of the 80.
    expect(soldCosts(ledger)).toEqual(['198', '400']);
    expect(parcelsText(ledger)).toEqual(['VAS 80 782 2023-08-01']);
  });

  it('has nothing to say of early units where none left, and of unknown costs where they are known', () => {
    expect(messages(ledgerOf([buy, 'amit VAS -10 fy 2024']))).toEqual([]);
    const stays = 'VAS: a parcel of unknown cost stays unknown after the adjustment';
    const opened = messages(ledgerOf(['opening 10 VAS on 2023-08-01', 'amit VAS -10 fy 2024']));
    expect(opened).toContain(stays);
    const other = messages(ledgerOf([buy, 'opening 10 OLD on 2023-08-01', 'amit VAS -10 fy 2024']));
    expect(other).not.toContain(stays);
    // All of it had left before what is of unknown cost came.
    const sold = 'sell 100 VAS @ 12 on 2024-03-01';
    const later = messages(ledgerOf([buy, sold, 'opening 5 VAS on 2024-08-01', 'amit VAS -10 fy 2024']));
    expect(later).not.toContain(stays);
    expect(later).toContain('VAS: units that left during FY2024 have their part of the adjustment');
  });

  it('of a sale with an increase and a decrease counts both, the increase first', () => {
    const ledger = ledgerOf([
      'buy 100 VAS @ 0.05 on 2023-08-01',
      'sell 100 VAS @ 1 on 2024-03-01',
      'statement VAS fy 2024 tax-deferred 12, amit-increase 8',
    ]);
    // 5.00 + 8.00 - 12.00; the decrease first would make a gain of 7.00 and leave 8.00.
    expect([soldCosts(ledger), excess(ledger)]).toEqual([['1'], []]);
  });

  it('splits what is rolled over and what is kept in equal parts of a unit', () => {
    const ledger = ledgerOf([
      buy,
      'rollover VAS into VGS 1:1 on 2024-03-01',
      'buy 300 VAS @ 10 on 2024-04-02',
      'amit VAS -10 fy 2024',
    ]);
    expect(parcelsText(ledger)).toEqual(['VGS 100 997.5 2023-08-01', 'VAS 300 2992.5 2024-04-02']);
  });
});

describe('an annual tax statement', () => {
  const statement = 'statement VAS fy 2024 franked 50, discount-gains 8, tax-deferred 6, amit-increase 2';

  it('is a record of its year, and its tax-deferred and AMIT amounts move the cost base', () => {
    const ledger = ledgerOf([buy, statement]);
    expect(ledger.statements).toMatchObject([{ entry: 'entry-002', code: 'VAS', financialYear: 2024 }]);
    expect(Object.keys(ledger.statements[0]?.components ?? {})).toEqual([
      'franked',
      'discount-gains',
      'tax-deferred',
      'amit-increase',
    ]);
    expect(parcelsText(ledger)).toEqual(['VAS 100 996 2023-08-01']);
    expect(ledger.cash.toFixed()).toBe('-1000');
  });

  it('is one for a code and year: a second is refused', () => {
    const ledger = ledgerOf([
      buy,
      statement,
      'statement VAS fy 2024 tax-deferred 100',
      'statement VAS fy 2025 franked 1',
    ]);
    expect(ledger.problems.map(each => [each.entry, each.message])).toEqual([
      ['entry-003', 'VAS: a tax statement for FY2024 is already recorded; edit that entry'],
    ]);
    expect(ledger.statements).toHaveLength(2);
    expect(parcelsText(ledger)).toEqual(['VAS 100 996 2023-08-01']);
  });

  it('that moves no cost base says nothing of AMIT amounts, and reaches back to no sale', () => {
    const ledger = ledgerOf([
      buy,
      'sell 50 VAS @ 12 on 2024-03-01',
      'statement VAS fy 2024 franked 50',
      'amit VAS -10 fy 2024',
    ]);
    expect(messages(ledger)).toEqual(['VAS: units that left during FY2024 have their part of the adjustment']);
    const twice = ledgerOf([buy, 'statement VAS fy 2024 amit-decrease 2', 'amit VAS -10 fy 2024']);
    expect(messages(twice)).toEqual(['VAS: there is another AMIT adjustment for FY2024; both are counted']);
    expect(parcelsText(twice)).toEqual(['VAS 100 988 2023-08-01']);
    const deferred = ledgerOf([buy, 'statement VAS fy 2024 tax-deferred 2', 'amit VAS -10 fy 2024']);
    expect(messages(deferred)).toEqual([]);
  });

  it('a tax-deferred amount beyond the cost base is the gain of CGT event E4', () => {
    const ledger = ledgerOf(['buy 100 VAS @ 0.05 on 2023-08-01', 'statement VAS fy 2024 tax-deferred 6']);
    expect(excess(ledger)).toEqual(['E4 2024-06-30 1 of 100']);
  });
});
