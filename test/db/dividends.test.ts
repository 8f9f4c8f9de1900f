import { expect, test } from 'vitest';
import { dividendsOf, replaceDividends, storeDividends } from '../../src/db/dividends.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { DeclaredDividend } from '../../src/domain/market/price.ts';
import { code, date, now, open } from './open-database.ts';

const bhp = code('BHP');
const dividend = (exDate: string, perUnit: string, more: Partial<DeclaredDividend> = {}): DeclaredDividend => ({
  code: bhp,
  exDate: date(exDate),
  perUnit: price(perUnit),
  currency: 'AUD',
  ...more,
});
const full = dividend('2026-03-05', '1.1', {
  paidOn: date('2026-03-26'),
  recordDate: date('2026-03-06'),
  declaredOn: date('2026-02-17'),
  adjustedPerUnit: price('0.9794'),
  frankedPct: decimal('0'),
});
const shown = (list: readonly DeclaredDividend[]) => list.map(each => `${each.exDate} ${each.perUnit.toFixed()}`);

test('a dividend comes back as it was declared; unfranked is not unknown', () => {
  const db = open();
  const unknown = dividend('2025-09-04', '0.6');
  db.transaction(() => replaceDividends(db, bhp, [full, unknown], now));
  expect(dividendsOf(db, bhp)).toEqual([unknown, full]);
  expect(dividendsOf(db, bhp, date('2026-01-01'))).toEqual([full]);
  expect(dividendsOf(db, code('VAS'))).toEqual([]);
});

test('two dividends of one ex-date stay two, also of the same amount', () => {
  const db = open();
  const list = [dividend('2026-03-05', '0.5'), dividend('2026-03-05', '0.5'), dividend('2026-03-05', '0.2')];
  db.transaction(() => storeDividends(db, list, now));
  db.transaction(() => storeDividends(db, list, now + 1));
  expect(shown(dividendsOf(db, bhp))).toEqual(['2026-03-05 0.5', '2026-03-05 0.5', '2026-03-05 0.2']);
});

test('a list takes the place of the old one, from a day on when one is given', () => {
  const db = open();
  db.transaction(() => replaceDividends(db, bhp, [dividend('2024-03-05', '1'), dividend('2025-03-05', '2')], now));
  db.transaction(() => replaceDividends(db, bhp, [dividend('2025-03-06', '3')], now, date('2025-01-01')));
  expect(shown(dividendsOf(db, bhp))).toEqual(['2024-03-05 1', '2025-03-06 3']);
  db.transaction(() => replaceDividends(db, bhp, [], now));
  expect(dividendsOf(db, bhp)).toEqual([]);
});

test('a later report of the day keeps what it does not know itself', () => {
  const db = open();
  db.transaction(() => replaceDividends(db, bhp, [full], now));
  db.transaction(() => storeDividends(db, [dividend('2026-03-05', '1.10')], now + 1));
  expect(dividendsOf(db, bhp)).toEqual([full]);
  db.transaction(() => storeDividends(db, [dividend('2026-03-05', '1.2')], now + 2));
  expect(dividendsOf(db, bhp)).toEqual([dividend('2026-03-05', '1.2')]);
});
