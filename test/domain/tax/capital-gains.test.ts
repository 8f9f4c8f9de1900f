import { describe, expect, it } from 'vitest';
import { decimal, type Money, money, plain } from '../../../src/domain/decimal.ts';
import type { Portfolio } from '../../../src/domain/ledger/portfolio.ts';
import { type CapitalGains, capitalGains, linesOfOwner, yearSoFar } from '../../../src/domain/tax/capital-gains.ts';
import type { OwnerBooks, OwnerFact, OwnerFactName } from '../../../src/domain/tax/owner-books.ts';
import { cpiOf, gainText } from '../../support/capital-gains.ts';
import { on } from '../../support/ledger.ts';
import { type BookOptions, booksOf } from '../../support/owner-books.ts';

const fact = (financialYear: number, name: OwnerFactName, value: string): OwnerFact => ({
  financialYear,
  fact: name,
  value: decimal(value),
});
const gainsOf = (lines: readonly string[], fy: number, options: BookOptions = {}, today = '2040-01-01'): CapitalGains =>
  capitalGains(booksOf(lines, options), fy, on(today));
const text = (amount: Money | undefined): string | undefined => amount && plain(amount);

const bought = 'buy 100 ABC @ 10 on 2024-01-05';
const sold = 'sell 40 ABC @ 20 on 2026-02-03';

describe('a line', () => {
  it('names its portfolio, and the rows that its sale and its parcel were imported from', () => {
    const books = booksOf([bought, sold, 'sell 10 ABC @ 20 on 2026-02-04']);
    const entries = books.entries.map(entry =>
      entry.id === 'entry-003'
        ? entry
        : { ...entry, batch: 'batch-1', sourceKey: entry.id === 'entry-001' ? 'row 7' : 'row 8' },
    );
    const { lines } = capitalGains({ ...books, entries }, 2026, on('2030-01-01')).year;
    expect(lines.map(line => line.portfolioName)).toEqual(['Main', 'Main']);
    expect(lines[0]?.source).toEqual({ entry: 'entry-002', batch: 'batch-1', sourceKey: 'row 8' });
    expect(lines[0]?.parcelSource).toEqual({ entry: 'entry-001', batch: 'batch-1', sourceKey: 'row 7' });
    expect(lines[1]?.source).toEqual({ entry: 'entry-003', batch: undefined, sourceKey: undefined });
  });

  it('of a portfolio that the owner has no part in is not the owner’s', () => {
    const books = booksOf([bought, sold]);
    const other: OwnerBooks = { ...books, portfolios: books.portfolios.map(each => ({ ...each, id: 'other' })) };
    expect(linesOfOwner(books)).toHaveLength(1);
    expect(linesOfOwner(other)).toEqual([]);
  });
});

describe('a year', () => {
  it('has the lines of its own days: 30 June is of the old year, 1 July of the new', () => {
    const lines = [bought, 'sell 10 ABC @ 20 on 2025-06-30', 'sell 20 ABC @ 20 on 2025-07-01'];
    const days = (fy: number) => gainsOf(lines, fy).year.lines.map(line => line.disposedOn);
    expect([days(2025), days(2026)]).toEqual([['2025-06-30'], ['2025-07-01']]);
    const { years, financialYear, owner } = gainsOf(lines, 2026);
    expect([years.map(each => each.financialYear), financialYear, owner.name]).toEqual([[2025, 2026], 2026, 'Ann']);
  });

  it('is covered by the part of its lines whose gain is known, and whole when there are none', () => {
    const unknown = 'opening 10 XYZ cost unknown on 2024-01-05';
    const lines = [bought, unknown, sold, 'sell 10 ABC @ 20 on 2026-02-04', 'sell 5 XYZ @ 3 on 2026-02-05'];
    expect(gainsOf(lines, 2026).coverage).toBe(2 / 3);
    expect(gainsOf(lines, 2027).coverage).toBe(1);
  });

  it('has the other income and the losses brought in that the user gave', () => {
    const facts = [
      fact(2026, 'other-income', '90000'),
      fact(2025, 'other-income', '1'),
      fact(2026, 'losses-brought-in', '150'),
    ];
    const gains = gainsOf([bought, sold], 2026, { facts });
    // 400 less 150, halved.
    expect([text(gains.otherIncome), text(gains.year.netCapitalGain)]).toEqual(['90000', '125']);
    expect([...gains.broughtIn].map(([year, amount]) => [year, plain(amount)])).toEqual([[2026, '150']]);
    expect(gainsOf([bought, sold], 2026).otherIncome).toBeUndefined();
  });
});

