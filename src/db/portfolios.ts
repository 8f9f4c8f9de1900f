/** Owners (taxpayers) and portfolios. A portfolio belongs to one owner, or to several by percentages that sum to 100. */
import { eq, max } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import { type Decimal, decimal, isPositive, plain } from '../domain/decimal.ts';
import type { ParcelMethod } from '../domain/ledger/entry.ts';
import type { Owner, Portfolio, Taxpayer } from '../domain/ledger/portfolio.ts';
import { Failure } from '../failure.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { owners, portfolioOwners, portfolios } from './schema.ts';

/** The owner of that name, in any case. */
export const findOwner = (db: Database, name: string): Owner | undefined =>
  db.orm.select().from(owners).where(eq(owners.name, name)).get();

export function insertOwner(db: Database, owner: Owner): void {
  db.assertTransaction();
  refuseTakenOwner(db, owner.name, owner.id);
  db.orm.insert(owners).values(owner).run();
}

/** Changes the name or the taxpayer of an owner. */
export function updateOwner(db: Database, id: string, changes: { name?: string; taxpayer?: Taxpayer }): void {
  db.assertTransaction();
  if (changes.name !== undefined) refuseTakenOwner(db, changes.name, id);
  if (Object.keys(changes).length > 0) db.orm.update(owners).set(changes).where(eq(owners.id, id)).run();
}

/** The portfolios in their order; archived ones only when asked for. */
export function listPortfolios(db: Database, options: { archived?: boolean } = {}): Portfolio[] {
  const where = options.archived ? '' : 'WHERE archived_at IS NULL';
  return withOwners(db, db.statement<Row>(`SELECT * FROM portfolios ${where} ORDER BY position`).all());
}

/** The portfolio of that name, in any case, archived or not. */
export function findPortfolio(db: Database, name: string): Portfolio | undefined {
  return withOwners(db, db.statement<Row>('SELECT * FROM portfolios WHERE name = ?').all(name))[0];
}

type Row = {
  id: string;
  name: string;
  cash_account: number;
  method: ParcelMethod;
  created_at: Instant;
  archived_at: Instant | null;
};
type ShareRow = { id: string; name: string; taxpayer: Taxpayer; pct: string };

const selectShares = `SELECT owners.id, owners.name, owners.taxpayer, pct FROM portfolio_owners
  JOIN owners ON owners.id = owner_id WHERE portfolio_id = ? ORDER BY portfolio_owners.position`;

// Read on every start: by statements of our own, which need not be built first.
function withOwners(db: Database, rows: readonly Row[]): Portfolio[] {
  const shares = db.statement<ShareRow>(selectShares);
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    cashAccount: row.cash_account === 1,
    method: row.method,
    owners: shares.all(row.id).map(({ pct, ...owner }) => ({ ...owner, pct: decimal(pct) })),
    createdAt: row.created_at,
    archivedAt: known(row.archived_at),
  }));
}

/** Adds a portfolio at the end of the list; its owners exist already. */
export function insertPortfolio(db: Database, portfolio: Portfolio): void {
  db.assertTransaction();
  refuseTakenName(db, portfolio.name, portfolio.id);
  const last = db.orm
    .select({ position: max(portfolios.position) })
    .from(portfolios)
    .get();
  const { id, name, cashAccount, method, createdAt } = portfolio;
  const position = (last?.position ?? 0) + 1;
  db.orm
    .insert(portfolios)
    .values({ id, name, cashAccount, method, createdAt, position, archivedAt: portfolio.archivedAt ?? null })
    .run();
  setPortfolioOwners(db, id, portfolio.owners);
}

/** Changes what a portfolio is called or how it works. `archivedAt: null` brings it back from the archive. */
export function updatePortfolio(
  db: Database,
  id: string,
  changes: { name?: string; cashAccount?: boolean; method?: ParcelMethod; archivedAt?: Instant | null },
): void {
  db.assertTransaction();
  if (changes.name !== undefined) refuseTakenName(db, changes.name, id);
  if (Object.keys(changes).length > 0) db.orm.update(portfolios).set(changes).where(eq(portfolios.id, id)).run();
}

/** Sets who owns a portfolio, in this order. Refused unless the percentages are positive and sum to 100. */
export function setPortfolioOwners(
  db: Database,
  portfolio: string,
  shares: readonly { readonly id: string; readonly name: string; readonly pct: Decimal }[],
): void {
  db.assertTransaction();
  const total = shares.reduce((sum, share) => sum.plus(share.pct), decimal('0'));
  if (plain(total) !== '100' || shares.some(share => !isPositive(share.pct))) {
    const list = shares.map(share => `${share.name} ${plain(share.pct)}`).join(', ') || 'nobody';
    throw new Failure('invalid-input', `The owners' percentages must be above 0 and sum to 100, not "${list}"`);
  }
  db.orm.delete(portfolioOwners).where(eq(portfolioOwners.portfolioId, portfolio)).run();
  const rows = shares.map(({ id, pct }, position) => ({ portfolioId: portfolio, ownerId: id, pct, position }));
  db.orm.insert(portfolioOwners).values(rows).run();
}

function refuseTakenOwner(db: Database, name: string, id: string): void {
  const namesake = findOwner(db, name);
  if (namesake === undefined || namesake.id === id) return;
  throw new Failure('refused', `There is already an owner named "${namesake.name}"`);
}

function refuseTakenName(db: Database, name: string, id: string): void {
  const namesake = findPortfolio(db, name);
  if (namesake === undefined || namesake.id === id) return;
  const archived = namesake.archivedAt === undefined ? '' : ' in the archive';
  throw new Failure('refused', `There is already a portfolio named "${namesake.name}"${archived}`, {
    hint: 'Choose another name; the case of its letters does not tell two names apart.',
  });
}
