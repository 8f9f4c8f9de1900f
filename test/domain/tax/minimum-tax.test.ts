import { describe, expect, it } from 'vitest';
import { money, plain } from '../../../src/domain/decimal.ts';
import { minimumTaxGap, residentTax } from '../../../src/domain/tax/minimum-tax.ts';

const tax = (taxable: string, year: number) => residentTax(money(taxable), year)?.toFixed();

describe('resident tax', () => {
  // ATO, "Tax rates – Australian resident": 4,288 at 45,000; 31,288 at 135,000; 51,638 at 190,000 for 2024-25 and 2025-26.
  it.each([
    ['18200', 2026, '0'],
    ['18201', 2026, '0.16'],
    ['45000', 2026, '4288'],
    ['135000', 2026, '31288'],
    ['190000', 2025, '51638'],
    ['200000', 2026, '56138'],
    ['45000', 2027, '4020'],
    ['45000', 2028, '3752'],
  ])('on %s in the year %i is %s', (taxable, year, due) => {
    expect(tax(taxable, year)).toBe(due);
  });

  it('of years before the rates held here is unknown', () => {
    expect(tax('50000', 2024)).toBeUndefined();
  });
});

describe('the gap to the minimum tax of 30%', () => {
  const gap = (base: string, netCapitalGain: string, otherIncome: string): string | undefined => {
    const facts = { base: money(base), netCapitalGain: money(netCapitalGain), otherIncome: money(otherIncome) };
    const found = minimumTaxGap(facts, 2028);
    return found && plain(found);
  };

  it('is all of it where the rest of the income is under the threshold', () => {
    expect(gap('10000', '10000', '8200')).toBe('3000');
  });

  it('is the difference where the bracket is below 30%', () => {
    // 30% of 10,000 less 14% of 10,000.
    expect(gap('10000', '10000', '30000')).toBe('1600');
  });

  it('is nothing where the bracket is 30% or more', () => {
    expect(gap('10000', '10000', '45000')).toBe('0');
    expect(gap('10000', '15000', '200000')).toBe('0');
  });
});
