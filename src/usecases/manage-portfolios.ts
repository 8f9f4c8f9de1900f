/** Portfolios and their owners: create, rename, archive, choose, change. */
import type { App } from '../app.ts';
import {
  findOwner,
  insertOwner,
  insertPortfolio,
  listPortfolios,
  setPortfolioOwners,
  updateOwner,
  updatePortfolio,
} from '../db/portfolios.ts';
import { currentPortfolio, currentPortfolioKey, portfolioNamed } from '../db/scope.ts';
import { writeSetting } from '../db/settings.ts';
import { decimal } from '../domain/decimal.ts';
import type { ParcelMethod } from '../domain/ledger/entry.ts';
import {
  type Ownership,
  type Portfolio,
  parsePortfolioName,
  parseShares,
  type Taxpayer,
} from '../domain/ledger/portfolio.ts';
import { Failure } from '../failure.ts';

export type PortfolioOptions = {
  readonly taxpayer?: Taxpayer | undefined;
  /** `Ann 50, Bob 50`. */
  readonly owners?: string | undefined;
  /** One owner at 100%. */
  readonly owner?: string | undefined;
  readonly cash?: boolean | undefined;
  readonly method?: ParcelMethod | undefined;
};

export type PortfolioList = { readonly portfolios: readonly (Portfolio & { readonly current: boolean })[] };

export function viewPortfolios(app: App, options: { archived?: boolean } = {}): PortfolioList {
  const current = currentPortfolio(app.db)?.id;
  return { portfolios: listPortfolios(app.db, options).map(each => ({ ...each, current: each.id === current })) };
}

/** Finds the owners by name, making those that are new; inside a transaction. */
function ownersOf(app: App, name: string, options: PortfolioOptions): Ownership[] {
  if (options.owner !== undefined && options.owners !== undefined) {
    throw new Failure('invalid-input', 'Use --owner or --owners, not both');
  }
  const shares =
    options.owners === undefined ? [{ name: options.owner ?? name, pct: decimal('100') }] : parseShares(options.owners);
  return shares.map(share => ({ ...ownerNamed(app, share.name, options.taxpayer), pct: share.pct }));
}

function ownerNamed(app: App, name: string, taxpayer: Taxpayer | undefined) {
  const existing = findOwner(app.db, name);
  if (existing) {
    if (taxpayer !== undefined && existing.taxpayer !== taxpayer) {
      throw new Failure(
        'refused',
        `The owner "${existing.name}" is already known as ${existing.taxpayer}, not ${taxpayer}`,
        {
          hint: 'Leave --taxpayer out, or name another owner with --owner.',
        },
      );
    }
    return existing;
  }
  const owner = { id: app.newId(), name: parsePortfolioName(name), taxpayer: taxpayer ?? 'individual' } as const;
  insertOwner(app.db, owner);
  return owner;
}

/** Makes a portfolio; the first one becomes the current one. */
export function createPortfolio(app: App, name: string, options: PortfolioOptions = {}): Portfolio {
  const { db } = app;
  const clean = parsePortfolioName(name);
  return db.transaction(() => {
    const isFirst = currentPortfolio(db) === undefined;
    const portfolio: Portfolio = {
      id: app.newId(),
      name: clean,
      owners: ownersOf(app, clean, options),
      cashAccount: options.cash ?? false,
      method: options.method ?? 'fifo',
      createdAt: app.now(),
    };
    insertPortfolio(db, portfolio);
    if (isFirst) writeSetting(db, currentPortfolioKey, portfolio.id);
    return portfolio;
  });
}

export function renamePortfolio(app: App, name: string, newName: string): Portfolio {
  const portfolio = portfolioNamed(app.db, name);
  app.db.transaction(() => updatePortfolio(app.db, portfolio.id, { name: parsePortfolioName(newName) }));
  return portfolioNamed(app.db, newName);
}

/** Archived portfolios keep their entries and leave every view; naming one again with `restore` brings it back. */
export function archivePortfolio(app: App, name: string, options: { restore?: boolean } = {}): Portfolio {
  const portfolio = portfolioNamed(app.db, name);
  const archived = portfolio.archivedAt !== undefined;
  if (archived !== (options.restore ?? false)) {
    throw new Failure(
      'refused',
      `The portfolio "${portfolio.name}" is ${archived ? 'archived already' : 'not archived'}`,
    );
  }
  app.db.transaction(() => updatePortfolio(app.db, portfolio.id, { archivedAt: options.restore ? null : app.now() }));
  return portfolioNamed(app.db, portfolio.name);
}

/** Makes a portfolio the one that is used where none is named. */
export function choosePortfolio(app: App, name: string): Portfolio {
  const portfolio = portfolioNamed(app.db, name);
  if (portfolio.archivedAt !== undefined) {
    throw new Failure('refused', `The portfolio "${portfolio.name}" is archived`, {
      hint: `Bring it back first: asxos portfolio archive "${portfolio.name}" --restore.`,
    });
  }
  app.db.transaction(() => writeSetting(app.db, currentPortfolioKey, portfolio.id));
  return portfolio;
}

/** Changes the taxpayer of a portfolio's single owner, its owners, cash account or parcel method. */
export function changePortfolio(app: App, name: string, options: PortfolioOptions): Portfolio {
  const { db } = app;
  const portfolio = portfolioNamed(db, name);
  db.transaction(() => {
    if (options.owner !== undefined || options.owners !== undefined) {
      setPortfolioOwners(db, portfolio.id, ownersOf(app, portfolio.name, options));
    } else if (options.taxpayer !== undefined) {
      const [owner, ...others] = portfolio.owners;
      if (!owner || others.length > 0) {
        throw new Failure('refused', `The portfolio "${portfolio.name}" has ${portfolio.owners.length} owners`, {
          hint: 'Name whose taxpayer type it is with --owner, or set all with --owners.',
        });
      }
      updateOwner(db, owner.id, { taxpayer: options.taxpayer });
    }
    const { cash, method } = options;
    updatePortfolio(db, portfolio.id, {
      ...(cash === undefined ? {} : { cashAccount: cash }),
      ...(method === undefined ? {} : { method }),
    });
  });
  return portfolioNamed(db, portfolio.name);
}
