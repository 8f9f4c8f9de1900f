/** Imports: one batch for each file that was imported into a portfolio. */
import { desc, eq, sql } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { importBatches } from './schema.ts';

export type ImportBatch = {
  readonly id: string;
  readonly portfolio: string;
  readonly format: string;
  readonly fileName: string;
  readonly importedAt: Instant;
  readonly added: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly undoneAt?: Instant | undefined;
};

const read = ({ portfolioId, undoneAt, ...row }: typeof importBatches.$inferSelect): ImportBatch => ({
  ...row,
  portfolio: portfolioId,
  undoneAt: known(undoneAt),
});

/** All imports, the last first. */
export const listBatches = (db: Database): ImportBatch[] =>
  db.orm.select().from(importBatches).orderBy(desc(importBatches.importedAt), desc(importBatches.id)).all().map(read);

/** The batches whose id begins or ends with `part`, the last first: how people name an import. */
export const findBatches = (db: Database, part: string): ImportBatch[] =>
  db.orm
    .select()
    .from(importBatches)
    .where(
      sql`substr(${importBatches.id}, 1, ${part.length}) = ${part} OR substr(${importBatches.id}, ${-part.length}) = ${part}`,
    )
    .orderBy(desc(importBatches.importedAt), desc(importBatches.id))
    .all()
    .map(read);

/** Records an import; it comes before its entries, which refer to it. */
export function insertBatch(db: Database, batch: ImportBatch): void {
  db.assertTransaction();
  const { portfolio, undoneAt, ...rest } = batch;
  db.orm
    .insert(importBatches)
    .values({ ...rest, portfolioId: portfolio, undoneAt: undoneAt ?? null })
    .run();
}

export function markBatchUndone(db: Database, id: string, now: Instant): void {
  db.assertTransaction();
  db.orm.update(importBatches).set({ undoneAt: now }).where(eq(importBatches.id, id)).run();
}
