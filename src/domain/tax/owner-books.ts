/**
 * Everything that the tax of one owner is worked out from: the owner's portfolios, alone or joint, archived ones too,
 * their entries and ledger, the index and market values that the user or a refresh stored, and the facts that the user
 * gave of the owner's years.
 */
import type { Decimal, Money } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { FoldOptions, Ledger } from '../ledger/ledger.ts';
import type { Owner, Portfolio } from '../ledger/portfolio.ts';
import type { AssetKind, Code } from '../market/security.ts';
import type { CpiTable } from './cpi.ts';
import type { Share } from './ownership.ts';

export const ownerFactNames = ['losses-brought-in', 'other-income', 'marginal-rate-pct'] as const;
export type OwnerFactName = (typeof ownerFactNames)[number];

/** Losses and income in dollars, a rate in percent. */
export type OwnerFact = { readonly financialYear: number; readonly fact: OwnerFactName; readonly value: Decimal };

export type OwnerBooks = {
  readonly owner: Owner;
  readonly portfolios: readonly Portfolio[];
  readonly entries: readonly Entry[];
  readonly ledger: Ledger;
  /** How the entries were folded: parcel methods, and the deemed sale of 1 July 2027. */
  readonly folding: FoldOptions;
  /** Of the codes that paid income, where the symbol list holds them. */
  readonly kinds: ReadonlyMap<Code, AssetKind>;
  readonly cpi: CpiTable;
  readonly facts: readonly OwnerFact[];
};

/** What the owner has of each portfolio, by its id. */
export const sharesIn = ({ owner, portfolios }: Pick<OwnerBooks, 'owner' | 'portfolios'>): ReadonlyMap<string, Share> =>
  new Map(
    portfolios.map(({ id, owners }) => [
      id,
      { pcts: owners.map(each => each.pct), at: owners.findIndex(each => each.id === owner.id) },
    ]),
  );

/** The fact of that year; undefined where the user gave none. */
export const factOf = (books: Pick<OwnerBooks, 'facts'>, fact: OwnerFactName, financialYear: number) =>
  books.facts.find(each => each.fact === fact && each.financialYear === financialYear)?.value;

/** The marginal rate of a year, or the last one given before it. */
export function marginalRate(books: Pick<OwnerBooks, 'facts'>, financialYear: number): Decimal | undefined {
  const years = books.facts.filter(each => each.fact === 'marginal-rate-pct' && each.financialYear <= financialYear);
  const last = years.reduce((latest, each) => Math.max(latest, each.financialYear), 0);
  return factOf(books, 'marginal-rate-pct', last);
}

/** Losses brought in from before the entries, by the year they come into. */
export const lossesBroughtIn = ({ facts }: Pick<OwnerBooks, 'facts'>): ReadonlyMap<number, Money> =>
  new Map(
    facts
      .filter(each => each.fact === 'losses-brought-in')
      .map(each => [each.financialYear, each.value as Decimal as Money]),
  );
