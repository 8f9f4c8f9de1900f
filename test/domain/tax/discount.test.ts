import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { plain } from '../../../src/domain/decimal.ts';
import { taxpayers } from '../../../src/domain/ledger/portfolio.ts';
import { discountEligibleFrom, hasDiscount, isDiscountEligible, taxedPart } from '../../../src/domain/tax/discount.ts';
import { on } from '../../support/ledger.ts';

describe('the 12-month test', () => {
  it.each([
    ['2001-02-02', '2002-02-03'],
    ['2024-02-02', '2025-02-03'],
    ['2023-03-01', '2024-03-02'],
    ['2023-03-28', '2024-03-29'],
    ['2023-06-30', '2024-07-01'],
    ['2024-02-28', '2025-03-01'],
    ['2024-02-29', '2025-03-01'],
  ])('acquired %s is eligible from %s', (acquired, eligible) => {
    expect(discountEligibleFrom(on(acquired))).toBe(eligible);
    expect(isDiscountEligible(on(acquired), on(eligible))).toBe(true);
    expect(isDiscountEligible(on(acquired), addDays(on(eligible), -1))).toBe(false);
  });
});

describe('the discount', () => {
  it('leaves a half to individuals and trusts, two thirds to a super fund, all to a company', () => {
    const taxed = taxpayers.map(taxpayer => {
      const { part, of } = taxedPart(taxpayer);
      return `${taxpayer} ${plain(part)}/${plain(of)}`;
    });
    expect(taxed).toEqual(['individual 1/2', 'smsf 2/3', 'company 1/1', 'trust 1/2']);
  });

  it.each([
    ['individual', '2026-07-01', '2027-07-02', true],
    ['individual', '2026-07-01', '2027-07-01', false],
    ['individual', '2027-07-01', '2029-01-02', false],
    ['trust', '2027-06-30', '2029-01-02', true],
    ['smsf', '2027-07-01', '2029-01-02', true],
    ['company', '2020-01-02', '2025-01-02', false],
  ] as const)('%s, acquired %s, sold %s: %s', (taxpayer, acquired, sold, has) => {
    expect(hasDiscount(taxpayer, on(acquired), on(sold))).toBe(has);
  });
});
