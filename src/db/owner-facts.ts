/** What the ledger cannot know of an owner's year: losses brought in, other taxable income, the marginal rate. */
import { and, asc, eq } from 'drizzle-orm';
import type { Decimal } from '../domain/decimal.ts';
import type { OwnerFact } from '../domain/tax/owner-books.ts';
import type { Database } from './database.ts';
import { ownerTaxFacts } from './schema-plans.ts';

export const factsOf = (db: Database, owner: string): OwnerFact[] =>
  db.orm
    .select({ financialYear: ownerTaxFacts.financialYear, fact: ownerTaxFacts.fact, value: ownerTaxFacts.value })
    .from(ownerTaxFacts)
    .where(eq(ownerTaxFacts.ownerId, owner))
    .orderBy(asc(ownerTaxFacts.financialYear), asc(ownerTaxFacts.fact))
    .all();

export function storeFact(db: Database, owner: string, { financialYear, fact, value }: OwnerFact): void {
  db.assertTransaction();
  db.orm
    .insert(ownerTaxFacts)
    .values({ ownerId: owner, financialYear, fact, value })
    .onConflictDoUpdate({
      target: [ownerTaxFacts.ownerId, ownerTaxFacts.financialYear, ownerTaxFacts.fact],
      set: { value: value as Decimal },
    })
    .run();
}

/** False when it was not set. */
export function removeFact(
  db: Database,
  owner: string,
  { financialYear, fact }: Pick<OwnerFact, 'financialYear' | 'fact'>,
): boolean {
  db.assertTransaction();
  const { ownerId, financialYear: year, fact: name } = ownerTaxFacts;
  const where = and(eq(ownerId, owner), eq(year, financialYear), eq(name, fact));
  return db.orm.delete(ownerTaxFacts).where(where).run().changes > 0;
}
