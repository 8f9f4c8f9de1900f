import { describe, expect, test } from 'vitest';
import { decimal, plain, price, units } from '../../../src/domain/decimal.ts';
import { estimatedPayments } from '../../../src/domain/income/estimate.ts';
import type { DeclaredDividend } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { on } from '../../support/ledger.ts';

const paid = (exDate: string, perUnit: string, more: Partial<DeclaredDividend> = {}): DeclaredDividend => ({
  code: parseCode('BHP'),
  exDate: on(exDate),
  perUnit: price(perUnit),
  currency: 'AUD',
  frankedPct: decimal('100'),
  ...more,
});
const estimates = (history: readonly DeclaredDividend[], today = '2026-11-25') =>
  estimatedPayments('main', history, units('100'), on(today));
const shown = (history: readonly DeclaredDividend[], today?: string): string[] =>
  estimates(history, today).map(each => `${each.exDate} ${plain(each.perUnit)} ${plain(each.declaredAmount)}`);

const twoYears = [
  paid('2025-03-06', '0.70'),
  paid('2025-09-04', '0.90'),
  paid('2026-03-05', '0.80', { paidOn: on('2026-03-26') }),
  paid('2026-09-03', '1.00', { frankedPct: decimal('60') }),
];

describe('estimatedPayments', () => {
  test('repeat the last twelve months a year later: same amount, franking as then', () => {
    expect(shown(twoYears)).toEqual(['2027-03-05 0.8 80', '2027-09-03 1 100']);
    const [interim, final] = estimates(twoYears);
    expect(interim?.paidOn).toBe('2027-03-26');
    expect(final?.frankedPct?.toFixed()).toBe('60');
    expect(final?.credit?.toFixed()).toBe('25.71');
    expect(interim?.basis).toMatchObject({ exDate: '2026-03-05', payments: 4 });
  });
  test('need two payments in 24 months, and units', () => {
    expect(shown([paid('2026-09-03', '1.00')])).toEqual([]);
    expect(shown([paid('2023-09-03', '1.00'), paid('2026-09-03', '1.00')])).toEqual([]);
    expect(shown([paid('2026-03-05', '1.00'), paid('2026-09-03', '1.00')])).toHaveLength(2);
    expect(estimatedPayments('main', twoYears, units('0'), on('2026-11-25'))).toEqual([]);
  });
  test('do not repeat a special dividend: one of no season of the year before, or the second of an ex-date', () => {
    expect(shown([...twoYears, paid('2026-06-10', '2.50')])).toEqual(['2027-03-05 0.8 80', '2027-09-03 1 100']);
    expect(shown([...twoYears, paid('2026-09-03', '3.00')])).toEqual(['2027-03-05 0.8 80', '2027-09-03 1 100']);
  });
  test('give way to what is declared, and stop with the payments', () => {
    expect(shown([...twoYears, paid('2027-03-10', '0.85')])).toEqual(['2027-09-03 1 100']);
    // Ex a week earlier than a year before, and paid already: its season is over.
    expect(shown([...twoYears, paid('2027-02-26', '0.85')], '2027-03-01')).toEqual([
      '2027-09-03 1 100',
      '2028-02-26 0.85 85',
    ]);
    expect(shown(twoYears, '2027-09-04')).toEqual([]);
  });
  test('are in the units of today where the security split since', () => {
    const split = twoYears.map(each => ({ ...each, adjustedPerUnit: price(plain(each.perUnit.div('2') as never)) }));
    expect(shown(split)).toEqual(['2027-03-05 0.4 40', '2027-09-03 0.5 50']);
  });
  test('of another currency keep it', () => {
    expect(estimates(twoYears.map(each => ({ ...each, currency: 'USD' }))).map(each => each.amount)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
