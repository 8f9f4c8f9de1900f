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

type Dividend = Pick<IncomeDecision, 'portfolioId' | 'code' | 'exDate' | 'ordinal'>;

export const decisionsOf = (db: Database, portfolio: string): IncomeDecision[] =>
  db.orm
    .select()
    .from(incomeDecisions)
    .where(eq(incomeDecisions.portfolioId, portfolio))
    .all()
    .map(row => ({ ...row, entryId: known(row.entryId) }));

const sameDividend = ({ portfolioId, code, exDate, ordinal }: Dividend) =>
  and(
    eq(incomeDecisions.portfolioId, portfolioId),
    eq(incomeDecisions.code, code),
    eq(incomeDecisions.exDate, exDate),
    eq(incomeDecisions.ordinal, ordinal),
  );

/** Forgets what was decided of a dividend. */
export function removeDecision(db: Database, dividend: Dividend): void {
  db.assertTransaction();
  db.orm.delete(incomeDecisions).where(sameDividend(dividend)).run();
}

/** Stores a decision in the place of an earlier one of the same dividend. */
export function storeDecision(db: Database, decision: IncomeDecision): void {
  removeDecision(db, decision);
  db.orm
    .insert(incomeDecisions)
    .values({ ...decision, entryId: decision.entryId ?? null })
    .run();
}
