/** The franking credits of owners under the holding period rule, read over all their portfolios. */
import { financialYear, type LocalDate } from '../domain/date.ts';
import { isPositive, type Money } from '../domain/decimal.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import type { Owner, Portfolio } from '../domain/ledger/portfolio.ts';
import type { Code } from '../domain/market/security.ts';
import { type JudgedDividend, mayBeOpen, type OwnerFranking, ownerFranking } from '../domain/tax/franking-at-stake.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { readLedger } from './ledger.ts';
import { listPortfolios } from './portfolios.ts';
import { findSecurity } from './securities.ts';

/** The owners of some portfolios, each once. */
const ownersOf = (portfolios: readonly Portfolio[]): Owner[] => [
  ...new Map(portfolios.flatMap(each => each.owners).map(owner => [owner.id, owner])).values(),
];

/** What the owners of `portfolios` keep, lose and may still lose of the years' credits; archived portfolios count. */
export function readOwnerFranking(
  db: Database,
  portfolios: readonly Portfolio[],
  years: readonly number[],
  today: LocalDate,
): OwnerFranking[] {
  const owners = ownersOf(portfolios);
  const ids = new Set(owners.map(owner => owner.id));
  const all = listPortfolios(db, { archived: true }).filter(each => each.owners.some(owner => ids.has(owner.id)));
  const books = { portfolios: all, ...readLedger(db, all) };
  const market = {
    declared: (code: Code, from: LocalDate) => dividendsOf(db, code, from),
    kindOf: (code: Code) => findSecurity(db, code)?.kind,
  };
  return owners.flatMap(owner => years.map(year => ownerFranking(owner, year, books, market, today)));
}

/**
 * The same for the years in which a sale could still lose credits: the last one too, whose June distributions are paid
 * in July. Nothing where no parcel of `ledger` is new enough.
 */
export function readOpenFranking(
  db: Database,
  portfolios: readonly Portfolio[],
  ledger: Ledger,
  today: LocalDate,
): OwnerFranking[] {
  const year = financialYear(today);
  return mayBeOpen(ledger, today) ? readOwnerFranking(db, portfolios, [year - 1, year, year + 1], today) : [];
}

/** Credits that an owner may still lose, and the first day on which a sale keeps them; soonest first. */
export type KeptCredit = JudgedDividend & { readonly open: Money; readonly keepUntil: LocalDate };

export const keptCredits = (owners: readonly OwnerFranking[]): KeptCredit[] =>
  owners
    .filter(each => !each.exempt)
    .flatMap(each => each.dividends)
    .flatMap(each => {
      const { keepUntil } = each.period;
      const open = each.split?.open;
      return keepUntil === undefined || open === undefined || !isPositive(open) ? [] : [{ ...each, open, keepUntil }];
    })
    .sort((a, b) => (a.keepUntil < b.keepUntil ? -1 : a.keepUntil > b.keepUntil ? 1 : 0));
