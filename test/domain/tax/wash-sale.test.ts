import { expect, it } from 'vitest';
import { washSales } from '../../../src/domain/tax/wash-sale.ts';
import { gainsOf } from '../../support/capital-gains.ts';
import { entriesOf } from '../../support/ledger.ts';

const found = (...lines: string[]): string[] =>
  washSales(gainsOf(lines), entriesOf(lines)).map(each => `${each.code} ${each.soldOn} ${each.boughtOn}`);
const bought = 'buy 100 ABC @ 10 on 2024-01-05';
const loss = 'sell 100 ABC @ 8 on 2025-06-10';

it.each([
  ['30 days after', 'buy 50 ABC @ 8 on 2025-07-10', true],
  ['31 days after', 'buy 50 ABC @ 8 on 2025-07-11', false],
  ['on the day', 'buy 50 ABC @ 8 on 2025-06-10', true],
  ['of another code', 'buy 50 XYZ @ 8 on 2025-06-11', false],
])('a loss sale and a buy %s', (_, buy, is) => {
  expect(found(bought, loss, buy).length).toBe(is ? 1 : 0);
});

it('a buy 30 days before counts, one 31 days before does not', () => {
  const sale = 'sell 100 ABC @ 8 parcel 2024-01-05:100 on 2025-06-10';
  expect(found(bought, 'buy 50 ABC @ 8 on 2025-05-11', sale)).toEqual(['ABC 2025-06-10 2025-05-11']);
  expect(found(bought, 'buy 50 ABC @ 8 on 2025-05-10', sale)).toEqual([]);
});

it('neither a sale at a gain nor the buy of the parcel sold is one', () => {
  expect(found(bought, 'sell 100 ABC @ 12 on 2025-06-10', 'buy 50 ABC @ 8 on 2025-06-11')).toEqual([]);
  expect(found('buy 100 ABC @ 10 on 2025-06-01', loss)).toEqual([]);
});

it('a buy of lately that is sold in the same sale is none, at a gain or a loss', () => {
  // 100 of 2024 at a loss of 200, and 50 of 1 June at a gain of 50.
  const lines = [bought, 'buy 50 ABC @ 7 on 2025-06-01', 'sell 150 ABC @ 8 on 2025-06-10'];
  expect(found(...lines)).toEqual([]);
  expect(found(...lines, 'buy 5 ABC @ 8 on 2025-06-11')).toEqual(['ABC 2025-06-10 2025-06-11']);
});

it('each loss sale has its own buys, once where it sold two parcels at a loss', () => {
  const lines = [
    bought,
    'buy 10 ABC @ 11 on 2024-01-06',
    'sell 105 ABC @ 8 on 2025-03-10',
    'buy 7 ABC @ 8 on 2025-03-20',
    'sell 5 ABC @ 8 on 2025-06-10',
    'buy 8 ABC @ 8 on 2025-06-20',
  ];
  expect(found(...lines)).toEqual(['ABC 2025-03-10 2025-03-20', 'ABC 2025-06-10 2025-06-20']);
});

it('a buy that another sale sold later is one', () => {
  // 50 of 11 June at 8 are sold at a gain of 100 in August.
  const lines = [bought, loss, 'buy 50 ABC @ 8 on 2025-06-11', 'sell 50 ABC @ 10 on 2025-08-11'];
  expect(found(...lines)).toEqual(['ABC 2025-06-10 2025-06-11']);
});

it('neither units that came otherwise, nor a gain on a return of capital, make one', () => {
  expect(found(bought, loss, 'drp ABC 5 @ 8 dividend 40 on 2025-06-11')).toEqual([]);
  expect(found(bought, loss, 'opening 5 ABC cost 40 on 2025-06-11')).toEqual([]);
  expect(found(bought, 'return-of-capital ABC 15 on 2025-06-10', 'buy 50 ABC @ 8 on 2025-06-11')).toEqual([]);
  expect(
    found('opening 10 ABC cost unknown on 2024-01-05', 'sell 10 ABC @ 1 on 2025-06-10', 'buy 5 ABC @ 8 on 2025-06-11'),
  ).toEqual([]);
});
