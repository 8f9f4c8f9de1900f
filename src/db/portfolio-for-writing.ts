/** The portfolio that a new entry or import goes into; the first one is made when there is none. */
import type { Instant } from '../domain/date.ts';
import { decimal } from '../domain/decimal.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { Failure } from '../failure.ts';
import type { Database } from './database.ts';
import { findOwner, insertOwner, insertPortfolio } from './portfolios.ts';
import { currentPortfolio, currentPortfolioKey, portfolioNamed } from './scope.ts';
import { writeSetting } from './settings.ts';

const firstName = 'Main';

/**
 * The named portfolio or the current one. With none at all it is `Main`, of one individual, without a cash account: it is
 * written (inside the caller's transaction) when `write` says so, else only described, for `storeFirstPortfolio`.
 */
export function portfolioForWriting(
  db: Database,
  name: string | undefined,
  system: { readonly now: () => Instant; readonly newId: () => string },
  write: boolean,
): { portfolio: Portfolio; created: boolean } {
  if (name?.trim().toLowerCase() === 'all') {
    throw new Failure('invalid-input', 'An entry belongs to one portfolio, not to all', {
      hint: 'Name one with --portfolio.',
    });
  }
  const found = name === undefined ? currentPortfolio(db) : portfolioNamed(db, name);
  if (found?.archivedAt !== undefined) {
    throw new Failure('refused', `The portfolio "${found.name}" is archived`, {
      hint: `Bring it back first: asxos portfolio archive "${found.name}" --restore.`,
    });
  }
  if (found) return { portfolio: found, created: false };
  const owner = findOwner(db, firstName) ?? { id: system.newId(), name: firstName, taxpayer: 'individual' as const };
  const portfolio: Portfolio = {
    id: system.newId(),
    name: firstName,
    owners: [{ ...owner, pct: decimal('100') }],
    cashAccount: false,
    method: 'fifo',
    createdAt: system.now(),
  };
  if (write) storeFirstPortfolio(db, portfolio);
  return { portfolio, created: true };
}

/** Writes the portfolio that was made for a first entry, and makes it the current one; inside a transaction. */
export function storeFirstPortfolio(db: Database, portfolio: Portfolio): void {
  for (const { id, name, taxpayer } of portfolio.owners) {
    if (!findOwner(db, name)) insertOwner(db, { id, name, taxpayer });
  }
  insertPortfolio(db, portfolio);
  writeSetting(db, currentPortfolioKey, portfolio.id);
}
