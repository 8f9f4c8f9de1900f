import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { cpuTime } from '../../support/cpu-time.ts';
import { entriesOf, ledgerOf, on, parcelsText } from '../../support/ledger.ts';

describe('the record of closes', () => {
  it('has one row for each day on which units changed, with the last of the day', () => {
    const ledger = ledgerOf([
      'buy 10 ABC @ 1 on 2025-01-02',
      'buy 5 ABC @ 1 on 2025-01-02',
      'sell 15 ABC @ 1 on 2025-01-03',
      'buy 1 ABC @ 1 on 2025-02-03',
    ]);
    expect(ledger.unitCloses[0]?.closes.map(close => `${close.on} ${plain(close.units)}`)).toEqual([
      '2025-01-02 15',
      '2025-01-03 0',
      '2025-02-03 1',
    ]);
    expect(ledger.cashCloses[0]?.closes.map(close => `${close.on} ${plain(close.balance)}`)).toEqual([
      '2025-01-02 -15',
      '2025-01-03 0',
      '2025-02-03 -1',
    ]);
  });

  it('a refused sale leaves no trace in it', () => {
    const ledger = ledgerOf(['buy 10 ABC @ 1 on 2025-01-02', 'sell 11 ABC @ 1 on 2025-01-03']);
    expect(ledger.unitCloses[0]?.closes).toHaveLength(1);
    expect(ledger.cashCloses[0]?.closes).toHaveLength(1);
  });
});

describe('portfolios', () => {
  it('are folded alone: one cannot sell what another holds', () => {
    const mine = entriesOf(['buy 10 ABC @ 1 on 2025-01-02'], 'mine');
    const theirs = entriesOf(['sell 10 ABC @ 1 on 2025-01-03'], 'theirs').map(entry => ({ ...entry, id: 'other' }));
    const ledger = foldLedger([...mine, ...theirs]);
    expect(ledger.problems.map(problem => problem.message)).toEqual(['ABC: sell 10, held 0 on 2025-01-03']);
    expect(parcelsText(ledger)).toEqual(['ABC 10 10 2025-01-02']);
  });
});

describe('as-of', () => {
  it('is the fold of what had happened by the end of that day', () => {
    const lines = [
      'buy 10 ABC @ 1 on 2025-01-02',
      'consolidation ABC 1:10 on 2025-02-03',
      'sell 1 ABC @ 9 on 2025-03-03',
    ];
    const states = ['2025-01-01', '2025-01-02', '2025-02-03', '2025-03-03'].map(day =>
      parcelsText(ledgerOf(lines, { asOf: on(day) })),
    );
    expect(states).toEqual([[], ['ABC 10 10 2025-01-02'], ['ABC 1 10 2025-01-02'], []]);
  });
});

describe('at size', () => {
  it('folds 10,000 entries well within a second', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => {
      const kind = index % 3 === 2 ? 'sell 50' : 'buy 100';
      const day = String(1 + (Math.floor(index / 400) % 28)).padStart(2, '0');
      return `${kind} C${String(index % 40).padStart(2, '0')} @ 2.5 fee 9.95 on 20${10 + Math.floor(index / 1000)}-03-${day}`;
    });
    const entries = entriesOf(lines).map((entry, index) => ({ ...entry, id: `e${String(index).padStart(5, '0')}` }));
    expect(cpuTime(() => foldLedger(entries))).toBeLessThan(1000);
    const ledger = foldLedger(entries);
    expect(ledger.disposals.length + ledger.problems.length).toBe(3333);
  });

  it('sells 20,000 parcels of one code one by one, without looking at all of them each time', () => {
    const buys = Array.from({ length: 20_000 }, () => 'buy 1 ABC @ 1 on 2025-01-02');
    const [buy] = entriesOf(['buy 1 ABC @ 1 on 2025-01-02']);
    const [sell] = entriesOf(['sell 1 ABC @ 2 on 2025-01-03']);
    const entries = [
      ...buys.map((_, index) => ({ ...buy!, id: `a${String(index).padStart(6, '0')}` })),
      ...buys.map((_, index) => ({ ...sell!, id: `b${String(index).padStart(6, '0')}` })),
    ];
    expect(foldLedger(entries).parcels).toEqual([]);
    expect(cpuTime(() => foldLedger(entries))).toBeLessThan(4000);
  });
});

describe('units at a close, through changes of code', () => {
  const incomeUnits = (lines: readonly string[]): (string | undefined)[] =>
    ledgerOf(lines).income.map(each => each.units && plain(each.units));

  it('reach back over the days of the old code, and of the one before it', () => {
    const renames = ['rename OLD to MID on 2025-02-03', 'rename MID to NEW on 2025-04-01'];
    const lines = ['buy 100 OLD @ 1 on 2025-01-02', ...renames];
    const dividend = (ex: string): string => `dividend NEW @ 1 ex ${ex} on 2025-05-01`;
    expect(incomeUnits([...lines, dividend('2025-01-10')])).toEqual(['100']);
    expect(incomeUnits([...lines, dividend('2025-03-03')])).toEqual(['100']);
    expect(incomeUnits([...lines, dividend('2025-01-02')])).toEqual(['0']);
  });

  it('of a code that was taken up again are those of the time', () => {
    const lines = [
      'buy 100 ABC @ 1 on 2025-01-02',
      'rename ABC to XYZ on 2025-02-03',
      'rename XYZ to ABC on 2025-04-01',
      'sell 60 ABC @ 1 on 2025-04-02',
    ];
    expect(incomeUnits([...lines, 'dividend ABC @ 1 ex 2025-03-03 on 2025-05-01'])).toEqual(['100']);
    expect(incomeUnits([...lines, 'dividend ABC @ 1 ex 2025-04-10 on 2025-05-01'])).toEqual(['40']);
  });

  it('say which name a sale of the old code would need, once it has changed', () => {
    const lines = ['buy 100 OLD @ 1 on 2025-01-02', 'rename OLD to NEW on 2025-02-03'];
    const problem = (sale: string): string | undefined => ledgerOf([...lines, sale]).problems[0]?.message;
    expect(problem('sell 5 OLD @ 1 on 2025-02-03')).toBe(
      'OLD: sell 5, held 0 on 2025-02-03 (renamed to NEW on 2025-02-03)',
    );
    expect(problem('sell 500 OLD @ 1 on 2025-02-02')).toBe('OLD: sell 500, held 100 on 2025-02-02');
  });
});
