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

describe('the lines of a year', () => {
  const held = ['buy 1000 BHP @ 40 on 2024-01-05', 'buy 1000 CSL @ 200 on 2024-01-05'];

  it('are in the order of payment, and of codes on one day', () => {
    const year = yearOf([
      ...held,
      'dividend BHP 1 franked 0% on 2026-03-05',
      'dividend CSL 2 franked 0% on 2026-03-05',
      'dividend CSL 3 franked 0% on 2026-03-04',
      'dividend BHP 4 franked 0% on 2026-03-06',
      'dividend AFI 5 franked 0% on 2026-03-05',
    ]);
    expect(year.dividends.map(line => `${line.paidOn} ${line.code} ${plain(line.amount)}`)).toEqual([
      '2026-03-04 CSL 3',
      '2026-03-05 AFI 5',
      '2026-03-05 BHP 1',
      '2026-03-05 CSL 2',
      '2026-03-06 BHP 4',
    ]);
  });

  it('of trusts are by code, each with its own payments and statements', () => {
    const year = yearOf([
      'distribution VGS 30 on 2026-01-16',
      'distribution VAS 50 on 2026-01-16',
      'distribution VGS 20 on 2025-10-16',
      'statement VGS fy 2026 franked 7',
      'statement VAS fy 2027 franked 8',
      'statement A200 fy 2026 franked 9',
    ]);
    expect(
      year.trusts.map(each => [
        each.code,
        plain(each.cash),
        each.payments.map(line => line.paidOn),
        each.components?.franked?.toFixed(),
      ]),
    ).toEqual([
      ['A200', '0', [], '9'],
      ['VAS', '50', ['2026-01-16'], undefined],
      ['VGS', '50', ['2025-10-16', '2026-01-16'], '7'],
    ]);
    expect(year.coverage).toBe(2 / 3);
  });

  it('name their portfolio and where they were imported from', () => {
    const books = booksOf(['dividend BHP 70 franked 100% on 2026-03-05', 'interest 5 on 2026-03-05']);
    const entries = books.entries.map(each => ({ ...each, batch: 'batch-1', sourceKey: `row of ${each.id}` }));
    const year = incomeYear({ ...books, entries }, 2026, today);
    expect(year.dividends[0]).toMatchObject({
      entry: 'entry-001',
      portfolioName: 'Main',
      batch: 'batch-1',
      sourceKey: 'row of entry-001',
      reason: 'the credit is reckoned at the company rate of 30%',
    });
    expect(year.interest[0]).toMatchObject({ entry: 'entry-002', portfolioName: 'Main', paidOn: '2026-03-05' });
    expect([year.owner.name, year.financialYear, year.smallHolder, year.coverage]).toEqual(['Ann', 2026, true, 1]);
  });

  it('of portfolios that the owner has no part in are not the owner’s', () => {
    const lines = [
      'dividend BHP 70 franked 100% on 2026-03-05',
      'interest 5 on 2026-03-05',
      'distribution VAS 50 on 2026-01-16',
      'statement VAS fy 2026 franked 8',
    ];
    const books = booksOf(lines);
    const portfolios = books.portfolios.map(each => ({ ...each, id: 'other', name: 'Other' }));
    const year = incomeYear({ ...books, portfolios }, 2026, today);
    expect([year.dividends, year.trusts, year.interest, year.warnings]).toEqual([[], [], [], []]);
    expect(plain(year.totals.assessable)).toBe('0');
    const both = incomeYear({ ...books, portfolios: [...portfolios, ...books.portfolios] }, 2026, today);
    expect(both.interest.map(line => line.portfolioName)).toEqual(['Main']);
  });

  it('a share by its kind and its payments is none of a trust', () => {
    const year = yearOf(['dividend BHP 50 franked 80% on 2025-10-16'], { kinds: { BHP: 'share', VAS: 'etf' } });
    expect([year.dividends.length, year.trusts.length]).toEqual([1, 0]);
  });

  it('a code that has ever paid a distribution or sent a statement is a trust’s in every year', () => {
    const dividend = 'dividend VAS 50 franked 80% on 2025-10-16';
    for (const other of ['distribution VAS 5 on 2024-10-16', 'statement VAS fy 2024 franked 5']) {
      const year = yearOf([dividend, other]);
      expect([year.dividends.length, year.trusts.map(each => plain(each.cash))], other).toEqual([0, ['50']]);
    }
  });
});

