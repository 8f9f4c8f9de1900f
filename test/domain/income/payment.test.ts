import { describe, expect, test } from 'vitest';
import { decimal, money, plain, price, units } from '../../../src/domain/decimal.ts';
import {
  byExpectedDay,
  creditOf,
  declaredPayments,
  expectedOn,
  isToCome,
  payment,
  paymentTotal,
} from '../../../src/domain/income/payment.ts';
import { matchDividends } from '../../../src/domain/ledger/dividend-match.ts';
import type { DeclaredDividend } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { ledgerOf, on } from '../../support/ledger.ts';

const dividend = (exDate: string, paidOn: string | undefined, perUnit: string, currency = 'AUD'): DeclaredDividend => ({
  code: parseCode('BHP'),
  exDate: on(exDate),
  paidOn: paidOn === undefined ? undefined : on(paidOn),
  perUnit: price(perUnit),
  currency,
  frankedPct: decimal('100'),
});

test('a payment is the amount per unit times the units, in cents, with the credit at 30/70', () => {
  const paid = payment('main', dividend('2026-03-05', '2026-03-26', '0.335'), units('101'));
  expect([paid.amount, paid.credit].map(each => each && plain(each))).toEqual(['33.84', '14.5']);
  expect(creditOf(money('70'), decimal('50'))?.toFixed()).toBe('15');
  expect(creditOf(money('70'), undefined)).toBeUndefined();
});

test('what is declared in another currency keeps it and is in no total', () => {
  const foreign = payment('main', dividend('2026-03-05', '2026-03-26', '0.50', 'USD'), units('100'));
  expect([foreign.amount, foreign.credit, plain(foreign.declaredAmount), foreign.currency]).toEqual([
    undefined,
    undefined,
    '50',
    'USD',
  ]);
  const own = payment('main', dividend('2026-03-06', undefined, '1'), units('100'));
  const total = paymentTotal([foreign, own, { ...own, frankedPct: undefined, credit: undefined }]);
  expect(total).toMatchObject({ payments: 3, foreign: 1, unknownFranking: 1 });
  expect([plain(total.amount), plain(total.credit)]).toEqual(['200', '42.86']);
});

describe('declaredPayments', () => {
  const lines = ['buy 100 BHP @ 40 on 2026-01-05', 'sell 40 BHP @ 41 on 2026-03-05'];
  const shown = (dividends: readonly DeclaredDividend[], more: readonly string[] = []): string[] => {
    const ledger = ledgerOf([...lines, ...more]);
    const closes = ledger.unitCloses.map(each => each.closes);
    const rows = matchDividends(dividends, ledger.income, closes);
    return declaredPayments('main', rows, on('2026-03-10')).map(each => `${each.exDate} ${plain(each.declaredAmount)}`);
  };
  test('are on the units held before the ex-date, also after a later sale', () => {
    expect(shown([dividend('2026-03-05', '2026-03-26', '1'), dividend('2026-03-20', '2026-04-10', '1')])).toEqual([
      '2026-03-20 60',
      '2026-03-05 100',
    ]);
  });
  test('leave out what is paid, what is recorded, and what was not held', () => {
    expect(shown([dividend('2026-02-05', '2026-03-10', '1'), dividend('2026-01-05', '2026-04-10', '1')])).toEqual([]);
    const recorded = 'dividend BHP 100 ex 2026-03-05 on 2026-03-26';
    expect(shown([dividend('2026-03-05', '2026-03-26', '1')], [recorded])).toEqual([]);
  });
  test('without a payment date are to come until their ex-date', () => {
    expect(isToCome(dividend('2026-03-11', undefined, '1'), on('2026-03-10'))).toBe(true);
    expect(isToCome(dividend('2026-03-10', undefined, '1'), on('2026-03-10'))).toBe(false);
  });
});

test('payments stand by the day they are expected', () => {
  const late = payment('main', dividend('2026-03-01', '2026-04-20', '1'), units('1'));
  const early = payment('main', dividend('2026-04-02', undefined, '1'), units('1'));
  expect([late, early].sort(byExpectedDay).map(expectedOn)).toEqual(['2026-04-02', '2026-04-20']);
});
