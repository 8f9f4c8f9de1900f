/** The consumer price index: what comes with the program, and what the user entered over it. */
import { asc, eq } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import type { Decimal } from '../domain/decimal.ts';
import { type CpiTable, publishedCpi, type Quarter } from '../domain/tax/cpi.ts';
import type { Database } from './database.ts';
import { cpiIndexes } from './schema-plans.ts';

export type EnteredIndex = { readonly quarter: Quarter; readonly index: Decimal; readonly enteredAt: Instant };

/** What the user entered, by quarter. */
export const listCpi = (db: Database): EnteredIndex[] =>
  db.orm
    .select()
    .from(cpiIndexes)
    .orderBy(asc(cpiIndexes.quarter))
    .all()
    .map(({ quarter, value, enteredAt }) => ({ quarter: quarter as Quarter, index: value, enteredAt }));

export const readCpi = (db: Database): CpiTable =>
  new Map([...publishedCpi, ...listCpi(db).map(({ quarter, index }) => [quarter, index] as const)]);

export function storeCpi(db: Database, { quarter, index, enteredAt }: EnteredIndex): void {
  db.assertTransaction();
  const values = { value: index, enteredAt };
  db.orm
    .insert(cpiIndexes)
    .values({ quarter, ...values })
    .onConflictDoUpdate({ target: cpiIndexes.quarter, set: values })
    .run();
}

/** False when none was entered for the quarter. */
export function removeCpi(db: Database, quarter: Quarter): boolean {
  db.assertTransaction();
  return db.orm.delete(cpiIndexes).where(eq(cpiIndexes.quarter, quarter)).run().changes > 0;
}
