import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byEffect } from '../../../src/domain/ledger/order.ts';
import { entriesOf, ledgerOf, parcelsText } from '../../support/ledger.ts';

const kinds = (lines: readonly string[]) =>
  entriesOf(lines)
    .sort(byEffect)
    .map(entry => entry.kind);

describe('the order within a day', () => {
  it('puts actions before what adds units, that before what takes them, and income and cash last', () => {
    const lines = [
      'fee 5 on 2025-01-02',
      'dividend ABC 10 on 2025-01-02',
      'sell 1 ABC @ 1 on 2025-01-02',
      'buy 1 ABC @ 1 on 2025-01-02',
      'bonus ABC 1 on 2025-01-02',
      'split ABC 2:1 on 2025-01-02',
      'rename ABC to XYZ on 2025-01-02',
      'return-of-capital ABC 0.1 on 2025-01-02',
    ];
    expect(kinds(lines)).toEqual(['rename', 'split', 'bonus', 'buy', 'sell', 'return-of-capital', 'dividend', 'fee']);
  });

  it('a buy precedes a sale of the same day, whichever was recorded first', () => {
    const ledger = ledgerOf(['sell 10 ABC @ 2 on 2025-01-02', 'buy 10 ABC @ 1 on 2025-01-02']);
    expect([ledger.problems, parcelsText(ledger)]).toEqual([[], []]);
  });

  it('a sequence wins over the kinds', () => {
    const [sell, buy] = entriesOf(['sell 10 ABC @ 2 on 2025-01-02', 'buy 10 ABC @ 1 on 2025-01-02']);
    const given = [
      { ...sell!, sequence: 1 },
      { ...buy!, sequence: 2 },
    ];
    expect(given.toSorted(byEffect).map(entry => entry.kind)).toEqual(['sell', 'buy']);
    expect(
      given
        .toReversed()
        .sort(byEffect)
        .map(entry => entry.kind),
    ).toEqual(['sell', 'buy']);
  });

  it('a sequence says nothing beside an entry that has none, or the same one', () => {
    const [sell, buy] = entriesOf(['sell 10 ABC @ 2 on 2025-01-02', 'buy 10 ABC @ 1 on 2025-01-02']);
    const given = [
      [{ ...sell!, sequence: 1 }, buy!],
      [sell!, { ...buy!, sequence: 9 }],
      [
        { ...sell!, sequence: 4 },
        { ...buy!, sequence: 4 },
      ],
    ];
    for (const pair of given) expect(pair.toSorted(byEffect).map(entry => entry.kind)).toEqual(['buy', 'sell']);
  });

  it('of equal ones the first recorded comes first', () => {
    const pair = entriesOf(['buy 10 ABC @ 2 on 2025-01-02', 'buy 10 ABC @ 1 on 2025-01-02']);
    const ids = (entries: typeof pair) => entries.sort(byEffect).map(entry => entry.id);
    expect(ids(pair.toReversed())).toEqual(['entry-001', 'entry-002']);
    expect(ids([...pair])).toEqual(['entry-001', 'entry-002']);
    expect(byEffect(pair[0]!, pair[0]!)).toBe(0);
  });

  it('the end of a year comes last: a raised cost base, the statement, a lowered one', () => {
    const lines = [
      'amit VAS -5 fy 2025',
      'statement VAS fy 2025 franked 10',
      'amit VAS 5 fy 2025',
      'fee 5 on 2025-06-30',
      'buy 1 VAS @ 90 on 2025-07-01',
    ];
    const entries = entriesOf(lines).map((entry, index) => ({ ...entry, sequence: index }));
    expect(entries.sort(byEffect).map(entry => entry.id.at(-1))).toEqual(['4', '3', '2', '1', '5']);
  });

  it('a consolidation holds from the open of its day: a buy of that day is in new units', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 1 on 2025-01-02',
      'buy 7 ABC @ 10 on 2025-03-03',
      'consolidation ABC 1:10 on 2025-03-03',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 10 100 2025-01-02', 'ABC 7 70 2025-03-03']);
  });

  it('does not depend on the order in which entries come', () => {
    const entries = entriesOf([
      ...['02', '03', '02', '03'].map(day => `buy 10 ABC @ 1 on 2025-01-${day}`),
      ...['03', '06', '03'].map(day => `sell 5 ABC @ 1 on 2025-01-${day}`),
    ]);
    const sorted = entries.toSorted(byEffect);
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), shuffled => {
        expect(shuffled.sort(byEffect)).toEqual(sorted);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});
