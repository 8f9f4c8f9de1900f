/** The target weights of a portfolio. */
import { eq } from 'drizzle-orm';
import type { Target } from '../domain/rebalance/targets.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { rebalanceTargets } from './schema-plans.ts';

/** Codes first, then sectors, each by name. */
export const targetsOf = (db: Database, portfolio: string): Target[] =>
  db.orm
    .select()
    .from(rebalanceTargets)
    .where(eq(rebalanceTargets.portfolioId, portfolio))
    .orderBy(rebalanceTargets.kind, rebalanceTargets.name)
    .all()
    .map(({ kind, name, weightPct, bandPct }) => ({ kind, name, weightPct, bandPct: known(bandPct) }));

/** Puts these targets in the place of all that the portfolio has. */
export function replaceTargets(db: Database, portfolio: string, targets: readonly Target[]): void {
  db.assertTransaction();
  db.orm.delete(rebalanceTargets).where(eq(rebalanceTargets.portfolioId, portfolio)).run();
  const rows = targets.map(({ bandPct, ...target }) => ({
    ...target,
    portfolioId: portfolio,
    bandPct: bandPct ?? null,
  }));
  if (rows.length > 0) db.orm.insert(rebalanceTargets).values(rows).run();
}
