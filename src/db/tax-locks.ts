/** The figures of an owner's year as they were lodged. */
import { and, eq } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import type { Database } from './database.ts';
import { taxLocks } from './schema-plans.ts';

export type TaxLock = { readonly report: Readonly<Record<string, unknown>>; readonly lockedAt: Instant };

const ofYear = (owner: string, financialYear: number) =>
  and(eq(taxLocks.ownerId, owner), eq(taxLocks.financialYear, financialYear));

export const findLock = (db: Database, owner: string, financialYear: number): TaxLock | undefined =>
  db.orm
    .select({ report: taxLocks.report, lockedAt: taxLocks.lockedAt })
    .from(taxLocks)
    .where(ofYear(owner, financialYear))
    .get();

export function insertLock(db: Database, owner: string, financialYear: number, lock: TaxLock): void {
  db.assertTransaction();
  db.orm
    .insert(taxLocks)
    .values({ ownerId: owner, financialYear, ...lock })
    .run();
}

/** False when the year was not locked. */
export function removeLock(db: Database, owner: string, financialYear: number): boolean {
  db.assertTransaction();
  return db.orm.delete(taxLocks).where(ofYear(owner, financialYear)).run().changes > 0;
}