describe('what a user should know of a year', () => {
  const foreign = 'dividend RMD 100 franked 0% withheld 15 declared 65 USD at 0.65 on 2026-03-05';

  it('is nothing of one that is over and known', () => {
    expect(yearOf(['dividend BHP 70 franked 100% on 2026-03-05']).warnings).toEqual([]);
  });

  it('trusts without a statement, by name', () => {
    const lines = [
      'distribution VGS 30 on 2026-01-16',
      'distribution VAS 50 on 2026-01-16',
      'distribution A200 50 on 2026-01-16',
      'statement A200 fy 2026 franked 9',
    ];
    expect(yearOf(lines).warnings).toEqual([
      'No tax statement for FY2026 of VAS, VGS: that income is unknown and in no total; enter it: asxos add "statement VAS fy 2026 COMPONENT AMOUNT, ..."',
    ]);
  });

  it('what is taken as foreign income', () => {
    expect(
      yearOf([foreign, foreign.replace('RMD', 'ANZ'), 'dividend BHP 70 franked 0% on 2026-03-05']).warnings,
    ).toEqual(['ANZ, RMD: declared in another currency and unfranked, so taken as foreign income']);
  });

  it('that it is not over, until its last day', () => {
    const warnings = (day: string) =>
      incomeYear(booksOf(['dividend BHP 70 franked 100% on 2026-03-05']), 2026, on(day)).warnings;
    expect(warnings('2026-06-30')).toEqual(['FY2026 is not over: the figures are of what is recorded so far']);
    expect(warnings('2026-07-01')).toEqual([]);
  });
});

it('the totals hold what is known of every kind: companies, trusts stated and not, other countries, interest', () => {
  const year = yearOf(
    [
      // 70 + 30 credit: sold after 2 of 45 days, so denied. 140 + 60: held for years, so kept.
      'buy 100 CSL @ 200 on 2026-02-02',
      'sell 100 CSL @ 200 on 2026-02-05',
      'dividend CSL 70 franked 100% ex 2026-02-04 on 2026-03-05',
      'buy 100 BHP @ 40 on 2024-01-05',
      'dividend BHP 200 franked 70% withheld 3 ex 2026-02-04 on 2026-03-05',
      'dividend AFI 300 franked 0% lic 100 on 2026-03-05',
      'dividend RMD 100 franked 0% withheld 15 declared 65 USD at 0.65 on 2026-03-05',
      // 20 of credit for two payments of the same cash: 10 kept, 10 denied as sold the day after.
      'buy 10 VAS @ 90 on 2024-01-05',
      'distribution VAS 50 ex 2025-10-01 on 2025-10-16',
      'sell 10 VAS @ 90 on 2026-01-03',
      'buy 10 VAS @ 90 on 2026-01-05',
      'distribution VAS 50 ex 2026-01-06 on 2026-01-16',
      'sell 10 VAS @ 90 on 2026-01-07',
      'statement VAS fy 2026 franked 40, unfranked 10, interest 5, other-income 20, franking-credit 20, foreign-income 12, foreign-tax-offset 2, tfn-withheld 4, discount-gains 30',
      'distribution VGS 25 withheld 6 on 2026-01-16',
      'interest 11 on 2026-03-05',
    ],
    { taxpayer: 'smsf' },
  );
  expect(Object.fromEntries(Object.entries(year.totals).map(([name, amount]) => [name, plain(amount)]))).toEqual({
    dividends: '570',
    franked: '210',
    unfranked: '360',
    frankingCredits: '110',
    creditsAllowed: '70',
    creditsDenied: '40',
    creditsOpen: '0',
    trustIncome: '75',
    unattributedCash: '25',
    interest: '11',
    foreignIncome: '112',
    foreignTaxPaid: '17',
    foreignTaxOffset: '17',
    // Of BHP, the statement's and of the trust without one.
    tfnWithheld: '13',
    // A third of 100.
    licDeduction: '33.33',
    // 570 + 70 + 75 + 112 + 11.
    assessable: '838',
  });
});

it('a credit that is still open is neither allowed nor denied', () => {
  // A super fund bought on 2 February and has them 10 days later: the sale that keeps the credit is of 20 March or later.
  const books = booksOf(
    [
      'buy 100 BHP @ 200 on 2026-02-02',
      'dividend BHP 70 franked 100% ex 2026-02-04 on 2026-02-09',
      'buy 10 VAS @ 90 on 2026-02-02',
      'distribution VAS 50 ex 2026-02-04 on 2026-02-09',
      'statement VAS fy 2026 franking-credit 7',
    ],
    { taxpayer: 'smsf' },
  );
  const year = incomeYear(books, 2026, on('2026-02-12'));
  expect(totals(year, 'creditsAllowed', 'creditsDenied', 'creditsOpen', 'assessable')).toEqual(['0', '0', '37', '70']);
  expect(year.dividends[0]?.reason).toBe('still open: a sale before 2026-03-20 loses the credit');
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
