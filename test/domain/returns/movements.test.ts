import { expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { type Movement, type Movements, movementsOf } from '../../../src/domain/returns/movements.ts';
import { entriesOf, on } from '../../support/ledger.ts';

const bought = 'buy 100 ABC @ 10 fee 9.95 on 2026-03-02';
const of = (lines: readonly string[], until = '2026-12-31'): Movements => {
  const entries = entriesOf(lines);
  return movementsOf(entries, foldLedger(entries), on(until));
};

/** What is not nothing of a movement, in dollars: `ABC money in 1009.95 costs 9.95`. */
function text({ code, way, units, costBase, exchange, ...amounts }: Movement): string {
  const dollars = { in: amounts.putIn, out: amounts.takenOut, income: amounts.income, costs: amounts.costs, costBase };
  const said = Object.entries(dollars).flatMap(([name, cents]) => (cents ? [`${name} ${cents / 100}`] : []));
  const moved = units === undefined ? [] : [`units ${plain(units)}`];
  return [code, way, ...said, ...moved, ...(exchange ? [`by a ${exchange.kind}`] : [])].join(' ');
}
/** Those of the last line. */
const last = (...lines: readonly string[]): string[] =>
  of(lines)
    .ofHoldings.filter(each => each.entry === entriesOf(lines).at(-1)?.id)
    .map(text);

it.each([
  ['the price and the brokerage of a purchase', [bought], ['ABC money in 1009.95 costs 9.95']],
  ['a purchase without brokerage', ['buy 3 ABC @ 1.005 on 2026-03-02'], ['ABC money in 3.02']],
  ['the net proceeds of a sale', [bought, 'sell 10 ABC @ 12 fee 5 on 2026-03-03'], ['ABC money out 115 costs 5']],
  [
    'what a sale costs where it brings less than its brokerage',
    [bought, 'sell 1 ABC @ 0.05 fee 9.95 on 2026-03-03'],
    ['ABC money in 9.9 costs 9.95'],
  ],
  ['nothing where it brings its brokerage', [bought, 'sell 1 ABC @ 5 fee 5 on 2026-03-03'], ['ABC money costs 5']],
  [
    'a dividend after tax withheld',
    [bought, 'dividend ABC 50 withheld 5 on 2026-03-03'],
    ['ABC money out 45 income 50 costs 5'],
  ],
  ['a distribution', [bought, 'distribution ABC 50 on 2026-03-03'], ['ABC money out 50 income 50']],
  [
    'a reinvested dividend, its units at their price',
    [bought, 'drp ABC 5 @ 9 dividend 50 withheld 2 residual 3 on 2026-03-03'],
    ['ABC reinvested in 45 out 48 income 50 costs 2'],
  ],
  ['a return of capital', [bought, 'return-of-capital ABC 0.5 on 2026-03-03'], ['ABC money out 50']],
  [
    'both ends of a demerger with the cost base that went over',
    [bought, 'demerger ABC into NEW 20 cost 20% on 2026-03-03'],
    ['ABC gives costBase 201.99 units 100 by a demerger', 'NEW receives costBase 201.99 units 20 by a demerger'],
  ],
  [
    'the cash of a rollover',
    [bought, 'rollover ABC into NEW 1:2 cash 200 worth 900 on 2026-03-03'],
    [
      'ABC money out 200',
      'ABC gives costBase 826.32 units 100 by a rollover',
      'NEW receives costBase 826.32 units 50 by a rollover',
    ],
  ],
  [
    'a rename',
    [bought, 'rename ABC to NEW on 2026-03-03'],
    ['ABC gives costBase 1009.95 units 100 by a rename', 'NEW receives costBase 1009.95 units 100 by a rename'],
  ],
  [
    'an opening balance',
    ['opening 10 ABC cost 400 acquired 2020-01-06 on 2026-03-02'],
    ['ABC units-in costBase 400 units 10'],
  ],
  ['one of unknown cost', ['opening 10 ABC cost unknown on 2026-03-02'], ['ABC units-in units 10']],
  ['units that come', ['transfer-in 5 ABC cost 60 on 2026-03-02'], ['ABC units-in costBase 60 units 5']],
  ['units that leave', [bought, 'transfer-out 5 ABC on 2026-03-03'], ['ABC units-out units 5']],
  ['nothing of a split', [bought, 'split ABC 2:1 on 2026-03-03'], []],
  ['nothing of a bonus', [bought, 'bonus ABC 20 on 2026-03-03'], []],
  ['nothing of a sale that the ledger refuses', [bought, 'sell 101 ABC @ 12 on 2026-03-03'], []],
  ['nothing of a rename of what is not held', ['rename ABC to NEW on 2026-03-03'], []],
])('the movements are %s', (_, lines, expected) => {
  expect(last(...lines)).toEqual(expected);
});

it('a cost base that is not known stays unknown over an exchange: it is not zero', () => {
  const { ofHoldings } = of(['opening 10 ABC cost unknown on 2026-03-02', 'rename ABC to NEW on 2026-03-03']);
  expect(ofHoldings.map(each => [each.way, each.costBase])).toEqual([
    ['units-in', undefined],
    ['gives', undefined],
    ['receives', undefined],
  ]);
});

it('are in order of time, those of cash apart, up to a day and with it', () => {
  const lines = [
    'interest 3 on 2026-03-05',
    'sell 10 ABC @ 12 on 2026-03-04',
    'deposit 500 on 2026-03-02',
    'fee 7 on 2026-03-04',
    'buy 5 XYZ @ 1 on 2026-03-06',
    'withdraw 40 on 2026-03-06',
    'buy 10 ABC @ 10 on 2026-03-03',
  ];
  const { ofHoldings, ofCash } = of(lines, '2026-03-05');
  expect(ofHoldings.map(each => `${each.on} ${each.entry} ${text(each)}`)).toEqual([
    '2026-03-03 entry-007 ABC money in 100',
    '2026-03-04 entry-002 ABC money out 120',
  ]);
  expect(ofCash).toEqual([
    { entry: 'entry-003', portfolio: 'main', on: '2026-03-02', kind: 'deposit', amount: 50_000 },
    { entry: 'entry-004', portfolio: 'main', on: '2026-03-04', kind: 'fee', amount: 700 },
    { entry: 'entry-001', portfolio: 'main', on: '2026-03-05', kind: 'interest', amount: 300 },
  ]);
  expect(of(lines).ofCash.at(-1)).toMatchObject({ kind: 'withdraw', amount: 4000 });
  // Those of one day stay in the order of their entries.
  const sameDay = of(['buy 1 ABC @ 1 on 2026-03-02', 'buy 2 ABC @ 1 on 2026-03-02', 'buy 3 ABC @ 1 on 2026-03-02']);
  expect(sameDay.ofHoldings.map(each => each.putIn)).toEqual([100, 200, 300]);
});
