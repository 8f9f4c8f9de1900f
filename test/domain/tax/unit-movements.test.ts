import { describe, expect, test } from 'vitest';
import { decimal, plain } from '../../../src/domain/decimal.ts';
import type { Entry } from '../../../src/domain/ledger/entry.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { sharesOf, unitMovements } from '../../../src/domain/tax/unit-movements.ts';
import { entriesOf } from '../../support/ledger.ts';

const shares = new Map([
  ['main', decimal('100')],
  ['joint', decimal('50')],
]);
const linesOf = (entries: readonly Entry[], code = 'BHP'): string[] =>
  unitMovements(entries, parseCode(code), shares).map(movement => {
    const units = `${movement.kind} ${plain(movement.units)} ${movement.on}`;
    return movement.kind === 'in' && movement.acquiredOn !== movement.on ? `${units} of ${movement.acquiredOn}` : units;
  });
const inPortfolio = (portfolio: string, lines: readonly string[]): Entry[] =>
  entriesOf(lines, portfolio).map(entry => ({ ...entry, id: `${portfolio}-${entry.id}` }));

describe('unitMovements', () => {
  test('are over all portfolios of the owner, by the share of joint ones', () => {
    const entries = [
      ...inPortfolio('main', ['buy 100 BHP @ 40 on 2026-08-03', 'sell 30 BHP @ 41 on 2026-09-01']),
      ...inPortfolio('joint', ['buy 25 BHP @ 40 on 2026-08-10', 'drp BHP 1 @ 40 dividend 40 on 2026-09-10']),
      ...inPortfolio('another', ['buy 900 BHP @ 40 on 2026-08-10']),
    ];
    expect(linesOf(entries)).toEqual([
      'in 100 2026-08-03',
      'in 12.5 2026-08-10',
      'out 30 2026-09-01',
      'in 0.5 2026-09-10',
    ]);
  });
  test('a split in each portfolio is of the whole', () => {
    const lines = ['buy 100 BHP @ 40 on 2026-08-03', 'split BHP 2:1 on 2026-08-17'];
    const entries = [...inPortfolio('main', lines), ...inPortfolio('joint', lines)];
    expect(linesOf(entries).slice(2)).toEqual(['becomes 200 2026-08-17', 'becomes 300 2026-08-17']);
  });
  test('a transfer between own portfolios is none; one from elsewhere brings its date', () => {
    const transfers = [
      ...inPortfolio('main', ['opening 100 BHP cost 900 acquired 2020-01-06 on 2026-08-03']),
      ...inPortfolio('main', ['transfer-out 40 BHP on 2026-08-20']).map(each => ({ ...each, id: 'out' })),
    ];
    const arrival = (units: string) =>
      inPortfolio('joint', [`transfer-in ${units} BHP cost 360 acquired 2020-01-06 on 2026-08-21`]);
    const opening = 'in 100 2026-08-03 of 2020-01-06';
    expect(linesOf([...transfers, ...arrival('80')])).toEqual([opening]);
    expect(linesOf([...transfers, ...arrival('30')])).toEqual([
      opening,
      'out 40 2026-08-20',
      'in 15 2026-08-21 of 2020-01-06',
    ]);
  });
  describe('of a transfer out of 40 of 100 on 20 August', () => {
    const out = [
      ...inPortfolio('main', ['opening 100 BHP cost 900 acquired 2020-01-06 on 2026-08-03']),
      ...inPortfolio('main', ['transfer-out 40 BHP on 2026-08-20']).map(each => ({ ...each, id: 'out' })),
    ];
    const opening = 'in 100 2026-08-03 of 2020-01-06';
    const left = 'out 40 2026-08-20';
    const arrival = (line: string, portfolio = 'joint', id = 'in') =>
      inPortfolio(portfolio, [line]).map(each => ({ ...each, id }));
    const linesWith = (...arrivals: Entry[]): string[] => linesOf([...out, ...arrivals]);

    test.each([
      ['2026-08-10', true],
      ['2026-08-09', false],
      ['2026-08-30', true],
      ['2026-08-31', false],
    ])('80 that arrive on %s in a half of a joint portfolio are the same units: %s', (day, are) => {
      const lines = linesWith(...arrival(`transfer-in 80 BHP cost 360 acquired 2020-01-06 on ${day}`));
      expect(lines.includes(left)).toBe(!are);
      expect(lines).toHaveLength(are ? 1 : 3);
    });
    test('a purchase, and a transfer into the same portfolio, are other units', () => {
      expect(linesWith(...arrival('buy 80 BHP @ 40 on 2026-08-21'))).toEqual([opening, left, 'in 40 2026-08-21']);
      expect(linesWith(...arrival('transfer-in 40 BHP cost 360 on 2026-08-21', 'main'))).toEqual([
        opening,
        left,
        'in 40 2026-08-21',
      ]);
    });
    test('each arrival is of one transfer out', () => {
      const again = inPortfolio('main', ['transfer-out 40 BHP on 2026-08-22']).map(each => ({ ...each, id: 'out-2' }));
      const one = arrival('transfer-in 80 BHP cost 360 acquired 2020-01-06 on 2026-08-23');
      expect(linesWith(...again, ...one)).toEqual([opening, 'out 40 2026-08-22']);
      const two = arrival('transfer-in 80 BHP cost 360 acquired 2020-01-06 on 2026-08-24', 'joint', 'in-2');
      expect(linesWith(...again, ...one, ...two)).toEqual([opening]);
    });
    test('a sale of as many units is no transfer', () => {
      const sold = inPortfolio('main', ['sell 40 BHP @ 41 on 2026-08-20']).map(each => ({ ...each, id: 'sold' }));
      const arrivals = arrival('transfer-in 80 BHP cost 360 acquired 2020-01-06 on 2026-08-21');
      expect(linesOf([...out.slice(0, 1), ...sold, ...arrivals])).toEqual([
        opening,
        left,
        'in 40 2026-08-21 of 2020-01-06',
      ]);
    });
    test('two transfers out, or two in, are no pair', () => {
      const here = inPortfolio('joint', ['opening 80 BHP cost 900 on 2026-08-03', 'transfer-out 80 BHP on 2026-08-21']);
      expect(linesWith(...here)).toEqual(['in 40 2026-08-03', opening, left, 'out 40 2026-08-21']);
      const arrivals = ['main', 'joint'].flatMap((portfolio, index) =>
        inPortfolio(portfolio, [`transfer-in ${[40, 80][index]} BHP cost 9 on 2026-08-21`]),
      );
      expect(linesOf(arrivals)).toEqual(['in 40 2026-08-21', 'in 40 2026-08-21']);
    });
    test('what arrived can be sold there', () => {
      const arrivals = arrival('transfer-in 80 BHP cost 360 acquired 2020-01-06 on 2026-08-21');
      const sold = arrival('sell 80 BHP @ 41 on 2026-08-25', 'joint', 'sold');
      expect(linesWith(...arrivals, ...sold)).toEqual([opening, 'out 40 2026-08-25']);
    });
  });
  test('of nothing held neither a split, a consolidation nor a bonus is a movement', () => {
    const actions = ['split BHP 2:1', 'consolidation BHP 1:2', 'bonus BHP 10', 'rollover BHP into BIG 1:2'];
    expect(actions.flatMap(action => linesOf(entriesOf([`${action} on 2026-08-17`])))).toEqual([]);
  });
  test('income, cash and what changes a cost base move no units', () => {
    const lines = [
      'buy 100 BHP @ 40 on 2026-08-03',
      'dividend BHP 70 franked 100% on 2026-09-24',
      'return-of-capital BHP 1 on 2026-09-25',
      'amit BHP -10 fy 2027',
      'deposit 100 on 2026-09-26',
    ];
    expect(linesOf(entriesOf(lines))).toEqual(['in 100 2026-08-03']);
  });
  test('all that is held can be sold, and no unit more', () => {
    const sold = (units: string) =>
      linesOf(entriesOf(['buy 100 BHP @ 40 on 2026-08-03', `sell ${units} BHP @ 41 on 2026-09-01`]));
    expect(sold('100')).toEqual(['in 100 2026-08-03', 'out 100 2026-09-01']);
    expect(sold('101')).toEqual(['in 100 2026-08-03']);
  });
  test('an opening without a date of acquisition is of its own day', () => {
    expect(
      linesOf(entriesOf(['opening 5 BHP cost 9 on 2026-08-03', 'transfer-in 6 BHP cost 9 on 2026-08-04'])),
    ).toEqual(['in 5 2026-08-03', 'in 6 2026-08-04']);
  });
  test('a consolidation and a bonus change what is held, in the order of effect', () => {
    const lines = [
      'consolidation BHP 1:10 on 2026-08-17',
      'bonus BHP 3 on 2026-08-18',
      'buy 1000 BHP @ 4 on 2026-08-03',
    ];
    expect(linesOf(entriesOf(lines))).toEqual([
      'in 1000 2026-08-03',
      'becomes 100 2026-08-17',
      'becomes 103 2026-08-18',
    ]);
  });
  test('a renamed security is one security; a sale of more than is held has no effect', () => {
    const entries = entriesOf([
      'buy 100 BHP @ 40 on 2026-08-03',
      'sell 300 BHP @ 40 on 2026-08-05',
      'bonus BHP 10 on 2026-08-10',
      'rename BHP to BIG on 2026-08-17',
      'sell 50 BIG @ 41 on 2026-09-01',
    ]);
    const all = ['in 100 2026-08-03', 'becomes 110 2026-08-10', 'out 50 2026-09-01'];
    expect(linesOf(entries, 'BHP')).toEqual(all);
    expect(linesOf(entries, 'BIG')).toEqual(all);
  });

  test('a demerger brings units with the dates of the head’s, last in first out', () => {
    const entries = entriesOf([
      'buy 100 BHP @ 40 on 2026-01-05',
      'buy 60 BHP @ 40 on 2026-08-03',
      'sell 40 BHP @ 41 on 2026-08-10',
      'demerger BHP into WDS 30 cost 20% on 2026-08-17',
      'sell 10 WDS @ 30 on 2026-09-01',
    ]);
    // 100 of January and 20 of August are left: 30 units are 25 and 5.
    expect(linesOf(entries, 'WDS')).toEqual([
      'in 25 2026-08-17 of 2026-01-05',
      'in 5 2026-08-17 of 2026-08-03',
      'out 10 2026-09-01',
    ]);
    expect(linesOf(entries, 'BHP')).toEqual(['in 100 2026-01-05', 'in 60 2026-08-03', 'out 40 2026-08-10']);
  });
  test('of a rollover the old units go and the new ones come, by the share of a joint portfolio', () => {
    const lines = [
      'buy 100 BHP @ 40 on 2026-08-03',
      'rollover BHP into BIG 1:2 on 2026-08-17',
      'sell 50 BIG @ 9 on 2026-09-01',
    ];
    expect(linesOf(inPortfolio('joint', lines), 'BHP')).toEqual(['in 50 2026-08-03', 'out 50 2026-08-17']);
    expect(linesOf(inPortfolio('joint', lines), 'BIG')).toEqual([
      'in 25 2026-08-17 of 2026-08-03',
      'out 25 2026-09-01',
    ]);
  });
  test('of nothing held neither brings anything', () => {
    const entries = entriesOf([
      'demerger BHP into WDS 30 cost 20% on 2026-08-17',
      'rollover BHP into BIG 1:2 on 2026-08-18',
      'sell 10 WDS @ 9 on 2026-09-01',
      'sell 10 BIG @ 9 on 2026-09-01',
    ]);
    expect([...linesOf(entries, 'WDS'), ...linesOf(entries, 'BIG'), ...linesOf(entries, 'BHP')]).toEqual([]);
  });
});

test('sharesOf is the owner in each portfolio', () => {
  const ann = { id: 'ann', name: 'Ann', taxpayer: 'individual', pct: decimal('50') } as const;
  const bob = { id: 'bob', name: 'Bob', taxpayer: 'individual', pct: decimal('50') } as const;
  const common = { cashAccount: false, method: 'fifo', createdAt: 0 } as const;
  const portfolios = [
    { ...common, id: 'joint', name: 'Joint', owners: [ann, bob] },
    { ...common, id: 'bobs', name: 'Bob', owners: [{ ...bob, pct: decimal('100') }] },
  ];
  expect([...sharesOf('ann', portfolios)].map(([id, pct]) => `${id} ${plain(pct)}`)).toEqual(['joint 50']);
  expect([...sharesOf('bob', portfolios)].map(([id, pct]) => `${id} ${plain(pct)}`)).toEqual(['joint 50', 'bobs 100']);
});
