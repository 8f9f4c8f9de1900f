import { describe, expect, it } from 'vitest';
import { money, plain } from '../../../src/domain/decimal.ts';
import type { Taxpayer } from '../../../src/domain/ledger/portfolio.ts';
import { discountOn, isIndexed, mayDiscount, regimeStart, taxRules } from '../../../src/domain/tax/rules.ts';
import { on } from '../../support/ledger.ts';

describe('the discount on 1,000', () => {
  it.each<[Taxpayer, string]>([
    ['individual', '500'],
    ['trust', '500'],
    ['smsf', '333.33'],
    ['company', '0'],
  ])('of a taxpayer %s is %s', (taxpayer, discount) => {
    expect(plain(discountOn(money('1000'), taxpayer))).toBe(discount);
    expect(mayDiscount(taxpayer)).toBe(discount !== '0');
  });

  it('is half up, in cents', () => {
    expect(plain(discountOn(money('0.01'), 'individual'))).toBe('0.01');
    expect(plain(discountOn(money('500'), 'smsf'))).toBe('166.67');
  });
});

describe('the regime of 1 July 2027', () => {
  it.each<[Taxpayer, boolean]>([
    ['individual', true],
    ['trust', true],
    ['smsf', false],
    ['company', false],
  ])('is for %s: %s', (taxpayer, is) => {
    expect(isIndexed(taxpayer, regimeStart)).toBe(is);
    expect(isIndexed(taxpayer, on('2027-06-30'))).toBe(false);
  });
});

it('every rule says something, and where it stands', () => {
  for (const [id, { says, source, from }] of Object.entries(taxRules)) {
    expect(says.endsWith('.'), id).toBe(true);
    expect(source, id).not.toBe('');
    expect(from <= '2027-07-01', id).toBe(true);
  }
});
