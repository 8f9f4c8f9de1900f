import { describe, expect, test } from 'vitest';
import { decimal, plain, price } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import type { Portfolio, Taxpayer } from '../../../src/domain/ledger/portfolio.ts';
import type { DeclaredDividend } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
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
};
function franking({ taxpayer = 'smsf', main, joint = [], declared = [], today = '2027-01-01' }: Case) {
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
  const market = { declared: () => declared, kindOf: () => undefined };
  return ownerFranking({ id: 'ann', name: 'Ann', taxpayer }, 2027, books, market, on(today));
}
const shown = ({ creditsOfYear, allowed, denied, open, exempt }: ReturnType<typeof franking>): string =>
  `${[creditsOfYear, allowed, denied, open].map(plain).join(' ')}${exempt ? ' exempt' : ''}`;

const bought = ['buy 1000 BHP @ 40 on 2026-08-03', 'dividend BHP 700 franked 100% ex 2026-08-10 on 2026-09-24'];

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
    const dividend: DeclaredDividend = {
      code: bhp,
      exDate: on('2026-08-10'),
      paidOn: on('2026-09-24'),
      perUnit: price('0.70'),
      currency: 'AUD',
      frankedPct: decimal('100'),
    };
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

test('nothing can be open where all parcels are older than the longest period', () => {
  const ledger = ledgerOf(['buy 100 BHP @ 40 on 2026-08-03']);
  expect([mayBeOpen(ledger, on('2026-11-02')), mayBeOpen(ledger, on('2026-11-03'))]).toEqual([true, false]);
});
