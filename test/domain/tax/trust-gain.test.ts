import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { trustGains } from '../../../src/domain/tax/trust-gain.ts';
import { type BookOptions, booksOf } from '../../support/owner-books.ts';

const held = 'buy 100 VAS @ 90 on 2024-01-05';
const found = (lines: readonly string[], options: BookOptions = {}): string[] =>
  trustGains(booksOf([held, ...lines], options)).map(
    ({ code, financialYear, discounted, grossedUp, other }) =>
      `${code} ${financialYear} ${[discounted, grossedUp, other].map(plain).join(' ')}`,
  );

describe('the gains of a tax statement', () => {
  it('are those with the discount, as they are shown and doubled, and the others', () => {
    expect(found(['statement VAS fy 2026 discount-gains 150, other-gains 40'])).toEqual(['VAS 2026 150 300 40']);
    expect(found(['statement VAS fy 2026 other-gains 40', 'statement VAS fy 2027 discount-gains 1'])).toEqual([
      'VAS 2026 0 0 40',
      'VAS 2027 1 2 0',
    ]);
  });

  it('are none where it has none', () => {
    expect(found(['statement VAS fy 2026 franked 40, discount-gains 0'])).toEqual([]);
  });

  it('are on the share of each owner, doubled before they are shared, so that the shares sum to the whole', () => {
    const owners = [
      ['Ann', '50'],
      ['Bob', '50'],
    ] as const;
    const statement = ['statement VAS fy 2026 discount-gains 0.01, other-gains 0.03'];
    expect([0, 1].flatMap(at => found(statement, { owners, at }))).toEqual([
      'VAS 2026 0.01 0.01 0.02',
      'VAS 2026 0 0.01 0.01',
    ]);
  });

  it('of a portfolio that the owner has no part in are not the owner’s', () => {
    const books = booksOf([held, 'statement VAS fy 2026 other-gains 40']);
    expect(trustGains({ ...books, portfolios: [] })).toEqual([]);
  });
});
