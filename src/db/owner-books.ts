/** The owner that a tax report is about, and all that it is worked out from. */
import { financialYear, type LocalDate } from '../domain/date.ts';
import type { Decimal } from '../domain/decimal.ts';
import { editDistance } from '../domain/edit-distance.ts';
import type { Gains } from '../domain/ledger/fold.ts';
import { type FoldOptions, foldLedger } from '../domain/ledger/ledger.ts';
import type { Owner, Portfolio } from '../domain/ledger/portfolio.ts';
import { yearSoFar } from '../domain/tax/capital-gains.ts';
import { marginalRate, type OwnerBooks } from '../domain/tax/owner-books.ts';
import { Failure } from '../failure.ts';
import { readCpi } from './cpi.ts';
import type { Database } from './database.ts';
import { currentEntries } from './entries.ts';
import { methodsOf } from './ledger.ts';
import { deemedSale } from './market-values.ts';
import { factsOf } from './owner-facts.ts';
import { findOwner, listPortfolios } from './portfolios.ts';
import { readScope } from './scope.ts';
import { securitiesOf } from './securities.ts';

/** Every owner of a portfolio, archived ones too, in the order of the portfolios. */
export function listOwners(db: Database): Owner[] {
  const owners = listPortfolios(db, { archived: true }).flatMap(portfolio => portfolio.owners);
  return [...new Map(owners.map(({ id, name, taxpayer }) => [id, { id, name, taxpayer }])).values()];
}

/** The owner of that name; without a name the one owner of the portfolio that is named or in use. */
export function ownerOf(
  db: Database,
  { owner, portfolio }: { readonly owner?: string | undefined; readonly portfolio?: string | undefined },
): Owner {
  if (owner !== undefined) return findOwner(db, owner.trim()) ?? noOwner(db, owner);
  const scope = readScope(db, portfolio);
  const owners = new Map(scope.portfolios.flatMap(each => each.owners).map(each => [each.id, each]));
  const [first, ...others] = [...owners.values()];
  if (first === undefined) {
    throw new Failure('not-found', 'There is no portfolio yet, so nobody to report for', {
      hint: 'Record a trade with asxos add, or create a portfolio: asxos portfolio create NAME.',
    });
  }
  if (others.length > 0) {
    const names = [first, ...others].map(each => each.name).join(', ');
    throw new Failure('invalid-input', `${scope.name} has ${others.length + 1} owners: ${names}`, {
      hint: `Say whose tax it is: --owner ${quoted(first.name)}.`,
    });
  }
  return { id: first.id, name: first.name, taxpayer: first.taxpayer };
}

const quoted = (name: string): string => (/\s/.test(name) ? `"${name}"` : name);

function noOwner(db: Database, name: string): never {
  const names = listOwners(db).map(each => each.name);
  const near = names.find(each => editDistance(each.toLowerCase(), name.trim().toLowerCase()) <= 2);
  const list = names.length === 0 ? 'There is no owner yet.' : `The owners are ${names.join(', ')}.`;
  throw new Failure('not-found', `There is no owner "${name}"`, {
    hint: near === undefined ? list : `Did you mean ${near}? ${list}`,
  });
}

const onlyOwner = ({ owners: [first, ...others] }: Portfolio): Owner | undefined =>
  first === undefined || others.length > 0 ? undefined : { id: first.id, name: first.name, taxpayer: first.taxpayer };

/** The gains and losses of the running year of a portfolio's one owner; undefined for a joint portfolio. */
export function readYearSoFar(db: Database, portfolio: Portfolio, today: LocalDate): Gains | undefined {
  const owner = onlyOwner(portfolio);
  return owner && yearSoFar([readOwnerBooks(db, owner)], financialYear(today));
}

/** The marginal rate that a portfolio's one owner has told; undefined for a joint portfolio. */
export function readMarginalRate(db: Database, portfolio: Portfolio, today: LocalDate): Decimal | undefined {
  const owner = onlyOwner(portfolio);
  return owner && marginalRate({ facts: factsOf(db, owner.id) }, financialYear(today));
}

export function readOwnerBooks(db: Database, owner: Owner): OwnerBooks {
  const portfolios = listPortfolios(db, { archived: true }).filter(portfolio =>
    portfolio.owners.some(each => each.id === owner.id),
  );
  const ids = portfolios.map(each => each.id);
  const entries = currentEntries(db, { portfolios: ids });
  const folding: FoldOptions = { methods: methodsOf(portfolios), reset: deemedSale(db, portfolios) };
  const ledger = foldLedger(entries, folding);
  const paying = new Set(ledger.income.map(each => each.code));
  const kinds = new Map([...securitiesOf(db, paying)].map(([code, { kind }]) => [code, kind]));
  return { owner, portfolios, entries, ledger, folding, kinds, cpi: readCpi(db), facts: factsOf(db, owner.id) };
}
