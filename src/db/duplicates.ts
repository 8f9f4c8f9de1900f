/** Entries that may be one event recorded twice: equal in all figures, of one portfolio, and from different sources. */
import type { LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';

export type PossibleDuplicate = {
  readonly kind: string;
  readonly code: Code | undefined;
  readonly on: LocalDate;
  readonly ids: readonly string[];
};

/**
 * Two equal rows of one file are two fills; two that were typed are taken for meant. An import's row beside another
 * import's, or beside one that was typed, is told.
 */
export const possibleDuplicates = (db: Database): PossibleDuplicate[] =>
  db
    .statement<{ kind: string; code: Code | null; on: LocalDate; ids: string }>(
      `SELECT kind, code, on_date AS "on", group_concat(id) AS ids FROM entries
       WHERE superseded_at IS NULL AND deleted = 0
       GROUP BY portfolio_id, kind, code, on_date, units, price, amount
       HAVING count(DISTINCT coalesce(batch_id, '')) > 1
       ORDER BY on_date, code`,
    )
    .all()
    .map(({ kind, code, on, ids }) => ({ kind, code: code ?? undefined, on, ids: ids.split(',') }));
