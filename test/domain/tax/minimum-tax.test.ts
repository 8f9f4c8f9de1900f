import { describe, expect, it } from 'vitest';
import { money, plain } from '../../../src/domain/decimal.ts';
import { minimumTaxGap, residentTax, taxedParts } from '../../../src/domain/tax/minimum-tax.ts';

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

describe('the parts of an income', () => {
  it('are those of the brackets that it reaches, lowest first', () => {
    const parts = (taxable: string, year = 2026) =>
      taxedParts(money(taxable), year)?.map(each => [each.above, each.part, each.rate].map(plain).join(' '));
    expect(parts('18200')).toEqual([]);
    expect(parts('45000')).toEqual(['18200 26800 0.16']);
    expect(parts('200000')).toEqual(['18200 26800 0.16', '45000 90000 0.3', '135000 55000 0.37', '190000 10000 0.45']);
    expect(parts('20000', 2024)).toBeUndefined();
  });
});

describe('the gap to the minimum tax of 30%', () => {
  const gap = (base: string, netCapitalGain: string, otherIncome: string, year = 2028): string | undefined => {
    const facts = { base: money(base), netCapitalGain: money(netCapitalGain), otherIncome: money(otherIncome) };
    const found = minimumTaxGap(facts, year);
    return found && plain(found);
  };

  it('is all of it where the rest of the income is under the threshold', () => {
    expect(gap('10000', '10000', '8200')).toBe('3000');
  });

  it('is the difference where the bracket is below 30%', () => {
    // 30% of 10,000 less 14% of 10,000.
    expect(gap('10000', '10000', '30000')).toBe('1600');
  });

  it('is of the later gain alone, on top of all other income and gains', () => {
    // 10,000 of 15,000 are later: 30% of 10,000 less the tax from 35,000 to 45,000, which is 14%.
    expect(gap('10000', '15000', '30000')).toBe('1600');
    // Across the border at 45,000: 3,000 less 5,000 x 14% less 5,000 x 30%.
    expect(gap('10000', '10000', '40000')).toBe('800');
  });

  it('a loss of other income takes from the gain, down to nothing', () => {
    expect(gap('10000', '10000', '-50000')).toBe('3000');
    expect(gap('0', '0', '30000')).toBe('0');
  });

  it('is in cents', () => {
    // 30% of 0.05 is 0.015: 0.02 less the tax of 0.01 (14% of 0.05 is 0.007).
    expect(gap('0.05', '0.05', '18200')).toBe('0.01');
  });

  it('is unknown of years before the rates held here', () => {
    expect(gap('10000', '10000', '30000', 2024)).toBeUndefined();
  });

  it('is nothing where the bracket is 30% or more', () => {
    expect(gap('10000', '10000', '45000')).toBe('0');
    expect(gap('10000', '15000', '200000')).toBe('0');
  });
});
