/** The tax reports of an owner's financial year, beside what was lodged, and the lock that keeps what was lodged. */
import type { App } from '../app.ts';
import { listOwners, ownerOf, readOwnerBooks } from '../db/owner-books.ts';
import { readScope } from '../db/scope.ts';
import { findLock, insertLock, removeLock } from '../db/tax-locks.ts';
import { financialYear, type Instant } from '../domain/date.ts';
import type { Owner } from '../domain/ledger/portfolio.ts';
import { type CapitalGains, capitalGains } from '../domain/tax/capital-gains.ts';
import { type IncomeYear, incomeYear } from '../domain/tax/income-year.ts';
import { type LodgedDifference, lodgedDifferences, lodgedFigures, readLodged } from '../domain/tax/lodged-year.ts';
import { pastOrRunningYear } from '../domain/tax/tax-year.ts';
import { Failure } from '../failure.ts';

export type TaxQuestion = {
  /** The year it ends in; the running one where absent. */
  readonly fy?: number | undefined;
  readonly owner?: string | undefined;
  readonly portfolio?: string | undefined;
};

export type TaxYearView = {
  readonly gains: CapitalGains;
  readonly income: IncomeYear;
  /** Where no owner was named: the others there are. */
  readonly otherOwners: readonly Owner[];
  readonly lockedAt: Instant | undefined;
  /** What later edits changed of a locked year; empty where nothing, undefined where it is not locked. */
  readonly lockedDifference: readonly LodgedDifference[] | undefined;
};

/** The owner and year that are asked for. A year that has not begun is refused. */
function asked(app: App, question: TaxQuestion): { owner: Owner; fy: number } {
  const fy = pastOrRunningYear(question.fy ?? financialYear(app.today()), app.today());
  return { owner: ownerOf(app.db, question), fy };
}

export function viewTaxYear(app: App, question: TaxQuestion): TaxYearView {
  const { owner, fy } = asked(app, question);
  const books = readOwnerBooks(app.db, owner);
  const gains = capitalGains(books, fy, app.today());
  const income = incomeYear(books, fy, app.today());
  const otherOwners = question.owner === undefined ? listOwners(app.db).filter(each => each.id !== owner.id) : [];
  const lock = findLock(app.db, owner.id, fy);
  if (lock === undefined) return { gains, income, otherOwners, lockedAt: undefined, lockedDifference: undefined };
  const lodged = readLodged(lock.report);
  if (lodged === undefined) throw new Failure('corrupt', `What was locked of FY${fy} of ${owner.name} cannot be read`);
  const lockedDifference = lodgedDifferences(lodged, lodgedFigures(gains, income));
  return { gains, income, otherOwners, lockedAt: lock.lockedAt, lockedDifference };
}

/** Whose tax there is to see: the owners of the portfolio first, then the others. */
export function taxOwners(app: App, portfolio?: string): Owner[] {
  const own = readScope(app.db, portfolio).portfolios.flatMap(each => each.owners);
  const ids = new Set(own.map(each => each.id));
  const all = listOwners(app.db);
  return [...all.filter(each => ids.has(each.id)), ...all.filter(each => !ids.has(each.id))];
}

export type TaxLockChange = { readonly owner: Owner; readonly fy: number; readonly figures: number };

/** Keeps the year's figures as lodged. Refused while the year runs, and where it is locked already. */
export function lockTaxYear(app: App, question: TaxQuestion): TaxLockChange {
  const { owner, fy } = asked(app, question);
  if (fy === financialYear(app.today())) {
    throw new Failure('refused', `FY${fy} is not over, so it cannot have been lodged`, {
      hint: `Lock an earlier year: --fy ${fy - 1}.`,
    });
  }
  if (findLock(app.db, owner.id, fy) !== undefined) {
    throw new Failure('refused', `FY${fy} of ${owner.name} is locked already`, {
      hint: `See what changed since: asxos tax cgt --fy ${fy}. To lock it anew, unlock it first.`,
    });
  }
  const books = readOwnerBooks(app.db, owner);
  const figures = lodgedFigures(capitalGains(books, fy, app.today()), incomeYear(books, fy, app.today()));
  app.db.transaction(() => insertLock(app.db, owner.id, fy, { report: { figures }, lockedAt: app.now() }));
  return { owner, fy, figures: figures.length };
}

/** Forgets what was lodged; the entries and reports stay as they are. */
export function unlockTaxYear(app: App, question: TaxQuestion): Omit<TaxLockChange, 'figures'> {
  const { owner, fy } = asked(app, question);
  if (!app.db.transaction(() => removeLock(app.db, owner.id, fy))) {
    throw new Failure('refused', `FY${fy} of ${owner.name} is not locked`, {
      hint: `Lock it: asxos tax lock --fy ${fy}.`,
    });
  }
  return { owner, fy };
}

export const listOwnerNames = (app: App): string[] => listOwners(app.db).map(owner => owner.name);
