import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal, plain, price, units } from '../../../src/domain/decimal.ts';
import { type DividendRow, matchDividends, unitsHeldBefore } from '../../../src/domain/ledger/dividend-match.ts';
import type { DeclaredDividend } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { ledgerOf, on } from '../../support/ledger.ts';

const declared = (exDate: string, paidOn: string | undefined, perUnit: string, currency = 'AUD'): DeclaredDividend => ({
  code: parseCode('BHP'),
  exDate: on(exDate),
  paidOn: paidOn === undefined ? undefined : on(paidOn),
  perUnit: price(perUnit),
  currency,
  frankedPct: decimal('100'),
});
const rowsOf = (dividends: readonly DeclaredDividend[], lines: readonly string[]): DividendRow[] => {
  const ledger = ledgerOf(lines);
  return matchDividends(
    dividends,
    ledger.income,
    ledger.unitCloses.map(each => each.closes),
  );
};
const shown = ({ declared: dividend, units: held, due, recorded }: DividendRow): string =>
  [
    dividend?.exDate ?? 'none',
    held === undefined ? '?' : plain(held),
    due === undefined ? '?' : plain(due),
    recorded.map(each => plain(each.amount)).join('+') || '-',
  ].join(' ');

describe('unitsHeldBefore', () => {
  const closes = [
    [
      { on: on('2025-03-03'), units: units('100') },
      { on: on('2025-06-02'), units: units('60') },
    ],
    [{ on: on('2025-05-01'), units: units('5') }],
  ];
  test.each([
    ['2025-03-03', '0'],
    ['2025-03-04', '100'],
    ['2025-06-02', '105'],
    ['2025-06-03', '65'],
  ])('on the eve of %s: %s', (day, held) => {
    expect(plain(unitsHeldBefore(closes, on(day)))).toBe(held);
  });
});

describe('matchDividends', () => {
  const buy = 'buy 100 BHP @ 40 on 2025-03-03';

  test('bought on the ex-date is too late, the day before is in time; newest first', () => {
    const dividends = [declared('2025-03-03', undefined, '1.00'), declared('2025-03-04', undefined, '0.335')];
    expect(rowsOf(dividends, [buy]).map(shown)).toEqual(['2025-03-04 100 33.5 -', '2025-03-03 0 0 -']);
  });
  test('a payment belongs to the dividend of its ex-date, whenever it was paid', () => {
    const dividends = [declared('2025-09-04', '2025-09-25', '1.00')];
    const rows = rowsOf(dividends, [buy, 'dividend BHP 97 ex 2025-09-04 on 2026-02-01']);
    expect(rows.map(shown)).toEqual(['2025-09-04 100 100 97']);
  });
  test('of two of one ex-date, the nearest in dollars', () => {
    const dividends = [declared('2025-09-04', '2025-09-25', '1.00'), declared('2025-09-04', '2025-09-25', '0.10')];
    const rows = rowsOf(dividends, [
      buy,
      'dividend BHP 10 ex 2025-09-04 on 2025-09-25',
      'dividend BHP 99 ex 2025-09-04 on 2025-09-25',
    ]);
    expect(rows.map(shown)).toEqual(['2025-09-04 100 100 99', '2025-09-04 100 10 10']);
  });
  test('without an ex-date, the nearest payment date within ten days', () => {
    const dividends = [declared('2025-09-04', '2025-09-25', '1.00'), declared('2026-03-05', '2026-03-26', '1.20')];
    const late = rowsOf(dividends, [buy, 'dividend BHP 100 on 2025-10-05']);
    expect(late.map(shown)).toEqual(['2026-03-05 100 120 -', '2025-09-04 100 100 100']);
    const tooLate = rowsOf(dividends, [buy, 'dividend BHP 100 on 2025-10-06']);
    expect(tooLate.map(shown)).toEqual(['2026-03-05 100 120 -', 'none ? ? 100', '2025-09-04 100 100 -']);
  });
  test('another currency has no Australian dollars until it is recorded', () => {
    const dividends = [declared('2025-09-04', '2025-09-25', '1.00', 'USD')];
    const rows = rowsOf(dividends, [buy, 'dividend BHP 153.20 ex 2025-09-04 on 2025-09-25']);
    expect(rows.map(shown)).toEqual(['2025-09-04 100 ? 153.2']);
  });
  test('every payment stands in exactly one row', () => {
    const day = fc.integer({ min: 1, max: 28 }).map(number => String(number).padStart(2, '0'));
    const dividends = fc.array(
      fc.tuple(day, day).map(([ex, paid]) => declared(`2025-05-${ex}`, `2025-06-${paid}`, '0.5')),
      { maxLength: 6 },
    );
    const payments = fc.array(
      fc.tuple(day, day, fc.boolean()).map(([ex, paid, withEx]) => {
        return `dividend BHP 50 ${withEx ? `ex 2025-05-${ex} ` : ''}on 2025-06-${paid}`;
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(dividends, payments, (some, lines) => {
        const rows = rowsOf(some, [buy, ...lines]);
        const ids = rows.flatMap(row => row.recorded.map(each => each.entry));
        expect(new Set(ids).size).toBe(lines.length);
        expect(ids).toHaveLength(lines.length);
        expect(rows.filter(row => row.declared !== undefined)).toHaveLength(some.length);
      }),
      { seed: 1_109 },
    );
  });
});
