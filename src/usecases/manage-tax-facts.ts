/** What the user tells the tax reports: index numbers, market values of 30 June 2027, and facts of an owner's year. */
import type { App } from '../app.ts';
import { listCpi, removeCpi, storeCpi } from '../db/cpi.ts';
import { listMarketValues, type MarketValue, removeMarketValue, storeMarketValue } from '../db/market-values.ts';
import { ownerOf } from '../db/owner-books.ts';
import { factsOf, removeFact, storeFact } from '../db/owner-facts.ts';
import type { Decimal, Price } from '../domain/decimal.ts';
import type { Owner } from '../domain/ledger/portfolio.ts';
import type { Code } from '../domain/market/security.ts';
import { publishedCpi, type Quarter } from '../domain/tax/cpi.ts';
import type { OwnerFact, OwnerFactName } from '../domain/tax/owner-books.ts';
import { Failure } from '../failure.ts';

export type CpiRow = { readonly quarter: Quarter; readonly index: Decimal; readonly source: 'asxos' | 'user' };

/** The index numbers that are known, by quarter. */
export function viewCpi(app: App): CpiRow[] {
  const entered = listCpi(app.db);
  const own = new Set(entered.map(each => each.quarter));
  return [
    ...[...publishedCpi]
      .filter(([quarter]) => !own.has(quarter))
      .map(([quarter, index]) => ({ quarter, index, source: 'asxos' as const })),
    ...entered.map(({ quarter, index }) => ({ quarter, index, source: 'user' as const })),
  ].sort((a, b) => (a.quarter < b.quarter ? -1 : 1));
}

/** Sets the index of a quarter; undefined takes the user's own away. */
export function setCpi(app: App, quarter: Quarter, index: Decimal | undefined): void {
  app.db.transaction(() => {
    if (index !== undefined) storeCpi(app.db, { quarter, index, enteredAt: app.now() });
    else if (!removeCpi(app.db, quarter)) throw notSet(`No index of ${quarter} was entered`);
  });
}

export const viewMarketValues = (app: App): MarketValue[] => listMarketValues(app.db);

/** Sets the value of a unit on 30 June 2027; undefined takes the user's own away. */
export function setMarketValue(app: App, code: Code, price: Price | undefined): void {
  app.db.transaction(() => {
    if (price !== undefined) storeMarketValue(app.db, code, price, app.now());
    else if (!removeMarketValue(app.db, code)) throw notSet(`No market value of ${code} was entered`);
  });
}

type OwnerQuestion = { readonly owner?: string | undefined; readonly portfolio?: string | undefined };

export type OwnerFacts = { readonly owner: Owner; readonly facts: readonly OwnerFact[] };

export function viewOwnerFacts(app: App, question: OwnerQuestion): OwnerFacts {
  const owner = ownerOf(app.db, question);
  return { owner, facts: factsOf(app.db, owner.id) };
}

/** Sets a fact of an owner's year; an undefined value takes it away. */
export function setOwnerFact(
  app: App,
  question: OwnerQuestion & {
    readonly financialYear: number;
    readonly fact: OwnerFactName;
    readonly value: Decimal | undefined;
  },
): OwnerFacts {
  const { financialYear, fact, value } = question;
  const owner = ownerOf(app.db, question);
  app.db.transaction(() => {
    if (value !== undefined) storeFact(app.db, owner.id, { financialYear, fact, value });
    else if (!removeFact(app.db, owner.id, { financialYear, fact }))
      throw notSet(`${fact} of FY${financialYear} of ${owner.name} was not set`);
  });
  return { owner, facts: factsOf(app.db, owner.id) };
}

const notSet = (message: string): Failure => new Failure('not-found', message);
