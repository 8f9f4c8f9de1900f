/** Which portfolios a command or screen is about: one, or all that are not archived. */
import { nearestName } from '../domain/edit-distance.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { Failure } from '../failure.ts';
import type { Database } from './database.ts';
import { listPortfolios } from './portfolios.ts';
import { readSetting } from './settings.ts';

export type Scope = {
  /** The portfolio's name, or `All portfolios`. */
  readonly name: string;
  readonly portfolios: readonly Portfolio[];
  readonly combined: boolean;
};

/** The setting that holds the id of the portfolio in use. */
export const currentPortfolioKey = 'portfolio.current';

/** The portfolio that is used where none is named: the chosen one, else the first; undefined when there is none. */
export function currentPortfolio(db: Database): Portfolio | undefined {
  const open = listPortfolios(db);
  const chosen = readSetting(db, currentPortfolioKey);
  return open.find(portfolio => portfolio.id === chosen) ?? open[0];
}

/** The portfolio of that name; a Failure names the ones there are. */
export function portfolioNamed(db: Database, name: string): Portfolio {
  const all = listPortfolios(db, { archived: true });
  const found = all.find(portfolio => portfolio.name.toLowerCase() === name.trim().toLowerCase());
  if (found) return found;
  throw new Failure('not-found', `There is no portfolio "${name}"`, { hint: whichThereAre(name, all) });
}

function whichThereAre(name: string, all: readonly Portfolio[]): string {
  const open = all.filter(portfolio => portfolio.archivedAt === undefined).map(portfolio => portfolio.name);
  const nearest = nearestName(
    name,
    all.map(portfolio => portfolio.name),
  );
  const meant = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
  if (open.length > 0) return `${meant}The portfolios are ${open.join(', ')}.`;
  return meant === '' ? 'Create one: asxos portfolio create NAME.' : meant.trimEnd();
}

/** `all` is every open portfolio; without a name the current one. With no portfolio at all the scope is empty. */
export function readScope(db: Database, name: string | undefined): Scope {
  if (name?.trim().toLowerCase() === 'all') {
    const portfolios = listPortfolios(db);
    return { name: 'All portfolios', portfolios, combined: portfolios.length > 1 };
  }
  const one = name === undefined ? currentPortfolio(db) : portfolioNamed(db, name);
  return one
    ? { name: one.name, portfolios: [one], combined: false }
    : { name: 'No portfolio yet', portfolios: [], combined: false };
}
