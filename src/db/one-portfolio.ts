/** The one portfolio that a plan is made for. */
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { Failure } from '../failure.ts';
import type { Database } from './database.ts';
import { currentPortfolio, portfolioNamed } from './scope.ts';

/** The named portfolio or the current one; a plan is never for all of them together. */
export function onePortfolio(db: Database, name: string | undefined): Portfolio {
  if (name?.trim().toLowerCase() === 'all') {
    throw new Failure('invalid-input', 'Targets and rebalancing are of one portfolio, not of all', {
      hint: 'Name one with --portfolio.',
    });
  }
  const found = name === undefined ? currentPortfolio(db) : portfolioNamed(db, name);
  if (found) return found;
  throw new Failure('not-found', 'There is no portfolio yet', {
    hint: 'Create one: asxos portfolio create NAME, or record an entry.',
  });
}
