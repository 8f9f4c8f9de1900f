import { describe, expect, test } from 'vitest';
import type { LocalDate } from '../../../src/domain/date.ts';
import { decimal, plain, price } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import type { Portfolio, Taxpayer } from '../../../src/domain/ledger/portfolio.ts';
import type { DeclaredDividend } from '../../../src/domain/market/price.ts';
import { type AssetKind, type Code, parseCode } from '../../../src/domain/market/security.ts';
import { mayBeOpen, ownerFranking } from '../../../src/domain/tax/franking-at-stake.ts';
import { entriesOf, ledgerOf, on } from '../../support/ledger.ts';

const bhp = parseCode('BHP');
const portfolioOf = (id: string, owners: readonly [string, string][], taxpayer: Taxpayer): Portfolio => ({
  id,
  name: id,
  owners: owners.map(([name, pct]) => ({ id: name, name, taxpayer, pct: decimal(pct) })),
  cashAccount: false,
  method: 'fifo',
  createdAt: 0,
});

type Case = {
  readonly taxpayer?: Taxpayer;
  readonly main: readonly string[];
  readonly joint?: readonly string[];
  readonly declared?: readonly DeclaredDividend[];
  readonly today?: string;
  readonly kinds?: Readonly<Record<string, AssetKind>>;
};
function franking({ taxpayer = 'smsf', main, joint = [], declared = [], today = '2027-01-01', kinds = {} }: Case) {
  const portfolios = [
    portfolioOf('main', [['ann', '100']], taxpayer),
    portfolioOf(
      'joint',
      [
        ['bob', '50'],
        ['ann', '50'],
      ],
      taxpayer,
    ),
  ];
  const entries = [
    ...entriesOf(main),
    ...entriesOf(joint, 'joint').map(entry => ({ ...entry, id: `joint-${entry.id}` })),
  ];
  const books = { portfolios, entries, ledger: foldLedger(entries) };
  const market = {
    declared: (code: Code, from: LocalDate) => declared.filter(each => each.code === code && each.exDate >= from),
    kindOf: (code: Code) => kinds[code],
  };
  return ownerFranking({ id: 'ann', name: 'Ann', taxpayer }, 2027, books, market, on(today));
}
const shown = ({ creditsOfYear, allowed, denied, open, exempt }: ReturnType<typeof franking>): string =>
  `${[creditsOfYear, allowed, denied, open].map(plain).join(' ')}${exempt ? ' exempt' : ''}`;

const bought = ['buy 1000 BHP @ 40 on 2026-08-03', 'dividend BHP 700 franked 100% ex 2026-08-10 on 2026-09-24'];

const dividend: DeclaredDividend = {
  code: bhp,
  exDate: on('2026-08-10'),
  paidOn: on('2026-09-24'),
  perUnit: price('0.70'),
  currency: 'AUD',
  frankedPct: decimal('100'),
};

