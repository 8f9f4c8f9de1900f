import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import type { IncomeTotals } from '../../../src/domain/tax/income-totals.ts';
import { type IncomeYear, incomeYear } from '../../../src/domain/tax/income-year.ts';
import { on } from '../../support/ledger.ts';
import { type BookOptions, booksOf } from '../../support/owner-books.ts';

const today = on('2027-03-01');
const yearOf = (lines: readonly string[], options: BookOptions = {}, fy = 2026): IncomeYear =>
  incomeYear(booksOf(lines, options), fy, today);
const totals = (year: IncomeYear, ...names: (keyof IncomeTotals)[]): string[] =>
  names.map(name => plain(year.totals[name]));

describe('dividends of companies', () => {
  const held = 'buy 1000 BHP @ 40 on 2024-01-05';

  it('are of the year they are paid in; the stated credit wins, else it is at 30% and flagged', () => {
    const year = yearOf([
      held,
      'dividend BHP 70 franked 100% ex 2025-06-10 on 2025-07-01',
      'dividend BHP 70 franked 100% credit 25 ex 2026-03-05 on 2026-06-30',
      'dividend BHP 70 franked 100% ex 2026-06-10 on 2026-07-01',
    ]);
    expect(year.dividends.map(line => [line.paidOn, line.frankingCredit?.toFixed(), line.creditAssumed])).toEqual([
      ['2025-07-01', '30', true],
      ['2026-06-30', '25', false],
    ]);
    expect(totals(year, 'dividends', 'franked', 'unfranked', 'creditsAllowed', 'assessable')).toEqual([
      '140',
      '140',
      '0',
      '55',
      '195',
    ]);
  });

  it('a reinvested one is assessable whole', () => {
    const year = yearOf([held, 'drp BHP 12 @ 12.345 dividend 156.51 franked 100% residual 11.57 on 2026-03-05']);
    expect([year.dividends[0]?.kind, ...totals(year, 'dividends')]).toEqual(['drp', '156.51']);
  });

  it('without a stated franking have an unknown credit, and the coverage says so', () => {
    const year = yearOf([held, 'dividend BHP 70 on 2026-03-05', 'dividend BHP 30 franked 0% on 2026-03-06']);
    expect(year.dividends.map(line => [line.creditAllowed?.toFixed(), line.reason])).toEqual([
      [undefined, 'franking not stated'],
      ['0', undefined],
    ]);
    expect([year.coverage, ...totals(year, 'dividends', 'assessable')]).toEqual([0.5, '100', '100']);
    expect(year.warnings[0]).toBe('1 of 2 dividends have no franking stated: their credits are unknown');
  });
});

describe('the 45-day rule', () => {
  // Bought on 3 August 2026: a sale on 17 September is 44 days at risk, on 18 September 45.
  const lines = (sold: string, amount: string) => [
    'buy 1000 BHP @ 40 on 2026-08-03',
    `dividend BHP ${amount} franked 100% ex 2026-08-20 on 2026-09-24`,
    `sell 1000 BHP @ 41 on ${sold}`,
  ];
  // A credit of 5,000.01: more than a small holder may have.
  const large = '11666.69';

  it.each([
    ['2026-09-17', '0'],
    ['2026-09-18', '5000.01'],
  ])('sold on %s: %s is allowed', (sold, allowed) => {
    const year = yearOf(lines(sold, large), {}, 2027);
    expect(totals(year, 'frankingCredits', 'creditsAllowed')).toEqual(['5000.01', allowed]);
  });

  it('a failed credit gives neither offset nor gross-up', () => {
    const year = yearOf(lines('2026-09-17', large), {}, 2027);
    expect(totals(year, 'creditsDenied', 'assessable')).toEqual(['5000.01', large]);
    expect(year.dividends[0]?.reason).toBe('held at risk for fewer than 45 days');
  });

  it('is not asked of an individual whose credits do not exceed 5,000.00, but of everyone else', () => {
    // 11,666.67 x 30 / 70 = 5,000.00.
    const small = lines('2026-09-17', '11666.67');
    expect(totals(yearOf(small, {}, 2027), 'frankingCredits', 'creditsAllowed')).toEqual(['5000', '5000']);
    expect(totals(yearOf(small, { taxpayer: 'smsf' }, 2027), 'creditsAllowed')).toEqual(['0']);
  });

  it('counts the credits of statements towards the 5,000', () => {
    const both = [
      ...lines('2026-09-17', '11666.67'),
      'buy 10 VAS @ 90 on 2026-07-01',
      'distribution VAS 5 ex 2026-10-01 on 2026-10-16',
      'statement VAS fy 2027 franked 5, franking-credit 0.01',
    ];
    expect(totals(yearOf(both, {}, 2027), 'creditsAllowed', 'creditsDenied')).toEqual(['0.01', '5000']);
  });

  it('without an ex-date keeps the credit and says that it was not asked', () => {
    const year = yearOf(['buy 9 BHP @ 40 on 2025-08-03', 'dividend BHP 70 franked 100% on 2025-09-24'], {
      taxpayer: 'smsf',
    });
    expect([year.dividends[0]?.creditAllowed?.toFixed(), year.dividends[0]?.reason]).toEqual([
      '30',
      'no ex-date is recorded: the 45-day rule was not asked',
    ]);
  });
});