describe('the gap to the minimum tax', () => {
  const lines = ['buy 10 ABC @ 1000 on 2027-08-02', 'sell 10 ABC @ 2000 on 2028-01-04'];
  const gap = (options: BookOptions, of = lines): string | undefined => text(gainsOf(of, 2028, options).minimumTaxGap);
  const facts = [fact(2028, 'other-income', '30000')];

  it('is 30% of the later gain less the tax that it bears, where the other income is known', () => {
    // A gain of 10,000 on 30,000 is in the bracket of 14%: 3,000 less 1,400.
    expect(gap({ facts })).toBe('1600');
    expect(gap({})).toBeUndefined();
    expect(gap({ facts: [fact(2027, 'other-income', '30000')] })).toBeUndefined();
  });

  it('is of individuals alone, and unknown where the gain is', () => {
    expect(gap({ facts, taxpayer: 'trust' })).toBeUndefined();
    const unknown = ['opening 10 ABC cost unknown on 2027-08-02', 'sell 10 ABC @ 2000 on 2028-01-04'];
    expect(gap({ facts }, unknown)).toBeUndefined();
  });
});

it('the year so far of joint owners is added up: gains by their discount, losses with those carried in', () => {
  const lines = [
    bought,
    'buy 100 XYZ @ 10 on 2025-12-01',
    sold,
    'sell 50 XYZ @ 12 on 2026-02-03',
    'sell 50 XYZ @ 9 on 2026-02-04',
  ];
  const owners = [
    ['Ann', '50'],
    ['Bob', '50'],
  ] as const;
  const [ann, bob] = [0, 1].map(at => booksOf(lines, { owners, at })) as [OwnerBooks, OwnerBooks];
  const withLoss = { ...ann, facts: [fact(2025, 'losses-brought-in', '7')] };
  // 400 with the discount, 100 without; 50 of loss, and 7 of Ann's carried in.
  const { long, short, losses } = yearSoFar([withLoss, bob], 2026);
  expect([long, short, losses].map(plain)).toEqual(['400', '100', '57']);
  expect(Object.values(yearSoFar([], 2026)).map(plain)).toEqual(['0', '0', '0']);
});

