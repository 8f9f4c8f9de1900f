import { describe, expect, it } from 'vitest';
import { decimal, plain } from '../../../src/domain/decimal.ts';
import {
  factOf,
  lossesBroughtIn,
  marginalRate,
  type OwnerFact,
  type OwnerFactName,
  sharesIn,
} from '../../../src/domain/tax/owner-books.ts';
import { booksOf } from '../../support/owner-books.ts';

const fact = (financialYear: number, name: OwnerFactName, value: string): OwnerFact => ({
  financialYear,
  fact: name,
  value: decimal(value),
});
const books = {
  facts: [
    fact(2028, 'marginal-rate-pct', '47'),
    fact(2025, 'marginal-rate-pct', '32'),
    fact(2027, 'other-income', '90000'),
    fact(2026, 'losses-brought-in', '150'),
    fact(2026, 'marginal-rate-pct', '39'),
    fact(2024, 'losses-brought-in', '20'),
  ],
};

describe('the marginal rate', () => {
  it.each([
    [2024, undefined],
    [2025, '32'],
    [2026, '39'],
    [2027, '39'],
    [2028, '47'],
    [2035, '47'],
  ])('of %i is %s: its own, or the last one given before it', (year, rate) => {
    expect(marginalRate(books, year)?.toFixed()).toBe(rate);
  });

  it('is unknown where none is given', () => {
    expect(marginalRate({ facts: [fact(2026, 'other-income', '1')] }, 2026)).toBeUndefined();
  });
});

it('a fact is of its name and its year alone', () => {
  expect(factOf(books, 'other-income', 2027)?.toFixed()).toBe('90000');
  expect([factOf(books, 'other-income', 2026), factOf(books, 'losses-brought-in', 2027)]).toEqual([
    undefined,
    undefined,
  ]);
});

it('losses brought in are by the year they come into', () => {
  expect([...lossesBroughtIn(books)].map(([year, amount]) => [year, plain(amount)])).toEqual([
    [2026, '150'],
    [2024, '20'],
  ]);
});

it('an owner’s share of a portfolio is a place among its owners', () => {
  const owners = [
    ['Ann', '60'],
    ['Bob', '40'],
  ] as const;
  const shareOf = (at: number) => sharesIn(booksOf([], { owners, at })).get('main');
  expect(shareOf(0)?.pcts.map(plain)).toEqual(['60', '40']);
  expect([shareOf(0)?.at, shareOf(1)?.at]).toEqual([0, 1]);
});
