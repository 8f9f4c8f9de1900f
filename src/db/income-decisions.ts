/** What the user said of proposed dividends. A confirmation holds as long as the entry that it recorded is there. */
import { and, eq } from 'drizzle-orm';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { incomeDecisions } from './schema-plans.ts';

export type IncomeDecision = {
  readonly portfolioId: string;
  readonly code: Code;
  readonly exDate: LocalDate;
  readonly ordinal: number;
  readonly decision: 'confirmed' | 'dismissed';
  /** The entry that a confirmation recorded. */
  readonly entryId: string | undefined;
  readonly decidedAt: Instant;
};

export const decisionsOf = (db: Database, portfolio: string): IncomeDecision[] =>
  db.orm
    .select()
    .from(incomeDecisions)
    .where(eq(incomeDecisions.portfolioId, portfolio))
    .all()
    .map(row => ({ ...row, entryId: known(row.entryId) }));

/** Stores a decision in the place of an earlier one of the same dividend. */
export function storeDecision(db: Database, decision: IncomeDecision): void {
  db.assertTransaction();
  const { portfolioId, code, exDate, ordinal } = decision;
  const same = and(
    eq(incomeDecisions.portfolioId, portfolioId),
    eq(incomeDecisions.code, code),
    eq(incomeDecisions.exDate, exDate),
    eq(incomeDecisions.ordinal, ordinal),
  );
  db.orm.delete(incomeDecisions).where(same).run();
  db.orm
    .insert(incomeDecisions)
    .values({ ...decision, entryId: decision.entryId ?? null })
    .run();
}