describe('what a user should know', () => {
  it('is nothing of a year that is over and known', () => {
    expect(gainsOf([bought, sold], 2026).warnings).toEqual([]);
  });

  it('a year is not over on its last day, and is the day after', () => {
    const warnings = (today: string) => gainsOf([bought, sold], 2026, {}, today).warnings;
    expect(warnings('2026-06-30')).toEqual(['FY2026 is not over: the figures are of what is recorded so far']);
    expect(warnings('2026-07-01')).toEqual([]);
  });

  it('entries that have no effect', () => {
    expect(gainsOf([bought, 'sell 101 ABC @ 20 on 2026-02-03'], 2026).warnings).toEqual([
      'An entry has no effect: ABC: sell 101, held 100 on 2026-02-03',
    ]);
  });

  it('lines of unknown cost, each code once', () => {
    const lines = [
      'opening 10 XYZ cost unknown on 2024-01-05',
      'opening 10 DEF cost unknown on 2024-01-05',
      'sell 5 XYZ @ 3 on 2026-02-05',
      'sell 5 XYZ @ 3 on 2026-02-06',
      'sell 5 DEF @ 3 on 2026-02-07',
    ];
    expect(gainsOf([...lines, bought, sold], 2026).warnings).toEqual([
      '3 of 4 disposals have no known gain and are in no total: the cost of XYZ, DEF is unknown; give it with asxos entries edit',
    ]);
  });

  it('lines without a market value of 30 June 2027: of sales, and of payments beyond the cost base', () => {
    const warning = (of: string) =>
      `${of} disposals have no known gain and are in no total: ABC has no market value of 30 June 2027; give it: asxos tax market-value set ABC PRICE`;
    const cpi = cpiOf({ '2027Q3': '100', '2027Q4': '101' });
    expect(gainsOf([bought, 'sell 40 ABC @ 20 on 2027-10-05'], 2028, { cpi }).warnings).toEqual([warning('2 of 2')]);
    expect(gainsOf([bought, 'return-of-capital ABC 15 on 2027-10-05'], 2028, { cpi }).warnings).toEqual([
      warning('1 of 1'),
    ]);
  });

  it('an unknown cost is one, market value or not', () => {
    const lines = ['opening 10 XYZ cost unknown on 2024-01-05', 'sell 10 XYZ @ 3 on 2027-08-05'];
    expect(gainsOf(lines, 2028, { marketValues: { XYZ: '2' } }).warnings).toEqual([
      '1 of 2 disposals have no known gain and are in no total: the cost of XYZ is unknown; give it with asxos entries edit',
    ]);
  });

  it('earlier years that are not known, each by itself', () => {
    const lines = [
      'opening 10 XYZ cost unknown on 2023-01-05',
      'sell 5 XYZ @ 3 on 2024-02-05',
      bought,
      'sell 10 ABC @ 20 on 2024-02-05',
      'sell 10 ABC @ 20 on 2025-02-05',
      sold,
    ];
    expect(gainsOf(lines, 2026).warnings).toEqual([
      '1 of 2 disposals of FY2024 have no known gain: the losses carried on from that year may be others',
    ]);
  });

  it('an estimated index, by the quarters that are not known', () => {
    const lines = ['buy 10 ABC @ 10 on 2027-08-02', 'buy 10 XYZ @ 10 on 2027-11-02'];
    const sales = ['sell 10 ABC @ 20 on 2029-02-05', 'sell 10 XYZ @ 20 on 2029-05-05'];
    const warnings = (indexes: Record<string, string>) =>
      gainsOf([...lines, ...sales], 2029, { cpi: cpiOf(indexes) }).warnings;
    const all = { '2027Q3': '100', '2027Q4': '101', '2029Q1': '105', '2029Q2': '106' };
    expect(warnings(all)).toEqual([]);
    const { '2029Q2': _, ...some } = all;
    expect(warnings(some)).toEqual([
      'The indexation of 1 of 2 lines is an estimate: the index of 2029Q2 is not known; enter it: asxos tax cpi set 2029Q2 INDEX',
    ]);
    const { '2027Q3': __, ...without } = all;
    expect(warnings(without)).toEqual([
      'The indexation of 1 of 2 lines is an estimate: the index of 2027Q3 is not known; enter it: asxos tax cpi set 2027Q3 INDEX',
    ]);
    expect(warnings({})).toEqual([
      'The indexation of 2 of 2 lines is an estimate: the index of 2027Q3, 2027Q4, 2029Q1, 2029Q2 is not known; enter it: asxos tax cpi set 2027Q3 INDEX',
    ]);
  });

  it('a wash sale', () => {
    const lines = [bought, 'sell 100 ABC @ 8 on 2026-02-03', 'buy 50 ABC @ 8 on 2026-03-05'];
    const { warnings, washSales } = gainsOf(lines, 2026);
    expect(warnings).toEqual([
      'ABC: sold at a loss on 2026-02-03 and bought on 2026-03-05, within 30 days; the ATO may deny the loss of a wash sale (TR 2008/1)',
    ]);
    expect(washSales.map(each => each.buy)).toEqual(['entry-003']);
  });
});

it('two portfolios of one owner are one year, each line under its own name', () => {
  const books = booksOf([bought, sold]);
  const [main] = books.portfolios as [Portfolio];
  const entries = books.entries.map(each => ({ ...each, id: `x-${each.id}`, portfolio: 'second' }));
  const second = booksOf([]);
  const both = {
    ...books,
    portfolios: [main, { ...main, id: 'second', name: 'Second' }],
    entries: [...books.entries, ...entries],
    ledger: {
      ...second.ledger,
      disposals: books.ledger.disposals.flatMap(each => [each, { ...each, portfolio: 'second' }]),
    },
  };
  const { year } = capitalGains(both, 2026, on('2030-01-01'));
  expect(year.lines.map(line => `${line.portfolioName} ${gainText(line)}`)).toEqual([
    'Main current 400*',
    'Second current 400*',
  ]);
  expect(year.discountGains).toEqual(money('800'));
});
