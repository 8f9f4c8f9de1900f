import { describe, expect, test } from 'vitest';
import { money, plain } from '../../../src/domain/decimal.ts';
import { isOfLastTwelveMonths, isPartYear, receivedSum, yields } from '../../../src/domain/income/received.ts';
import { ledgerOf, on } from '../../support/ledger.ts';

const incomeOf = (...lines: string[]) => ledgerOf(lines).income;
const text = (value: { toFixed(): string } | undefined): string => (value === undefined ? '?' : value.toFixed());

describe('receivedSum', () => {
  test('sums what is known and counts what is not', () => {
    const sum = receivedSum(
      incomeOf(
        'dividend BHP 70 franked 100% withheld 5 on 2026-03-26',
        'dividend CSL 30 franked 0% on 2026-04-01',
        'dividend TLS 100 on 2026-04-02',
      ),
    );
    expect(sum).toMatchObject({ payments: 3, unknownFranking: 1, frankedPct: 70, coverage: 0.5 });
    expect([sum.amount, sum.franked, sum.credit, sum.withheld].map(text)).toEqual(['200', '70', '30', '5']);
    expect(sum.of.map(each => each.entry)).toEqual(['entry-001', 'entry-002', 'entry-003']);
  });
  test('of payments of unknown franking knows no credit, and of none it is zero', () => {
    const unknown = receivedSum(incomeOf('dividend TLS 100 on 2026-04-02'));
    expect(unknown).toMatchObject({ credit: undefined, franked: undefined, frankedPct: undefined, coverage: 0 });
    const none = receivedSum([]);
    expect(none).toMatchObject({ payments: 0, frankedPct: undefined, coverage: 1 });
    expect([none.amount, none.credit].map(text)).toEqual(['0', '0']);
  });
});

describe('yields', () => {
  const franked = receivedSum(incomeOf('dividend BHP 70 franked 100% on 2026-03-26'));
  test('are of value and of cost, and with the credits: 70 and 30 on 2,000', () => {
    expect(yields(franked, { value: money('2000'), costBase: money('1000') })).toEqual({
      yieldPct: 3.5,
      yieldOnCostPct: 7,
      grossedUpYieldPct: 5,
      reasons: [],
    });
  });
  test('that are unknown say why', () => {
    expect(yields(franked, { value: undefined, costBase: money('0') })).toEqual({
      yieldPct: undefined,
      yieldOnCostPct: undefined,
      grossedUpYieldPct: undefined,
      reasons: ['there is no price', 'the cost is zero'],
    });
    const partly = receivedSum(
      incomeOf('dividend TLS 100 on 2026-04-02', 'dividend TLS 100 franked 100% on 2026-09-02'),
    );
    const rates = yields(partly, { value: money('1000'), costBase: undefined });
    expect(rates).toMatchObject({ yieldPct: 20, yieldOnCostPct: undefined, grossedUpYieldPct: undefined });
    expect(rates.reasons).toEqual(['the cost is unknown', 'the franking of 1 of 2 payments is unknown']);
  });
});

test('twelve months end today and begin the day after the same day a year ago', () => {
  const today = on('2026-11-25');
  expect(
    ['2025-11-25', '2025-11-26', '2026-11-25', '2026-11-26'].map(day => isOfLastTwelveMonths(on(day), today)),
  ).toEqual([false, true, true, false]);
  expect([isPartYear(on('2025-11-25'), today), isPartYear(on('2025-11-26'), today)]).toEqual([false, true]);
});

test('a DRP is income whole, without the residual carried in', () => {
  const [income] = incomeOf(
    'buy 333 NAB @ 12 on 2025-01-06',
    'drp NAB 12 @ 12.345 dividend 156.51 residual 11.57 ex 2026-05-08 on 2026-07-03',
  );
  expect(income && plain(income.amount)).toBe('156.51');
});
