/**
 * The suggestions of rebalancings. A new run replaces what is pending of its portfolio; what was decided stays. One that
 * is pending and past its day is no longer offered.
 */
import { and, asc, desc, eq, like } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import type { Price, Units } from '../domain/decimal.ts';
import type { Code } from '../domain/market/security.ts';
import { readDetails, type StoredDetails, writeDetails } from '../domain/rebalance/stored.ts';
import type { Action } from '../domain/rebalance/suggestions.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { suggestions } from './schema-plans.ts';

export type SuggestionStatus = 'pending' | 'executed' | 'rejected';

export type StoredSuggestion = {
  readonly id: string;
  readonly portfolio: string;
  readonly mode: string;
  readonly code: Code;
  readonly action: Action;
  readonly units: Units;
  readonly price: Price | undefined;
  /** Its place among those of its run. */
  readonly position: number;
  /** What was shown with it, and what that rests on. */
  readonly details: StoredDetails;
  readonly status: SuggestionStatus;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly decidedAt: Instant | undefined;
  readonly entry: string | undefined;
};

const read = ({ portfolioId, entryId, ...row }: typeof suggestions.$inferSelect): StoredSuggestion => ({
  ...row,
  portfolio: portfolioId,
  units: row.units as Units,
  price: known(row.price),
  details: readDetails(row.details),
  decidedAt: known(row.decidedAt),
  entry: known(entryId),
});

/** All of the portfolio, the newest run first, each run in its order. */
export const suggestionsOf = (db: Database, portfolio: string): StoredSuggestion[] =>
  db.orm
    .select()
    .from(suggestions)
    .where(eq(suggestions.portfolioId, portfolio))
    .orderBy(desc(suggestions.createdAt), asc(suggestions.position))
    .all()
    .map(read);

/** Those whose id is `name` or ends in it. */
export const suggestionsNamed = (db: Database, name: string): StoredSuggestion[] =>
  db.orm
    .select()
    .from(suggestions)
    .where(like(suggestions.id, `%${name.replace(/[%_]/g, '')}`))
    .limit(2)
    .all()
    .map(read);

/** Puts a run's suggestions in the place of those of the portfolio that are pending. */
export function replacePending(db: Database, portfolio: string, rows: readonly StoredSuggestion[]): void {
  db.assertTransaction();
  const pending = and(eq(suggestions.portfolioId, portfolio), eq(suggestions.status, 'pending'));
  db.orm.delete(suggestions).where(pending).run();
  for (const { portfolio: portfolioId, entry, price, decidedAt, details, ...row } of rows) {
    const absent = { price: price ?? null, decidedAt: decidedAt ?? null, entryId: entry ?? null };
    db.orm
      .insert(suggestions)
      .values({ ...row, ...absent, portfolioId, details: writeDetails(details) })
      .run();
  }
}

/** Marks a pending suggestion as carried out, by the entry that did it, or as rejected. */
export function decideSuggestion(
  db: Database,
  id: string,
  decision: { readonly status: 'executed' | 'rejected'; readonly at: Instant; readonly entry?: string },
): void {
  db.assertTransaction();
  db.orm
    .update(suggestions)
    .set({ status: decision.status, decidedAt: decision.at, entryId: decision.entry ?? null })
    .where(eq(suggestions.id, id))
    .run();
}

/** A suggestion whose entry was taken back is to be decided again. */
export function reopenSuggestion(db: Database, entry: string): void {
  db.assertTransaction();
  db.orm
    .update(suggestions)
    .set({ status: 'pending', decidedAt: null, entryId: null })
    .where(eq(suggestions.entryId, entry))
    .run();
}
