import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { price, units } from '../../../src/domain/decimal.ts';
import { admitEntries } from '../../../src/domain/ledger/admit.ts';
import type { Entry } from '../../../src/domain/ledger/entry.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { cpuTime } from '../../support/cpu-time.ts';
import { entriesOf, on } from '../../support/ledger.ts';

const recordedOf = (lines: readonly string[]): Entry[] =>
  entriesOf(lines).map(entry => ({ ...entry, id: `recorded-${entry.id}` }));
const admit = (recorded: readonly string[], added: readonly string[]) => {
  const { admitted, refused } = admitEntries(recordedOf(recorded), entriesOf(added), {});
  return { admitted: admitted.map(entry => entry.id), refused: refused.map(each => [each.entry.id, each.reason]) };
};

describe('rows of a file', () => {
  it('refuses a sale without its buy alone, in the words of the ledger', () => {
    const file = ['buy 10 ABC @ 1 on 2025-01-02', 'sell 5 XYZ @ 1 on 2025-01-03', 'sell 10 ABC @ 2 on 2025-01-06'];
    expect(admit([], file)).toEqual({
      admitted: ['entry-001', 'entry-003'],
      refused: [['entry-002', 'XYZ: sell 5, held 0 on 2025-01-03']],
    });
  });

  it('takes the file newest first, as brokers write it', () => {
    const file = ['sell 10 ABC @ 2 on 2025-01-06', 'buy 10 ABC @ 1 on 2025-01-02'];
    expect(admit([], file).refused).toEqual([]);
  });

  it('refuses every sale beyond what is held, and keeps those that fit', () => {
    const file = ['buy 10 ABC @ 1 on 2025-01-02', ...[6, 7, 8].map(day => `sell 4 ABC @ 2 on 2025-01-0${day}`)];
    expect(admit([], file)).toEqual({
      admitted: ['entry-001', 'entry-002', 'entry-003'],
      refused: [['entry-004', 'ABC: sell 4, held 2 on 2025-01-08']],
    });
  });

  it('a problem that is recorded already is nobody else’s', () => {
    const { refused } = admit(['sell 5 OLD @ 1 on 2024-01-02'], ['buy 2 OLD @ 1 on 2024-01-01', 'buy 1 ABC @ 1']);
    expect(refused).toEqual([]);
  });
});

describe('what is recorded stays', () => {
  const recorded = ['buy 100 ABC @ 1 on 2024-01-02', 'sell 80 ABC @ 2 on 2024-12-02'];
  const words = 'a recorded entry would lose its units: ABC: sell 80, held';

  it('refuses the latest new sales, and no more of them than it takes', () => {
    const file = ['sell 10 ABC @ 2 on 2024-03-01', 'sell 15 ABC @ 2 on 2024-05-01', 'sell 5 ABC @ 2 on 2024-04-01'];
    expect(admit(recorded, file)).toEqual({
      admitted: ['entry-001', 'entry-003'],
      refused: [['entry-002', `${words} 70 on 2024-12-02`]],
    });
  });

  it('admits a sale after the recorded one on what is left', () => {
    const file = ['sell 20 ABC @ 2 on 2024-12-03', 'sell 1 ABC @ 2 on 2024-12-04'];
    expect(admit(recorded, file)).toEqual({
      admitted: ['entry-001'],
      refused: [['entry-002', 'ABC: sell 1, held 0 on 2024-12-04']],
    });
  });

  it('gives a sale that did not fit beside a refused one its place', () => {
    const file = ['sell 90 ABC @ 2 on 2024-03-01', 'sell 15 ABC @ 2 on 2024-05-01'];
    expect(admit(recorded, file)).toEqual({
      admitted: ['entry-002'],
      refused: [['entry-001', `${words} 10 on 2024-12-02`]],
    });
  });

  it('refuses an action that takes the units, with its words', () => {
    expect(admit(recorded, ['consolidation ABC 1:10 on 2024-06-03', 'buy 5 XYZ @ 1 on 2024-06-03'])).toEqual({
      admitted: ['entry-002'],
      refused: [['entry-001', `${words} 10 on 2024-12-02`]],
    });
  });

  it('blames the action and not the rows beside it: a consolidation, a rename, a rollover', () => {
    const file = [
      'buy 3 ABC @ 1 on 2024-05-01',
      'sell 10 ABC @ 2 on 2024-05-02',
      'consolidation ABC 1:10 on 2024-06-03',
      'split XYZ 2:1 on 2024-06-03',
    ];
    expect(admit(recorded, file)).toEqual({
      admitted: ['entry-001', 'entry-002', 'entry-004'],
      refused: [['entry-003', `${words} 10 on 2024-12-02`]],
    });
    expect(admit(recorded, ['rename ABC to NEW on 2024-06-03', 'buy 3 ABC @ 1 on 2024-05-01'])).toEqual({
      admitted: ['entry-002'],
      refused: [['entry-001', `${words} 0 on 2024-12-02 (renamed to NEW on 2024-06-03)`]],
    });
    expect(admit(recorded, ['rollover ABC into NEW 1:1 on 2024-06-03', 'buy 3 ABC @ 1 on 2024-05-01'])).toEqual({
      admitted: ['entry-002'],
      refused: [['entry-001', `${words} 0 on 2024-12-02`]],
    });
  });

  it('a sale of the same day that comes first is refused, one that comes after is not to blame', () => {
    expect(admit(recorded, ['sell 21 ABC @ 2 on 2024-12-02', 'sell 20 ABC @ 2 on 2024-12-03'])).toEqual({
      admitted: ['entry-002'],
      refused: [['entry-001', `${words} 79 on 2024-12-02`]],
    });
  });

  it('leaves the sales of other codes alone, and refuses for each recorded sale its own', () => {
    const two = [...recorded, 'buy 50 XYZ @ 1 on 2024-01-02', 'sell 50 XYZ @ 2 on 2024-12-02'];
    const file = ['sell 30 ABC @ 2 on 2024-03-01', 'sell 1 XYZ @ 2 on 2024-03-01', 'buy 9 QQQ @ 1', 'sell 9 QQQ @ 1'];
    expect(admit(two, file)).toEqual({
      admitted: ['entry-003', 'entry-004'],
      refused: [
        ['entry-001', `${words} 70 on 2024-12-02`],
        ['entry-002', 'a recorded entry would lose its units: XYZ: sell 50, held 49 on 2024-12-02'],
      ],
    });
  });

  it('finds the sale behind a rename', () => {
    const before = [
      'buy 100 ABC @ 1 on 2024-01-02',
      'rename ABC to NEW on 2024-06-03',
      'sell 80 NEW @ 2 on 2024-12-02',
    ];
    expect(admit(before, ['sell 30 ABC @ 2 on 2024-03-01']).refused).toEqual([
      ['entry-001', 'a recorded entry would lose its units: NEW: sell 80, held 70 on 2024-12-02'],
    ]);
  });

  it('a transfer out counts as a sale', () => {
    expect(admit(recorded, ['transfer-out 21 ABC on 2024-03-01']).refused).toEqual([
      ['entry-001', `${words} 79 on 2024-12-02`],
    ]);
  });
});