describe('an owner’s credits', () => {
  test('are allowed, denied or open by the units they came with', () => {
    const sold = [...bought, 'sell 400 BHP @ 41 on 2026-08-24'];
    expect(shown(franking({ main: sold }))).toBe('300 180 120 0');
    expect(shown(franking({ main: sold, today: '2026-09-01' }))).toBe('300 0 120 180');
    const [dividend] = franking({ main: sold, today: '2026-09-01' }).dividends;
    expect(dividend).toMatchObject({ code: 'BHP', owner: 'Ann', entries: ['entry-002'] });
    expect(dividend?.period.keepUntil).toBe('2026-09-18');
  });
  test('of an individual with no more than $5,000 in the year are all allowed', () => {
    const sold = [...bought, 'sell 400 BHP @ 41 on 2026-08-24'];
    expect(shown(franking({ taxpayer: 'individual', main: sold }))).toBe('300 300 0 0 exempt');
    const much = [
      ...sold,
      'buy 1 CSL @ 40 on 2024-01-02',
      'dividend CSL 20000 credit 4700.01 ex 2026-09-01 on 2026-10-01',
    ];
    expect(shown(franking({ taxpayer: 'individual', main: much }))).toBe('5000.01 4880.01 120 0');
  });
  test('are the share of a joint portfolio, and its sales are last in first out with the owner’s own', () => {
    const joint = ['buy 200 BHP @ 40 on 2026-08-05', 'dividend BHP 140 franked 100% ex 2026-08-10 on 2026-09-24'];
    // Ann has 1,000 of August 3 and 100 of August 5; selling 100 of the former sells the latter.
    const main = [...bought, 'sell 100 BHP @ 41 on 2026-08-24'];
    expect(shown(franking({ main, joint }))).toBe('330 300 30 0');
  });
  test('of a declared dividend that is not recorded yet are at the company rate', () => {
    const question = { main: bought.slice(0, 1), declared: [dividend], today: '2026-08-20' };
    expect(shown(franking(question))).toBe('300 0 0 300');
    expect(shown(franking({ ...question, main: bought }))).toBe('300 0 0 300');
    expect(shown(franking({ ...question, declared: [{ ...dividend, frankedPct: undefined }] }))).toBe('0 0 0 0');
  });
  test('without an ex-date stand, and unknown franking is counted', () => {
    const main = [
      ...bought.slice(0, 1),
      'dividend BHP 700 franked 100% on 2026-09-24',
      'dividend BHP 10 on 2026-09-25',
    ];
    const result = franking({ main });
    expect(shown(result)).toBe('300 300 0 0');
    expect(result.unknownFranking).toBe(1);
  });
});

describe('the dividends of a year', () => {
  const lines = ({ dividends }: ReturnType<typeof franking>): string[] =>
    dividends.map(
      each =>
        `${each.code} ${each.exDate} ${each.credit ? plain(each.credit) : '?'} of ${each.entries.join('+') || '-'}`,
    );

  test('are those assessed in it, the newest ex-date first', () => {
    const main = [
      'buy 1000 BHP @ 40 on 2024-01-05',
      'buy 1000 CSL @ 40 on 2024-01-05',
      'dividend BHP 7 franked 100% ex 2026-06-01 on 2026-06-30',
      'dividend BHP 70 franked 100% ex 2026-06-10 on 2026-07-01',
      'dividend CSL 140 franked 100% ex 2026-12-01 on 2026-12-10',
      'dividend BHP 210 franked 100% ex 2026-09-01 on 2026-12-20',
      'dividend BHP 700 franked 100% ex 2027-06-01 on 2027-07-01',
    ];
    const result = franking({ main, today: '2027-08-01' });
    expect(lines(result)).toEqual([
      'CSL 2026-12-01 60 of entry-005',
      'BHP 2026-09-01 90 of entry-006',
      'BHP 2026-06-10 30 of entry-004',
    ]);
    expect(result.dividends.map(each => each.financialYear)).toEqual([2027, 2027, 2027]);
    expect(shown(result)).toBe('180 180 0 0');
  });

  test('of one ex-date are one, over both portfolios; unknown franking counts for nothing beside what is known', () => {
    const main = ['buy 100 BHP @ 40 on 2024-01-05', 'dividend BHP 70 franked 100% ex 2026-08-10 on 2026-09-24'];
    const joint = [
      'buy 100 BHP @ 40 on 2024-01-05',
      'dividend BHP 70 franked 100% ex 2026-08-10 on 2026-09-24',
      'dividend BHP 5 ex 2026-08-10 on 2026-09-25',
      'dividend BHP 5 ex 2026-08-17 on 2026-09-26',
      'dividend BHP 6 ex 2026-08-17 on 2026-09-27',
    ];
    const result = franking({ main, joint });
    expect(lines(result)).toEqual([
      'BHP 2026-08-17 ? of joint-entry-004+joint-entry-005',
      'BHP 2026-08-10 45 of entry-002+joint-entry-002+joint-entry-003',
    ]);
    expect([result.dividends[0]?.split, result.unknownFranking]).toEqual([undefined, 3]);
    expect(result.owner).toEqual({ id: 'ann', name: 'Ann', taxpayer: 'smsf' });
  });

  test('without an ex-date are in the credits of the year alone, each of them', () => {
    const main = [
      ...bought,
      'dividend BHP 70 franked 100% on 2026-10-01',
      'dividend BHP 140 franked 100% on 2026-10-02',
      'dividend BHP 5 on 2026-10-03',
    ];
    const result = franking({ main });
    expect([lines(result), plain(result.undatedCredits), shown(result)]).toEqual([
      ['BHP 2026-08-10 300 of entry-002'],
      '90',
      '390 390 0 0',
    ]);
  });

  test('of a portfolio of others are not the owner’s', () => {
    const portfolios = [portfolioOf('main', [['bob', '100']], 'smsf')];
    const entries = entriesOf(bought);
    const nothing = { declared: () => [], kindOf: () => undefined };
    const books = { portfolios, entries, ledger: foldLedger(entries) };
    const result = ownerFranking({ id: 'ann', name: 'Ann', taxpayer: 'smsf' }, 2027, books, nothing, on('2027-01-01'));
    expect([shown(result), result.dividends, result.unknownFranking]).toEqual(['0 0 0 0', [], 0]);
  });

  test('of preference shares ask for 90 days', () => {
    const sold = [...bought, 'sell 1000 BHP @ 41 on 2026-10-24'];
    expect(shown(franking({ main: sold }))).toBe('300 300 0 0');
    expect(shown(franking({ main: sold, kinds: { BHP: 'preference' } }))).toBe('300 0 300 0');
  });
});

