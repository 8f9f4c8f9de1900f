import { describe, expect, it } from 'vitest';
import { type Decimal, type Money, money, noMoney, plain } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import type { CreditTest } from '../../../src/domain/tax/credit-test.ts';
import { incomeLine } from '../../../src/domain/tax/income-line.ts';
import type { Share } from '../../../src/domain/tax/ownership.ts';
import { componentOf, type TrustIncome, trustIncome } from '../../../src/domain/tax/trust-income.ts';
import { alone, halves } from '../../support/capital-gains.ts';
import { entriesOf } from '../../support/ledger.ts';

/** A fund that denies what went ex in 2026, and keeps open what is of September 2025. */
const byExDate: CreditTest = ({ exDate }, credit) => {
  const parts = { allowed: noMoney, denied: noMoney, open: noMoney };
  if (exDate !== undefined && exDate >= '2026') return { ...parts, denied: credit, reason: 'sold too early' };
  if (exDate?.startsWith('2025-09')) return { ...parts, open: credit, reason: 'still open' };
  return { ...parts, allowed: credit, reason: undefined };
};

/** VAS in FY2026 over two portfolios; the second may be a joint one. */
function vas(main: readonly string[], second: readonly string[] = [], secondShare: Share = alone): TrustIncome {
  const entries = [
    ...entriesOf(main),
    ...entriesOf(second, 'second').map(each => ({ ...each, id: `second-${each.id}` })),
  ];
  const { income, statements } = foldLedger(entries);
  const shareOf = ({ portfolio }: { portfolio: string }): Share => (portfolio === 'main' ? alone : secondShare);
  return trustIncome(
    { code: parseCode('VAS'), financialYear: 2026 },
    income.map(each => incomeLine(each, shareOf(each), undefined)),
    statements.map(record => ({ record, share: shareOf(record) })),
    byExDate,
  );
}
const text = (amount: Money | undefined): string => (amount === undefined ? '?' : plain(amount));
const credits = (trust: TrustIncome): string =>
  [trust.creditAllowed, trust.creditDenied, trust.creditOpen].map(text).join(' ');
const components = (trust: TrustIncome): Record<string, string> | undefined =>
  trust.components &&
  Object.fromEntries(Object.entries(trust.components).map(([name, amount]) => [name, plain(amount as Decimal)]));

const paid = 'distribution VAS 50 ex 2025-10-01 on 2025-10-16';
const unknown = 'no tax statement for FY2026 is entered, so its income is unknown';

describe('without a statement', () => {
  it('the income and its credits are unknown, and the cash is shown', () => {
    const trust = vas([paid, 'distribution VAS 30 on 2026-01-16']);
    expect([plain(trust.cash), trust.components, credits(trust), trust.reason]).toEqual([
      '80',
      undefined,
      '? ? ?',
      unknown,
    ]);
    expect([trust.statements, trust.stated, trust.judged]).toEqual([[], [], []]);
    expect(plain(componentOf(trust, 'franked'))).toBe('0');
  });

  it('of one of the portfolios that were paid it is unknown too, whatever the other one has', () => {
    const statement = 'statement VAS fy 2026 franked 40, franking-credit 10';
    const trust = vas([paid, statement], ['distribution VAS 30 on 2026-01-16']);
    expect([plain(trust.cash), trust.components, credits(trust), trust.reason]).toEqual([
      '80',
      undefined,
      '? ? ?',
      unknown,
    ]);
    expect(trust.statements).toEqual(['entry-002']);
    expect(vas([paid, statement], [statement]).components).toBeDefined();
  });
});

describe('with statements', () => {
  it('the components are their sum, each on the owner’s share, and only those that they have', () => {
    const trust = vas(
      [paid, 'statement VAS fy 2026 franked 40, interest 3'],
      ['distribution VAS 20 on 2026-01-16', 'statement VAS fy 2026 franked 5.01, other-income 7'],
      { pcts: halves, at: 1 },
    );
    // Half of 5.01 is 2.50 for the second owner.
    expect(components(trust)).toStrictEqual({ franked: '42.5', interest: '3', 'other-income': '3.5' });
    expect(['franked', 'interest', 'tax-deferred'].map(name => plain(componentOf(trust, name as 'franked')))).toEqual([
      '42.5',
      '3',
      '0',
    ]);
    expect([plain(trust.cash), trust.statements]).toEqual(['60', ['entry-002', 'second-entry-002']]);
  });

  it('the credit is judged by the payments, in proportion to their cash', () => {
    const lines = [
      paid,
      'distribution VAS 25 ex 2026-01-05 on 2026-01-16',
      'distribution VAS 25 ex 2025-09-30 on 2025-10-01',
      'statement VAS fy 2026 franking-credit 10.01',
    ];
    const trust = vas(lines);
    // 5.005, 2.5025 and 2.5025: the cent that is left goes to the largest rest.
    expect(credits(trust)).toBe('5.01 2.5 2.5');
    // Of the first that is not simply allowed, in the order of payment.
    expect(trust.reason).toBe('still open');
    expect(trust.judged.map(each => [each.payment.amount, each.credit].map(plain))).toEqual([
      ['25', '2.5'],
      ['50', '5.01'],
      ['25', '2.5'],
    ]);
  });

  it('has the reason of the payment that is not simply allowed', () => {
    const denied = 'distribution VAS 25 ex 2026-01-05 on 2026-01-16';
    expect(vas([paid, denied, 'statement VAS fy 2026 franking-credit 10']).reason).toBe('sold too early');
  });

  it('all allowed needs no reason', () => {
    const trust = vas([paid, 'statement VAS fy 2026 franking-credit 10']);
    expect([credits(trust), trust.reason]).toEqual(['10 0 0', undefined]);
  });

  it('without a payment in the year the credit stands', () => {
    const trust = vas(['statement VAS fy 2026 franking-credit 10, franked 2']);
    expect([credits(trust), trust.judged, plain(trust.cash)]).toEqual(['10 0 0', [], '0']);
    expect(credits(vas([paid, 'statement VAS fy 2026 franked 2']))).toBe('0 0 0');
  });
});

it('a joint owner’s statement without the credit has none', () => {
  const trust = vas([], ['statement VAS fy 2026 franked 0.01'], { pcts: halves, at: 1 });
  expect(components(trust)).toStrictEqual({ franked: '0' });
  expect(trust.creditAllowed).toEqual(money('0'));
});
