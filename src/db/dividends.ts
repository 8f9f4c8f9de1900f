/** Declared dividends and distributions. Two of one ex-date (an ordinary and a special one) are two rows. */
import { and, asc, eq, gte } from 'drizzle-orm';
import type { Instant, LocalDate } from '../domain/date.ts';
import { compare, decimal, price } from '../domain/decimal.ts';
import type { DeclaredDividend } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { dividends } from './schema.ts';

type Stored = typeof dividends.$inferSelect;

const read = (row: Stored): DeclaredDividend => ({
  code: row.code,
  exDate: row.exDate,
  paidOn: known(row.paidOn),
  recordDate: known(row.recordDate),
  declaredOn: known(row.declaredOn),
  perUnit: row.perUnit,
  adjustedPerUnit: known(row.adjustedPerUnit),
  currency: row.currency,
  frankedPct: known(row.frankedPct),
});

type Row = {
  code: Code;
  ex_date: LocalDate;
  paid_on: LocalDate | null;
  record_date: LocalDate | null;
  declared_on: LocalDate | null;
  per_unit: string;
  adjusted_per_unit: string | null;
  currency: string;
  franked_pct: string | null;
};

const readRow = (row: Row): DeclaredDividend => ({
  code: row.code,
  exDate: row.ex_date,
  paidOn: known(row.paid_on),
  recordDate: known(row.record_date),
  declaredOn: known(row.declared_on),
  perUnit: price(row.per_unit),
  adjustedPerUnit: row.adjusted_per_unit === null ? undefined : price(row.adjusted_per_unit),
  currency: row.currency,
  frankedPct: row.franked_pct === null ? undefined : decimal(row.franked_pct),
});

/** The dividends of a security by ex-date, from `from` on when given. Asked for every holding: a kept statement. */
export const dividendsOf = (db: Database, code: Code, from?: LocalDate): DeclaredDividend[] =>
  db
    .statement<Row>('SELECT * FROM dividends WHERE code = ? AND ex_date >= ? ORDER BY ex_date, ordinal')
    .all(code, from ?? '')
    .map(readRow);

/** Puts a security's whole list (or that from `from` on) in the place of what is stored. */
export function replaceDividends(
  db: Database,
  code: Code,
  list: Iterable<DeclaredDividend>,
  fetchedAt: Instant,
  from?: LocalDate,
): void {
  db.assertTransaction();
  const stored = eq(dividends.code, code);
  db.orm
    .delete(dividends)
    .where(from === undefined ? stored : and(stored, gte(dividends.exDate, from)))
    .run();
  for (const group of byExDate(list).values()) insertGroup(db, group, fetchedAt);
}

/**
 * Adds dividends of many securities, such as one day of the whole market. All of one security and ex-date come
 * together and take the place of those stored; a fact that is unknown now and was known before is kept.
 */
export function storeDividends(db: Database, list: Iterable<DeclaredDividend>, fetchedAt: Instant): void {
  db.assertTransaction();
  for (const group of byExDate(list).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const same = and(eq(dividends.code, first.code), eq(dividends.exDate, first.exDate));
    const before = db.orm.select().from(dividends).where(same).orderBy(asc(dividends.ordinal)).all().map(read);
    db.orm.delete(dividends).where(same).run();
    const merged = group.map(dividend => {
      const at = before.findIndex(old => compare(old.perUnit, dividend.perUnit) === 0);
      const [old] = at < 0 ? [] : before.splice(at, 1);
      return old === undefined ? dividend : keepKnown(dividend, old);
    });
    insertGroup(db, merged, fetchedAt);
  }
}

const keepKnown = (now: DeclaredDividend, before: DeclaredDividend): DeclaredDividend => ({
  ...now,
  paidOn: now.paidOn ?? before.paidOn,
  recordDate: now.recordDate ?? before.recordDate,
  declaredOn: now.declaredOn ?? before.declaredOn,
  adjustedPerUnit: now.adjustedPerUnit ?? before.adjustedPerUnit,
  frankedPct: now.frankedPct ?? before.frankedPct,
});

const byExDate = (list: Iterable<DeclaredDividend>): Map<string, DeclaredDividend[]> =>
  Map.groupBy(list, dividend => `${dividend.code} ${dividend.exDate}`);

function insertGroup(db: Database, group: readonly DeclaredDividend[], fetchedAt: Instant): void {
  const rows = group.map((dividend, ordinal) => ({ ...dividend, ordinal, fetchedAt }));
  db.orm.insert(dividends).values(rows).run();
}