describe('of a trust with a tax statement', () => {
  const distributions = [
    'buy 100 VAS @ 90 on 2024-01-05',
    'distribution VAS 50 ex 2026-10-01 on 2026-10-16',
    'distribution VAS 50 franked 100% ex 2027-01-04 on 2027-01-18',
    'distribution VAS 100 on 2027-04-16',
  ];

  test('the credit is the statement’s, divided over its payments by their cash', () => {
    const result = franking({ main: [...distributions, 'statement VAS fy 2027 franking-credit 40'] });
    // 40 over 50, 50 and 100 of cash, of which the last has no ex-date.
    expect(shown(result)).toBe('40 40 0 0');
    expect(result.dividends.map(each => each.credit && plain(each.credit))).toEqual(['10', '10']);
    expect([plain(result.undatedCredits), result.unknownFranking]).toEqual(['20', 0]);
  });

  test('it counts towards the 5,000 of an individual, as in the tax report', () => {
    const sold = [...bought, 'sell 400 BHP @ 41 on 2026-08-24', ...distributions];
    const exempt = (credit: string) =>
      shown(franking({ taxpayer: 'individual', main: [...sold, `statement VAS fy 2027 franking-credit ${credit}`] }));
    // 300 of BHP, of which 120 came with units that were sold too early.
    expect(exempt('4700')).toBe('5000 5000 0 0 exempt');
    expect(exempt('4700.01')).toBe('5000.01 4880.01 120 0');
  });

  test('another year’s statement, or one without the credit, is another matter', () => {
    const without = franking({ main: [...distributions, 'statement VAS fy 2026 franking-credit 40'] });
    // The franking that a payment states: 50 x 30 / 70.
    expect([shown(without), without.unknownFranking]).toEqual(['21.43 21.43 0 0', 2]);
    const unfranked = franking({ main: [...distributions, 'statement VAS fy 2027 unfranked 40'] });
    expect([shown(unfranked), unfranked.unknownFranking]).toEqual(['0 0 0 0', 0]);
  });

  test('one of a joint portfolio is on the owner’s share, and speaks of that portfolio’s payments alone', () => {
    const joint = [...distributions.slice(0, 2), 'statement VAS fy 2027 franking-credit 40'];
    const result = franking({ main: distributions.slice(0, 3), joint });
    expect(result.dividends.map(each => each.credit && plain(each.credit))).toEqual(['21.43', '20']);
    expect(result.unknownFranking).toBe(1);
  });

  test('it speaks of no other code’s payments', () => {
    const main = [
      ...distributions.slice(0, 2),
      'buy 1000 BHP @ 40 on 2024-01-05',
      'dividend BHP 70 franked 100% ex 2026-09-01 on 2026-10-01',
      'statement VAS fy 2027 franking-credit 40',
    ];
    const credits = franking({ main }).dividends.map(each => [each.code, each.credit && plain(each.credit)]);
    expect(credits).toEqual([
      ['VAS', '40'],
      ['BHP', '30'],
    ]);
  });

  test('one without any payment stands without an ex-date', () => {
    const result = franking({ main: ['buy 100 VAS @ 90 on 2024-01-05', 'statement VAS fy 2027 franking-credit 40'] });
    expect([shown(result), plain(result.undatedCredits), result.dividends]).toEqual(['40 40 0 0', '40', []]);
  });
});

