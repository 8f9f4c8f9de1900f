/**
 * What becomes of suggestions: listed, accepted, rejected.
 *
 * Accepting drafts the entry, with its parcels named, and leaves the suggestion pending: the trade is yet to be made, and
 * its contract note may differ. With `record` the drafted entry is recorded and the suggestion marked executed, both or
 * neither.
 */
import type { App } from '../app.ts';
import { currentEntries, insertEntries } from '../db/entries.ts';
import { methodsOf } from '../db/ledger.ts';
import { onePortfolio } from '../db/one-portfolio.ts';
import { listPortfolios } from '../db/portfolios.ts';
import {
  decideSuggestion,
  type StoredSuggestion,
  type SuggestionStatus,
  suggestionsNamed,
  suggestionsOf,
} from '../db/suggestions.ts';
import type { Money } from '../domain/decimal.ts';
import { type Effect, effectOf } from '../domain/ledger/effect.ts';
import type { Draft, Entry } from '../domain/ledger/entry.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { cashOf, isTrade, newestRun } from '../domain/rebalance/pending.ts';
import { Failure } from '../failure.ts';
import { describeEntry } from '../words/format-entry.ts';

export type SuggestionList = {
  readonly portfolio: string;
  readonly suggestions: readonly StoredSuggestion[];
  /** Cash before the newest run and after what stands of it; undefined without one. */
  readonly cash: { readonly before: Money; readonly after: Money } | undefined;
  /** The newest run, whatever became of it. */
  readonly run: readonly StoredSuggestion[];
};

/** Trades that are pending and still offered; with `all` also what is held, was decided or has expired. */
export function viewSuggestions(
  app: App,
  options: { portfolio?: string | undefined; all?: boolean | undefined } = {},
): SuggestionList {
  const portfolio = onePortfolio(app.db, options.portfolio);
  const now = app.now();
  const all = suggestionsOf(app.db, portfolio.id);
  const run = newestRun(all);
  return {
    portfolio: portfolio.name,
    suggestions: all.filter(
      row => options.all === true || (isTrade(row) && row.status === 'pending' && row.expiresAt > now),
    ),
    cash: cashOf(run),
    run,
  };
}

export type Accepted = {
  readonly suggestion: StoredSuggestion;
  readonly portfolio: string;
  /** The entry as `add` takes it, and as a sentence. */
  readonly line: string;
  readonly sentence: string;
  readonly effect: Effect;
  /** Undefined unless it was recorded. */
  readonly entry: Entry | undefined;
};

/** Drafts the entry of a suggestion; with `record` records it. Refused where the ledger would refuse the entry. */
export function acceptSuggestion(app: App, name: string, options: { record?: boolean | undefined } = {}): Accepted {
  const { db } = app;
  const prepare = (): Accepted & { readonly draftEntry: Entry } => {
    const suggestion = openSuggestion(app, name);
    const draft = draftOf(app, suggestion);
    const portfolio = portfolioOf(app, suggestion);
    const entry: Entry = { ...draft, id: app.newId(), portfolio: portfolio.id };
    const entries = currentEntries(db, { portfolios: [portfolio.id] });
    const effect = effectOf(entries, entry, { methods: methodsOf([portfolio]) });
    const texts = { line: formatEntryLine(draft), sentence: describeEntry(entry) };
    return { suggestion, portfolio: portfolio.name, ...texts, effect, entry: undefined, draftEntry: entry };
  };
  if (options.record !== true) return prepare();
  return db.transaction(() => {
    const { draftEntry: entry, ...accepted } = prepare();
    const at = app.now();
    insertEntries(db, [entry], at);
    decideSuggestion(db, accepted.suggestion.id, { status: 'executed', at, entry: entry.id });
    const suggestion = {
      ...accepted.suggestion,
      status: 'executed' as SuggestionStatus,
      decidedAt: at,
      entry: entry.id,
    };
    return { ...accepted, suggestion, entry };
  });
}

export function rejectSuggestion(app: App, name: string): StoredSuggestion {
  return app.db.transaction(() => {
    const suggestion = openSuggestion(app, name);
    const at = app.now();
    decideSuggestion(app.db, suggestion.id, { status: 'rejected', at });
    return { ...suggestion, status: 'rejected', decidedAt: at };
  });
}

/** The pending suggestion that `name`, an id or its end, means. */
function openSuggestion(app: App, name: string): StoredSuggestion {
  const [found, other] = name.length < 4 ? [] : suggestionsNamed(app.db, name);
  if (found === undefined || other !== undefined) {
    const why =
      found === undefined ? `There is no suggestion "${name}"` : `More than one suggestion is named "${name}"`;
    throw new Failure('not-found', why, { hint: 'The ids are listed by: asxos rebalance list.' });
  }
  if (found.status !== 'pending') throw new Failure('refused', `The suggestion "${name}" is ${found.status} already`);
  if (found.expiresAt <= app.now()) {
    throw new Failure('refused', `The suggestion "${name}" has expired`, { hint: 'Make new ones: asxos rebalance.' });
  }
  return found;
}

function draftOf(app: App, { code, action, units, price, details }: StoredSuggestion): Draft {
  if (action === 'HOLD' || price === undefined) {
    throw new Failure('refused', `HOLD ${code} asks for no trade`, { hint: 'Accept one that buys or sells.' });
  }
  const trade = { code, units, price, brokerage: details.brokerage, on: app.today() };
  if (action === 'BUY' || action === 'ADD') return { ...trade, kind: 'buy' };
  return {
    ...trade,
    kind: 'sell',
    parcels: details.parcels.map(({ id, units: part }) => ({ parcel: id, units: part })),
  };
}

function portfolioOf(app: App, { portfolio }: StoredSuggestion): Portfolio {
  const found = listPortfolios(app.db, { archived: true }).find(each => each.id === portfolio);
  if (found) return found;
  throw new Failure('corrupt', `The suggestion belongs to no portfolio`);
}