const codes = [parseCode('ABC'), parseCode('XYZ')];
const trade = fc.record({
  sells: fc.boolean(),
  code: fc.integer({ min: 0, max: 1 }),
  units: fc.integer({ min: 1, max: 30 }),
  day: fc.integer({ min: 0, max: 60 }),
});
type Drawn = { sells: boolean; code: number; units: number; day: number };
const entryOf = (drawn: Drawn, id: string): Entry => ({
  kind: drawn.sells ? 'sell' : 'buy',
  code: codes[drawn.code] ?? parseCode('ABC'),
  units: units(String(drawn.units)),
  price: price('1'),
  on: addDays(on('2024-01-01'), drawn.day),
  id,
  portfolio: 'main',
});

describe('laws', () => {
  it('what is admitted brings no new problem, every row is admitted or refused, and admitting again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 20 }), fc.array(trade, { maxLength: 20 }), (before, file) => {
        const recorded = before.map((drawn, index) => entryOf(drawn, `a${index}`));
        const added = file.map((drawn, index) => entryOf(drawn, `b${String(index).padStart(2, '0')}`));
        const known = new Set(foldLedger(recorded).problems.map(problem => problem.entry));
        const { admitted, refused } = admitEntries(recorded, added, {});
        expect(new Set([...admitted, ...refused.map(each => each.entry)])).toEqual(new Set(added));
        expect(admitted.length + refused.length).toBe(added.length);
        const after = foldLedger([...recorded, ...admitted]).problems.filter(problem => !known.has(problem.entry));
        expect(after).toEqual([]);
        expect(admitEntries(recorded, admitted, {}).refused).toEqual([]);
        // Importing the file again adds nothing.
        const again = admitEntries(
          [...recorded, ...admitted],
          refused.map(each => each.entry),
          {},
        );
        expect(again.admitted).toEqual([]);
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  it('buys alone are never refused', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 20 }), fc.array(trade, { maxLength: 20 }), (before, file) => {
        const recorded = before.map((drawn, index) => entryOf(drawn, `a${index}`));
        const buys = file.map((drawn, index) => entryOf({ ...drawn, sells: false }, `b${index}`));
        expect(admitEntries(recorded, buys, {}).refused).toEqual([]);
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});

describe('at size', () => {
  it('sorts 20,000 rows of which a quarter must be refused without folding once for each', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) =>
      entryOf({ sells: index % 4 === 0, code: index % 2, units: 10, day: 30 }, `b${String(index).padStart(5, '0')}`),
    );
    // Every unit is needed by a sale that is recorded, so no new sale of ABC fits.
    const bought = rows.filter(entry => entry.kind === 'buy' && entry.code === 'ABC').length * 10;
    const recorded = [entryOf({ sells: true, code: 0, units: bought, day: 50 }, 'a1')];
    const first = entryOf({ sells: false, code: 0, units: bought, day: 0 }, 'a0');
    const { admitted, refused } = admitEntries([first, ...recorded], rows, {});
    expect(refused.length + admitted.length).toBe(20_000);
    expect(cpuTime(() => admitEntries([first, ...recorded], rows, {}))).toBeLessThan(6_000);
  });
});
