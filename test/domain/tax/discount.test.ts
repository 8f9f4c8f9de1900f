import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { discountEligibleFrom, isDiscountEligible } from '../../../src/domain/tax/discount.ts';
import { on } from '../../support/ledger.ts';

describe('the 12-month test', () => {
  it.each([
    ['2001-02-02', '2002-02-03'],
    ['2024-02-02', '2025-02-03'],
    ['2023-03-01', '2024-03-02'],
    ['2023-06-30', '2024-07-01'],
    ['2024-02-28', '2025-03-01'],
    ['2024-02-29', '2025-03-01'],
  ])('acquired %s is eligible from %s', (acquired, eligible) => {
    expect(discountEligibleFrom(on(acquired))).toBe(eligible);
    expect(isDiscountEligible(on(acquired), on(eligible))).toBe(true);
    expect(isDiscountEligible(on(acquired), addDays(on(eligible), -1))).toBe(false);
  });
});
