/** Splits and consolidations as the provider tells them; the ledger knows its own as entries. */
import { eq } from 'drizzle-orm';
import type { Instant, LocalDate } from '../domain/date.ts';
import { decimal } from '../domain/decimal.ts';
import type { SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { splits } from './schema.ts';

type Row = { code: Code; date: LocalDate; new_units: string; old_units: string };

const columns = 'code, date, new_units, old_units';
const read = (row: Row): SplitEvent => ({
  code: row.code,
  date: row.date,
  newUnits: decimal(row.new_units),
  oldUnits: decimal(row.old_units),
});

/** The splits of a security, oldest first. */
export const splitsOf = (db: Database, code: Code): SplitEvent[] =>
  db.statement<Row>(`SELECT ${columns} FROM splits WHERE code = ? ORDER BY date`).all(code).map(read);

/** The splits of all securities from `from` on, oldest first. */
export const splitsSince = (db: Database, from: LocalDate): SplitEvent[] =>
  db.statement<Row>(`SELECT ${columns} FROM splits WHERE date >= ? ORDER BY date, code`).all(from).map(read);

/** Adds splits of any securities; one of the same security and day takes the place of the one stored. */
export function storeSplits(db: Database, list: Iterable<SplitEvent>, fetchedAt: Instant): void {
  db.assertTransaction();
  for (const { code, date, newUnits, oldUnits } of list) {
    const values = { newUnits, oldUnits, fetchedAt };
    db.orm
      .insert(splits)
      .values({ code, date, ...values })
      .onConflictDoUpdate({ target: [splits.code, splits.date], set: values })
      .run();
  }
}

/** Puts a security's whole list in the place of what is stored. */
export function replaceSplits(db: Database, code: Code, list: Iterable<SplitEvent>, fetchedAt: Instant): void {
  db.assertTransaction();
  db.orm.delete(splits).where(eq(splits.code, code)).run();
  storeSplits(db, list, fetchedAt);
}
