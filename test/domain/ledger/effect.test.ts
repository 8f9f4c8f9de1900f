import { describe, expect, it } from 'vitest';
import { noUnits, plain } from '../../../src/domain/decimal.ts';
import { effectOf, refuseProblems } from '../../../src/domain/ledger/effect.ts';
import type { Entry } from '../../../src/domain/ledger/entry.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { Failure } from '../../../src/failure.ts';
import { entriesOf } from '../../support/ledger.ts';

const history = entriesOf([
  'buy 100 BHP @ 43.21 fee 9.95 on 2025-03-03',
  'sell 40 BHP @ 45.00 fee 9.95 on 2025-09-01',
  'opening 10 XYZ on 2025-01-02',
]);
const line = (text: string, id = 'new'): Entry => ({ ...(entriesOf([text])[0] as Entry), id });
const failureOf = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('expected a Failure');
};

describe('effectOf', () => {
  it('says what a sale changes: units, cost base, gain and cash', () => {
    const effect = effectOf(history, line('sell 60 BHP @ 50 fee 10 on 2025-10-01'), {});
    expect([effect.before, effect.after].map(state => [plain(state.units), state.cost && plain(state.cost)])).toEqual([
      ['60', '2598.57'],
      ['0', '0'],
    ]);
    // 60 x 50 - 10 - 2,598.57
    expect(effect.disposal?.parcels.map(part => part.gain && plain(part.gain))).toEqual(['391.43']);
    expect(plain(effect.cashAfter.minus(effect.cashBefore))).toBe('2990');
    expect(effect.code).toBe('BHP');
  });

  it('an unknown cost is unknown before and after, not zero', () => {
    const effect = effectOf(history, line('buy 5 XYZ @ 2 on 2025-02-03'), {});
    expect([effect.before.cost, effect.after.cost]).toEqual([undefined, undefined]);
    expect([effect.before, effect.after].map(state => plain(state.units))).toEqual(['10', '15']);
  });

  it('compares an edit with the entry as it stands', () => {
    const effect = effectOf(history, line('buy 50 BHP @ 43.21 fee 9.95 on 2025-03-03', 'entry-001'), {});
    expect(plain(effect.before.units)).toBe('60');
    // With the buy edited, the later sale of 40 leaves 10 of 50 units and a fifth of 2,170.45.
    expect([plain(effect.after.units), effect.after.cost && plain(effect.after.cost)]).toEqual(['10', '434.09']);
  });

  it('shows the code that a demerger brings beside the one it leaves', () => {
    const effect = effectOf(history, line('demerger BHP into WDS 12 cost 25% on 2025-10-01'), {});
    expect([effect.code, effect.before.cost?.toFixed(), effect.after.cost?.toFixed()]).toEqual([
      'BHP',
      '2598.57',
      '1948.93',
    ]);
    expect([effect.received?.code, effect.received?.after.cost?.toFixed()]).toEqual(['WDS', '649.64']);
  });

  it('shows the recorded sales that a cost base adjustment reaches back to', () => {
    const effect = effectOf(history, line('amit BHP -10 fy 2026'), {});
    const gains = effect.sales.map(sale => [sale.before, sale.after].map(each => each.parcels[0]?.gain?.toFixed()));
    // 4 of the 10 dollars are of the 40 units that were sold.
    expect(gains).toEqual([['57.67', '61.67']]);
    expect(effectOf(history, line('amit BHP -10 fy 2025'), {}).sales).toHaveLength(0);
  });

  it('shows the code that a rollover brings, and none where nothing is received', () => {
    const effect = effectOf(history, line('rollover BHP into WDS 1:3 on 2025-10-01'), {});
    expect([effect.received?.code, plain(effect.received?.after.units ?? noUnits)]).toEqual(['WDS', '20']);
    expect(effectOf(history, line('buy 1 BHP @ 50 on 2025-10-01'), {}).received).toBeUndefined();
  });

  it('reaches back by a statement as by an amount, and only to sales of its code whose cost it changes', () => {
    const more = [
      ...history,
      ...entriesOf(['buy 10 CBA @ 100 on 2025-08-01', 'sell 5 CBA @ 110 on 2025-09-02'], 'main').map(entry => ({
        ...entry,
        id: `cba-${entry.id}`,
      })),
    ];
    const of = (text: string): string[] => effectOf(more, line(text), {}).sales.map(sale => sale.after.entry);
    expect(of('statement BHP fy 2026 tax-deferred 10')).toEqual(['entry-002']);
    expect(of('statement BHP fy 2026 franked 10')).toEqual([]);
    // A later, cheaper parcel changes no sale that went before it, and is no adjustment either.
    expect(of('buy 10 BHP @ 1 on 2025-03-03')).toEqual([]);
  });

  it('shows the income, the gains and the warnings of the entry itself', () => {
    const recorded = [
      ...history,
      ...entriesOf(['dividend BHP @ 1 on 2025-09-15']).map(each => ({ ...each, id: 'div' })),
    ];
    const dividend = effectOf(recorded, line('dividend BHP @ 0.50 ex 2025-09-20 on 2025-10-01'), {});
    expect(dividend.income?.amount.toFixed()).toBe('30');
    expect([dividend.warnings, dividend.excessGains]).toEqual([[], []]);
    // 60 units that cost 2,598.57 give back 3,000.00.
    const returned = effectOf(recorded, line('return-of-capital BHP 50 on 2025-10-01'), {});
    expect(returned.excessGains.map(each => each.amount.toFixed())).toEqual(['401.43']);
    const after = [...recorded, line('return-of-capital BHP 50 on 2025-10-01', 'returned')];
    expect(effectOf(after, line('buy 1 BHP @ 50 on 2025-10-02'), {}).excessGains).toEqual([]);
    const nothing = [...recorded, line('demerger OLD into NEW 5 cost 10% on 2025-02-03', 'no-effect')];
    expect(effectOf(nothing, line('buy 1 BHP @ 50 on 2025-10-02'), {}).warnings).toEqual([]);
    expect(effectOf(history, line('demerger OLD into NEW 5 cost 10% on 2025-02-03'), {}).warnings).toEqual([
      'OLD: none held on 2025-02-03, so the demerger has no effect',
    ]);
  });

  it('follows a rename to its new code', () => {
    const effect = effectOf(history, line('rename BHP to BHX on 2025-10-01'), {});
    expect([effect.code, plain(effect.before.units), plain(effect.after.units)]).toEqual(['BHX', '60', '60']);
  });

  it('refuses what cannot take effect, in the ledger’s words', () => {
    const failure = failureOf(() => effectOf(history, line('sell 61 BHP @ 50 on 2025-10-01'), {}));
    expect([failure.code, failure.message]).toEqual(['refused', 'BHP: sell 61, held 60 on 2025-10-01']);
  });

  it('refuses what takes the units of a later sale, and names it', () => {
    const failure = failureOf(() => effectOf(history, line('sell 61 BHP @ 50 on 2025-06-02'), {}));
    expect(failure.message).toBe('A recorded entry would lose its units: BHP: sell 40, held 39 on 2025-09-01');
  });

  it('an edit that leaves the entry without effect is refused, though it was so before', () => {
    const entries = entriesOf(['sell 10 ABC @ 1 on 2025-01-02']);
    const edited = line('sell 9 ABC @ 1 on 2025-01-02', 'entry-001');
    expect(failureOf(() => effectOf(entries, edited, {})).message).toBe('ABC: sell 9, held 0 on 2025-01-02');
  });
});

describe('refuseProblems', () => {
  it('lets a change pass that only lessens an old problem', () => {
    const before = entriesOf(['sell 100 ABC @ 1 on 2025-06-02']);
    const after = [...before, line('buy 40 ABC @ 1 on 2025-01-02')];
    // The sentence changes (held 0, held 40), the problem is the same one.
    expect(foldLedger(after).problems).toHaveLength(1);
    refuseProblems(foldLedger(before), foldLedger(after), new Set(['new']), '');
  });
});