describe('a declared dividend', () => {
  const held = ['buy 1000 BHP @ 40 on 2024-01-05'];
  const creditOn = (today: string, more: Partial<DeclaredDividend> = {}, main: readonly string[] = held): string =>
    plain(franking({ main, declared: [{ ...dividend, ...more }], today }).creditsOfYear);

  test.each([
    ['2026-08-09', '0'],
    ['2026-08-10', '300'],
    ['2026-12-08', '300'],
    ['2026-12-09', '0'],
  ])('seen on %s is %s: from its ex-date on, for 120 days', (today, credit) => {
    expect(creditOn(today)).toBe(credit);
  });
  test('is of the year in which it is paid, or went ex where that is all that is known', () => {
    expect(creditOn('2026-08-10', { exDate: on('2026-06-29'), paidOn: on('2026-07-01') })).toBe('300');
    expect(creditOn('2026-08-10', { exDate: on('2026-06-29'), paidOn: on('2026-06-30') })).toBe('0');
    expect(creditOn('2026-08-10', { exDate: on('2026-06-30'), paidOn: undefined })).toBe('0');
    expect(creditOn('2026-08-10', { exDate: on('2026-07-01'), paidOn: undefined })).toBe('300');
  });
  test('in another currency, or on nothing held before the ex-date, is none', () => {
    expect(creditOn('2026-08-20', { currency: 'USD' })).toBe('0');
    expect(creditOn('2026-08-20', {}, ['buy 1000 BHP @ 40 on 2026-08-10'])).toBe('0');
    const sold = franking({
      main: [...held, 'sell 1000 BHP @ 41 on 2026-08-09'],
      declared: [dividend],
      today: '2026-08-20',
    });
    expect(sold.dividends).toEqual([]);
  });
  test('is on the owner’s share of the units of all portfolios', () => {
    const both = franking({
      main: held,
      joint: ['buy 500 BHP @ 40 on 2024-01-05'],
      declared: [dividend],
      today: '2026-08-20',
    });
    // 1,000 and half of 500: 1,250 x 0.70 = 875, of which 30/70 are 375.
    expect(both.dividends.map(each => [plain(each.period.entitled), each.credit && plain(each.credit)])).toEqual([
      ['1250', '375'],
    ]);
  });
  test('is on the units of its own code', () => {
    expect(creditOn('2026-08-20', {}, [...held, 'buy 500 CSL @ 40 on 2024-01-05'])).toBe('300');
  });
  test('of another code, or of an ex-date that is not recorded, is one more', () => {
    const main = [...held, 'dividend BHP 70 franked 100% ex 2026-08-03 on 2026-09-24'];
    expect(creditOn('2026-08-20', {}, main)).toBe('330');
    expect(creditOn('2026-08-20', { code: parseCode('CSL') })).toBe('0');
  });
});

test('nothing can be open where all parcels are older than the longest period', () => {
  const ledger = ledgerOf(['buy 100 BHP @ 40 on 2026-08-03']);
  expect([mayBeOpen(ledger, on('2026-11-02')), mayBeOpen(ledger, on('2026-11-03'))]).toEqual([true, false]);
  const older = ledgerOf(['buy 100 CSL @ 40 on 2020-08-03', 'buy 100 BHP @ 40 on 2026-08-03']);
  expect(mayBeOpen(older, on('2026-11-02'))).toBe(true);
});