describe('trusts and ETFs', () => {
  const held = 'buy 100 VAS @ 90 on 2024-01-05';
  const cash = [
    'distribution VAS 50 ex 2025-10-01 on 2025-10-16',
    'distribution VAS 80 ex 2026-07-01 on 2026-07-16 fy 2026',
    'distribution VAS 60 ex 2026-10-01 on 2026-10-16',
  ];

  it('a June distribution paid in July is of the old year; without a statement the income is unknown', () => {
    const year = yearOf([held, ...cash]);
    const [vas] = year.trusts;
    expect([vas?.cash.toFixed(), vas?.components, vas?.reason]).toEqual([
      '130',
      undefined,
      'no tax statement for FY2026 is entered, so its income is unknown',
    ]);
    expect([year.coverage, ...totals(year, 'unattributedCash', 'assessable')]).toEqual([0, '130', '0']);
    expect(year.warnings[0]).toContain('No tax statement for FY2026 of VAS');
  });

  it('the statement takes the place of the cash', () => {
    const year = yearOf([
      held,
      ...cash,
      'statement VAS fy 2026 franked 40, unfranked 10, other-income 20, interest 5, franking-credit 17.14, discount-gains 30, foreign-income 12, foreign-tax-offset 1.5, tfn-withheld 3',
    ]);
    expect(totals(year, 'trustIncome', 'frankingCredits', 'foreignIncome', 'foreignTaxPaid', 'tfnWithheld')).toEqual([
      '75',
      '17.14',
      '12',
      '1.5',
      '3',
    ]);
    // Gains are not income here: the capital gains report has them, doubled.
    expect([year.coverage, ...totals(year, 'assessable', 'unattributedCash')]).toEqual([1, '104.14', '0']);
  });

  it('an ETF is one by its kind, however its payment was recorded', () => {
    const year = yearOf([held, 'dividend VAS 50 franked 80% on 2025-10-16'], { kinds: { VAS: 'etf' } });
    expect([year.dividends.length, year.trusts.length]).toEqual([0, 1]);
  });
});

describe('tax withheld, foreign income, LICs, interest', () => {
  const held = 'buy 1000 RMD @ 30 on 2024-01-05';

  it('what is withheld is for want of a TFN, or foreign tax where declared in another currency and unfranked', () => {
    const year = yearOf([
      held,
      'dividend RMD 100 franked 0% withheld 15 declared 65 USD at 0.65 on 2026-03-05',
      'dividend BHP 70 franked 0% withheld 32.90 on 2026-03-05',
      'dividend BHP 70 franked 100% withheld 1 declared 45.5 USD at 0.65 on 2026-03-06',
    ]);
    expect(totals(year, 'foreignIncome', 'foreignTaxPaid', 'foreignTaxOffset', 'tfnWithheld', 'dividends')).toEqual([
      '100',
      '15',
      '15',
      '33.9',
      '140',
    ]);
  });

  it('foreign tax is offset up to 1,000, and what was paid is shown', () => {
    const line = 'dividend RMD 9000 franked 0% withheld 1350 declared 5850 USD at 0.65 on 2026-03-05';
    expect(totals(yearOf([held, line]), 'foreignTaxPaid', 'foreignTaxOffset')).toEqual(['1350', '1000']);
  });

  it.each([
    ['individual', '50'],
    ['trust', '50'],
    ['smsf', '33.33'],
    ['company', '0'],
  ] as const)('the deduction of a LIC capital gain of 100 in the hands of %s is %s', (taxpayer, deduction) => {
    const year = yearOf([held, 'dividend AFI 300 franked 100% lic 100 on 2026-03-05'], { taxpayer });
    expect(totals(year, 'licDeduction')).toEqual([deduction]);
  });

  it('interest is of the year it is paid in', () => {
    const year = yearOf(['interest 10.05 on 2025-06-30', 'interest 20.10 on 2025-07-01', 'interest 5 on 2026-06-30']);
    expect(totals(year, 'interest', 'assessable')).toEqual(['25.1', '25.1']);
  });
});

it('law: what the owners of a joint portfolio report sums to the whole', () => {
  const cents = fc.integer({ min: 1, max: 200_000 }).map(value => (value / 100).toFixed(2));
  fc.assert(
    fc.property(cents, cents, fc.integer({ min: 1, max: 99 }), (dividend, component, first) => {
      const lines = [
        'buy 1000 BHP @ 40 on 2024-01-05',
        `dividend BHP ${dividend} franked 60% ex 2026-02-20 on 2026-03-05`,
        `interest ${component} on 2026-03-05`,
        `distribution VAS ${component} on 2026-03-05`,
        `statement VAS fy 2026 franked ${component}, unfranked ${dividend}, franking-credit ${dividend}`,
      ];
      const owners = [
        ['Ann', String(first)],
        ['Bob', String(100 - first)],
      ] as const;
      const whole = yearOf(lines).totals;
      const parts = [0, 1].map(at => yearOf(lines, { owners, at }).totals);
      for (const name of [
        'dividends',
        'franked',
        'frankingCredits',
        'trustIncome',
        'interest',
        'assessable',
      ] as const) {
        const summed = parts.reduce(
          (total, each) => total.plus(each[name]),
          parts[0]?.dividends.minus(parts[0].dividends) ?? whole[name],
        );
        expect(plain(summed), name).toBe(plain(whole[name]));
      }
    }),
    { numRuns: 40 },
  );
});
