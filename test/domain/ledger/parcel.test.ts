import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, money, noMoney, plain, sum, type Units, units } from '../../../src/domain/decimal.ts';
import {
  closeNamedParcels,
  closeParcels,
  costBaseOf,
  inClosingOrder,
  insertByAge,
  type Parcel,
  parcelUnits,
  redistributeUnits,
  splitParcel,
  takeOldest,
} from '../../../src/domain/ledger/parcel.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { on, parcelText } from '../../support/ledger.ts';

const parcel = (id: string, held: string, cost: string | undefined, acquired = '2025-01-02'): Parcel => ({
  id,
  portfolio: 'main',
  code: parseCode('ABC'),
  acquiredOn: on(acquired),
  units: units(held),
  cost: cost === undefined ? undefined : money(cost),
});
const ids = (parcels: readonly Parcel[]): string[] => parcels.map(each => each.id);
const taken = (closing: ReturnType<typeof closeParcels>): string[] =>
  'problem' in closing
    ? [closing.problem]
    : closing.taken.map(part => `${part.parcel.id} ${plain(part.units)} ${part.cost ? plain(part.cost) : '?'}`);

describe('the order of closing', () => {
  const parcels = [
    parcel('a', '10', '100', '2025-01-02'),
    parcel('b', '10', '300', '2025-02-03'),
    parcel('c', '10', undefined, '2025-03-03'),
    parcel('d', '10', '200', '2025-04-01'),
  ];

  it('is oldest first, newest first, or dearest per unit first with unknown costs last', () => {
    expect(ids(inClosingOrder(parcels, 'fifo'))).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(inClosingOrder(parcels, 'lifo'))).toEqual(['d', 'c', 'b', 'a']);
    expect(ids(inClosingOrder(parcels, 'highest-cost'))).toEqual(['b', 'd', 'a', 'c']);
  });

  it('takes equal costs by age', () => {
    const equal = [
      parcel('a', '10', '100'),
      parcel('b', '20', '200', '2025-01-03'),
      parcel('c', '1', '10', '2025-01-04'),
    ];
    expect(ids(inClosingOrder(equal, 'highest-cost'))).toEqual(['a', 'b', 'c']);
  });

  it('of one day goes by id, whatever order the parcels come in; unknown costs and parcels without units too', () => {
    const list: Parcel[] = [];
    for (const id of ['b', 'd', 'a', 'c']) insertByAge(list, parcel(id, '10', '100'));
    insertByAge(list, parcel('b', '20', '900'));
    // One of the same day and id comes after the one that was there.
    expect(list.map(each => `${each.id} ${plain(each.units)}`)).toEqual(['a 10', 'b 10', 'b 20', 'c 10', 'd 10']);
    const dear = [
      parcel('z', '10', undefined, '2025-01-01'),
      parcel('y', '10', '500', '2025-02-01'),
      parcel('x', '10', undefined, '2024-01-01'),
      parcel('w', '10', '500', '2025-02-01'),
    ];
    expect(ids(inClosingOrder(dear, 'highest-cost'))).toEqual(['w', 'y', 'x', 'z']);
    expect(ids(inClosingOrder(dear.toReversed(), 'highest-cost'))).toEqual(['w', 'y', 'x', 'z']);
    const empty = [parcel('b', '0', '500', '2025-02-01'), parcel('a', '10', '10', '2025-01-01')];
    expect(ids(inClosingOrder(empty, 'highest-cost'))).toEqual(['a', 'b']);
    expect(ids(inClosingOrder(empty.toReversed(), 'highest-cost'))).toEqual(['a', 'b']);
  });

  it('from the front of a list in place is what closing oldest first takes and leaves', () => {
    for (const wanted of ['4', '10', '25', '40']) {
      const list = [...parcels];
      const inPlace = { taken: takeOldest(list, units(wanted)), left: list };
      expect(inPlace).toEqual(closeParcels(parcels, units(wanted), 'fifo'));
    }
    const list = [...parcels];
    expect(taken({ taken: takeOldest(list, units('15')), left: list })).toEqual(['a 10 100', 'b 5 150']);
    expect(list.map(parcelText)).toEqual(['ABC 5 150 2025-02-03', 'ABC 10 ? 2025-03-03', 'ABC 10 200 2025-04-01']);
  });

  it('a parcel that comes late takes the place of its age', () => {
    const list = [parcel('a', '1', '1', '2025-01-02'), parcel('b', '1', '1', '2025-03-03')];
    insertByAge(list, parcel('c', '1', '1', '2025-02-03'));
    insertByAge(list, parcel('d', '1', '1', '2024-02-03'));
    expect(ids(list)).toEqual(['d', 'a', 'c', 'b']);
  });
});

