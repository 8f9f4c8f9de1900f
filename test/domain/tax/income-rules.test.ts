import { describe, expect, it } from 'vitest';
import { type IncomeYear, incomeYear } from '../../../src/domain/tax/income-year.ts';
import { on } from '../../support/ledger.ts';
import { type BookOptions, booksOf } from '../../support/owner-books.ts';

const yearOf = (lines: readonly string[], options: BookOptions = {}): IncomeYear =>
  incomeYear(booksOf(lines, options), 2026, on('2027-03-01'));
const held = 'buy 10000 BHP @ 40 on 2024-01-05';
const dividendRulesOf = (line: string, options: BookOptions = {}) => yearOf([held, line], options).dividends[0]?.rules;

describe('the rules of a line', () => {
  it('of a dividend are those of its year, its credit and what was withheld', () => {
    expect(dividendRulesOf('dividend BHP 70 franked 0% on 2026-03-05')).toEqual(['dividend-year']);
    expect(dividendRulesOf('dividend BHP 70 franked 0% withheld 7 lic 30 on 2026-03-05')).toEqual([
      'dividend-year',
      'tax-withheld',
      'lic-deduction',
    ]);
    const franked = ['dividend-year', 'franking-credit', 'franking-offset'];
    expect(dividendRulesOf('dividend BHP 70 franked 100% ex 2026-02-05 on 2026-03-05')).toEqual([
      ...franked,
      'small-holder',
    ]);
    // A credit of 6,000 is above 5,000: the 45-day rule is asked, where the ex-date is known.
    const large = 'dividend BHP 14000 franked 100%';
    expect(dividendRulesOf(`${large} ex 2026-02-05 on 2026-03-05`)).toEqual([...franked, 'holding-period']);
    expect(dividendRulesOf(`${large} on 2026-03-05`)).toEqual(franked);
  });

  it('of a foreign dividend are those of foreign income', () => {
    expect(dividendRulesOf('dividend BHP 70 franked 0% withheld 10 declared 50 USD at 0.70 on 2026-03-05')).toEqual([
      'foreign-income',
    ]);
  });

  it('of a trust are those of its statement, entered or not', () => {
    const paid = ['buy 100 VAS @ 90 on 2024-01-05', 'distribution VAS 50 on 2025-10-16'];
    const stated =
      'statement VAS fy 2026 franked 20, franking-credit 8, discount-gains 5, foreign-income 3, amit-decrease 4';
    expect(yearOf(paid).trusts[0]?.rules).toEqual(['trust-statement']);
    expect(yearOf([...paid, stated]).trusts[0]?.rules).toEqual([
      'trust-statement',
      'franking-offset',
      'small-holder',
      'trust-gains',
      'foreign-income',
      'tax-deferred',
    ]);
  });

  it.each([
    ['franked 20', []],
    ['franking-credit 0, discount-gains 0, tfn-withheld 0', []],
    ['other-gains 5', ['trust-gains']],
    ['discount-gains 5', ['trust-gains']],
    ['foreign-tax-offset 1', ['foreign-income']],
    ['tfn-withheld 2', ['tax-withheld']],
    ['tax-deferred 4', ['tax-deferred']],
    ['amit-decrease 4', ['tax-deferred']],
    ['franking-credit 8', ['franking-offset', 'small-holder']],
  ])('of a statement of %s are %j beside the statement’s', (components, rules) => {
    const lines = ['buy 100 VAS @ 90 on 2024-01-05', `statement VAS fy 2026 ${components}`];
    expect(yearOf(lines).trusts[0]?.rules).toEqual(['trust-statement', ...rules]);
  });

  it('of a large credit of a trust are those of the 45 days, where one of its payments has an ex-date', () => {
    const paid = (...ex: string[]) =>
      yearOf([
        'buy 100 VAS @ 90 on 2024-01-05',
        ...ex.map((each, index) => `distribution VAS 50 ${each} on 2025-10-1${index}`),
        'statement VAS fy 2026 franking-credit 6000',
      ]).trusts[0]?.rules;
    const common = ['trust-statement', 'franking-offset'];
    expect(paid('', '')).toEqual(common);
    expect(paid('ex 2025-10-01', '')).toEqual([...common, 'holding-period']);
    expect(paid()).toEqual(common);
  });

  it('of tax withheld from one of a trust’s payments is its own, stated or not', () => {
    const lines = (withheld: string) => [
      'buy 100 VAS @ 90 on 2024-01-05',
      'distribution VAS 50 on 2025-10-16',
      `distribution VAS 50 ${withheld} on 2026-01-16`,
    ];
    expect(yearOf(lines('withheld 5')).trusts[0]?.rules).toEqual(['trust-statement', 'tax-withheld']);
    expect(yearOf(lines('')).trusts[0]?.rules).toEqual(['trust-statement']);
  });

  it('of what is shared are those of joint owners too', () => {
    const owners = [
      ['Ann', '50'],
      ['Bob', '50'],
    ] as const;
    const joint = (...lines: string[]) => yearOf([held, ...lines], { owners });
    expect(joint('dividend BHP 70 franked 0% on 2026-03-05').dividends[0]?.rules).toEqual([
      'dividend-year',
      'joint-owners',
    ]);
    expect(joint('distribution VAS 50 on 2025-10-16').trusts[0]?.rules).toEqual(['trust-statement', 'joint-owners']);
    expect(joint('statement VAS fy 2026 franked 20').trusts[0]?.rules).toEqual(['trust-statement', 'joint-owners']);
    expect(joint('interest 5 on 2026-03-05').interest[0]?.rules).toEqual(['interest', 'joint-owners']);
  });

  it('of a dividend of unknown franking are those of its year', () => {
    expect(dividendRulesOf('dividend BHP 70 on 2026-03-05')).toEqual(['dividend-year']);
  });

  it('of interest is its own', () => {
    expect(yearOf(['interest 5 on 2026-03-05']).interest[0]?.rules).toEqual(['interest']);
  });
});
