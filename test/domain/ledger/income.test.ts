import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { ledgerOf, parcelsText } from '../../support/ledger.ts';

const incomeOf = (lines: readonly string[]) => ledgerOf(lines).income[0]!;
const text = (value: Parameters<typeof plain>[0] | undefined): string | undefined => value && plain(value);
const held = 'buy 333 VAS @ 90 on 2025-01-02';

describe('entitlement', () => {
  it('is the units held at the close of the day before the ex-date', () => {
    const bought = ['buy 100 BHP @ 40 on 2026-08-03', 'buy 50 BHP @ 40 on 2026-09-10'];
    const income = incomeOf([...bought, 'dividend BHP @ 0.60 ex 2026-09-10 on 2026-09-24']);
    expect([text(income.units), text(income.amount)]).toEqual(['100', '60']);
  });

  it('a buy on the ex-date earns nothing, and that is said', () => {
    const ledger = ledgerOf(['buy 100 BHP @ 40 on 2026-09-10', 'dividend BHP @ 0.60 ex 2026-09-10 on 2026-09-24']);
    expect(ledger.income.map(each => plain(each.amount))).toEqual(['0']);
    expect(ledger.warnings.map(each => each.message)).toEqual(['BHP: none held before the ex-date 2026-09-10']);
  });

  it('a sale on the ex-date still earns it', () => {
    const lines = ['buy 100 BHP @ 40 on 2026-08-03', 'sell 100 BHP @ 40 on 2026-09-10'];
    expect(text(incomeOf([...lines, 'dividend BHP @ 0.60 ex 2026-09-10 on 2026-09-24']).amount)).toBe('60');
  });

  it('without an ex-date the units before the payment are used, with a warning', () => {
    const ledger = ledgerOf(['buy 100 BHP @ 40 on 2026-08-03', 'dividend BHP @ 0.60 on 2026-09-24']);
    expect(ledger.income.map(each => [text(each.units), text(each.amount)])).toEqual([[undefined, '60']]);
    expect(ledger.warnings[0]?.message).toContain(
      'no ex-date given, so the 100 units held before 2026-09-24 were used',
    );
  });
});

describe('franking', () => {
  it('is computed at 30% where it is not stated, and says that it is assumed', () => {
    const income = incomeOf([held, 'dividend VAS 70 franked 100% on 2025-03-03']);
    expect([text(income.franked), text(income.credit), income.creditAssumed]).toEqual(['70', '30', true]);
  });

  it('the statement’s credit wins', () => {
    const income = incomeOf([held, 'dividend VAS 70 franked 100% credit 23.33 on 2025-03-03']);
    expect([text(income.credit), income.creditAssumed]).toEqual(['23.33', false]);
  });

  it('unknown franking is unknown, and unfranked is zero', () => {
    const unknown = incomeOf([held, 'dividend VAS 70 on 2025-03-03']);
    expect([unknown.franked, unknown.credit, unknown.creditAssumed]).toEqual([undefined, undefined, false]);
    const unfranked = incomeOf([held, 'dividend VAS 70 franked 0% on 2025-03-03']);
    expect([text(unfranked.franked), text(unfranked.credit), unfranked.creditAssumed]).toEqual(['0', '0', false]);
  });
});

describe('the year', () => {
  it('of a dividend is the year it is paid, of a distribution the one it is attributed to', () => {
    expect(incomeOf([held, 'dividend VAS 70 ex 2026-06-29 on 2026-07-16']).financialYear).toBe(2027);
    expect(incomeOf([held, 'distribution VAS 70 ex 2026-06-30 fy 2026 on 2026-07-16']).financialYear).toBe(2026);
    expect(incomeOf([held, 'dividend VAS 70 on 2026-09-24']).financialYear).toBe(2027);
  });
});

describe('cash', () => {
  it('is what was paid less what was withheld', () => {
    const ledger = ledgerOf(['deposit 30000 on 2025-01-01', held, 'dividend VAS 70 withheld 32.9 on 2025-03-03']);
    expect(plain(ledger.cash)).toBe('67.1');
  });
});

describe('reinvestment', () => {
  it('333 units at 0.47 with 3.20 carried, at 12.345: 12 units that cost 148.14, assessable 156.51', () => {
    const ledger = ledgerOf([held, 'drp VAS 12 @ 12.345 dividend @ 0.47 residual 11.57 ex 2025-03-03 on 2025-04-16']);
    expect(parcelsText(ledger)).toEqual(['VAS 333 29970 2025-01-02', 'VAS 12 148.14 2025-04-16']);
    expect(ledger.income.map(each => [each.kind, text(each.amount), text(each.units)])).toEqual([
      ['drp', '156.51', '333'],
    ]);
    // No cash came, and none went.
    expect(plain(ledger.cash)).toBe('-29970');
  });
});

describe('what a reinvestment applies', () => {
  const warnings = (...lines: string[]) => ledgerOf([held, ...lines]).warnings.map(each => each.message);

  it('beyond the dividend and what was carried in is said', () => {
    expect(warnings('drp VAS 1 @ 5 dividend 4 ex 2025-03-03 on 2025-03-20')).toEqual([
      'VAS: 5 applied from a dividend of 4 with nothing carried in',
    ]);
  });

  it('is not doubted for what was carried in, nor for the rounding of the price', () => {
    const first = 'drp VAS 1 @ 90 dividend 95 residual 5 ex 2025-03-03 on 2025-03-20';
    expect(warnings(first, 'drp VAS 1 @ 90 dividend 85 ex 2025-06-03 on 2025-06-20')).toEqual([]);
    expect(warnings(first, 'drp VAS 1 @ 91 dividend 85 ex 2025-06-03 on 2025-06-20')).toEqual([
      'VAS: 91 applied from a dividend of 85 with 5 carried in',
    ]);
    // 333 units at 0.3333, of a price that is rounded to four places: 110.99 of 110.97.
    expect(warnings('drp VAS 333 @ 0.3333 dividend 110.97 ex 2025-03-03 on 2025-03-20')).toEqual([]);
  });
});