it('the cost base of parcels is unknown where that of any is', () => {
  const known = [parcel('a', '1', '10.10'), parcel('b', '1', '20.20')];
  expect(String(costBaseOf(known))).toBe('30.3');
  const unknown = parcel('c', '1', undefined);
  expect([costBaseOf([...known, unknown]), costBaseOf([unknown, ...known])]).toEqual([undefined, undefined]);
});

describe('taking a part', () => {
  it('gives the odd cent to what is sold, and the two always sum', () => {
    const { taken: part, rest } = splitParcel(parcel('a', '3', '10.00'), units('1'));
    expect([part.cost && plain(part.cost), rest && parcelText(rest)]).toEqual(['3.33', 'ABC 2 6.67 2025-01-02']);
    const second = splitParcel(rest!, units('1'));
    expect([second.taken.cost && plain(second.taken.cost), second.rest?.cost && plain(second.rest.cost)]).toEqual([
      '3.34',
      '3.33',
    ]);
  });

  it('keeps an unknown cost unknown in both', () => {
    const { taken: part, rest } = splitParcel(parcel('a', '3', undefined), units('1'));
    expect([part.cost, rest?.cost]).toEqual([undefined, undefined]);
  });

  it('leaves nothing of a whole parcel', () => {
    expect(splitParcel(parcel('a', '3', '10'), units('3')).rest).toBeUndefined();
  });
});

describe('named parcels', () => {
  const parcels = [parcel('parcel-0001', '10', '100', '2025-01-02'), parcel('parcel-0002', '5', '80', '2025-01-02')];

  it('are found by id, by its last characters, and by date; a date may mean several', () => {
    const choices = [
      { parcel: '0002', units: units('1') },
      { parcel: '2025-01-02', units: units('12') },
    ];
    expect(taken(closeNamedParcels(parcels, units('13'), choices))).toEqual([
      'parcel-0002 1 16',
      'parcel-0001 10 100',
      'parcel-0002 2 32',
    ]);
  });

  it.each([
    [[{ parcel: '0009', units: units('2') }], 'there is no open parcel "0009"'],
    [[{ parcel: '002', units: units('2') }], 'there is no open parcel "002"'],
    [[{ parcel: '0002', units: units('1') }], 'the named parcels hold 1 of the 2 units'],
  ])('says what is wrong with %j', (choices, problem) => {
    expect(taken(closeNamedParcels(parcels, units('2'), choices))).toEqual([problem]);
  });

  it('counts what an earlier choice of the same sale has taken', () => {
    const choices = [
      { parcel: '0002', units: units('3') },
      { parcel: 'parcel-0002', units: units('3') },
    ];
    expect(taken(closeNamedParcels(parcels, units('6'), choices))).toEqual(['parcel "parcel-0002" has 2 units, not 3']);
  });
});

describe('new units for the same parcels', () => {
  it('1,234 units that become 124 in two parcels sum to 124 and keep cost and dates', () => {
    const after = redistributeUnits(
      [parcel('a', '1000', '400.00'), parcel('b', '234', '167.89', '2025-02-03')],
      units('124'),
    );
    expect(after.map(parcelText)).toEqual(['ABC 100 400 2025-01-02', 'ABC 24 167.89 2025-02-03']);
  });

  it('takes decimals rather than leave a parcel empty', () => {
    const after = redistributeUnits([parcel('a', '999', '1'), parcel('b', '1', '2')], units('10'));
    expect(plain(parcelUnits(after))).toBe('10');
    for (const each of after) expect(compare(each.units, units('0'))).toBe(1);
  });
});

const some = fc.array(
  fc.record({ held: fc.integer({ min: 1, max: 500 }), cents: fc.integer({ min: 0, max: 1_000_000 }) }),
  { minLength: 1, maxLength: 12 },
);

describe('laws', () => {
  it('units and cents conserve through any closing by any method', () => {
    fc.assert(
      fc.property(
        some,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.constantFrom('fifo', 'lifo', 'highest-cost'),
        (drawn, share, method) => {
          const parcels = drawn.map(({ held, cents }, index) =>
            parcel(`p${String(index).padStart(2, '0')}`, String(held), (cents / 100).toFixed(2)),
          );
          const held = parcelUnits(parcels);
          const wanted = units(String(Math.max(1, Math.floor(Number(plain(held)) * share))));
          const closing = closeParcels(parcels, wanted, method);
          if ('problem' in closing) throw new Error(closing.problem);
          const unitsTaken = sum<Units>(
            closing.taken.map(part => part.units),
            units('0'),
          );
          expect(plain(unitsTaken)).toBe(plain(wanted));
          expect(plain(parcelUnits(closing.left))).toBe(plain(held.minus(wanted) as Units));
          const costs = [...closing.taken.map(part => part.cost), ...closing.left.map(each => each.cost)];
          const paid = sum(
            parcels.map(each => each.cost ?? noMoney),
            noMoney,
          );
          expect(
            plain(
              sum(
                costs.map(cost => cost ?? noMoney),
                noMoney,
              ),
            ),
          ).toBe(plain(paid));
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });
});
