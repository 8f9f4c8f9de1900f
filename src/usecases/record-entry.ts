/** Records, edits, deletes and brings back single entries. Whatever the ledger refuses is not written. */
import type { App } from '../app.ts';
import {
  currentEntries,
  deleteEntry,
  type EntryVersion,
  entryIdsLike,
  entryVersions,
  findEntry,
  insertEntries,
  replaceEntry,
  restoreEntry,
} from '../db/entries.ts';
import { methodsOf } from '../db/ledger.ts';
import { portfolioForWriting } from '../db/portfolio-for-writing.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { countSecurities, findSecurity, storeCodeChange } from '../db/securities.ts';
import { decideSuggestion, reopenSuggestion } from '../db/suggestions.ts';
import { readOverrides } from '../db/trading-days.ts';
import { type Effect, effectOf, refuseProblems } from '../domain/ledger/effect.ts';
import type { Draft, Entry } from '../domain/ledger/entry.ts';
import { parseEntryLine } from '../domain/ledger/entry-line.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import { foldLedger } from '../domain/ledger/ledger.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { isTradingDay } from '../domain/market/calendar.ts';
import { Failure } from '../failure.ts';
import { describeEntry } from '../words/format-entry.ts';

export type RecordedEntry = {
  readonly entry: Entry;
  /** The entry as a line, and as a sentence. */
  readonly line: string;
  readonly sentence: string;
  readonly portfolio: string;
  /** True where the portfolio was made for this entry. */
  readonly createdPortfolio: boolean;
  readonly effect: Effect;
  readonly written: boolean;
  readonly warnings: readonly string[];
};

type Options = {
  readonly portfolio?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** The suggestion that the entry carries out. */
  readonly suggestion?: string | undefined;
};

/** Records an entry line; with `dryRun` only shows what it would do. */
export function recordEntry(app: App, text: string, options: Options = {}): RecordedEntry {
  return recordDraft(app, parseEntryLine(text, { today: app.today() }), options);
}

export function recordDraft(app: App, draft: Draft, options: Options = {}): RecordedEntry {
  const { db } = app;
  const prepare = () => {
    const { portfolio, created } = portfolioForWriting(db, options.portfolio, app, options.dryRun !== true);
    const entry: Entry = { ...draft, id: app.newId(), portfolio: portfolio.id };
    return shown(app, portfolio, entry, { created, written: options.dryRun !== true });
  };
  if (options.dryRun) return prepare();
  return db.transaction(() => {
    const recorded = prepare();
    insertEntries(db, [recorded.entry], app.now());
    const { entry } = recorded;
    if (options.suggestion !== undefined)
      decideSuggestion(db, options.suggestion, { status: 'executed', at: app.now(), entry: entry.id });
    if (entry.kind === 'rename')
      storeCodeChange(db, { oldCode: entry.code, newCode: entry.newCode, changedOn: entry.on });
    return recorded;
  });
}

function shown(
  app: App,
  portfolio: Portfolio,
  entry: Entry,
  facts: { created: boolean; written: boolean },
): RecordedEntry {
  const entries = currentEntries(app.db, { portfolios: [portfolio.id] });
  const effect = effectOf(entries, entry, { methods: methodsOf([portfolio]) });
  return {
    entry,
    line: formatEntryLine(entry),
    sentence: describeEntry(entry),
    portfolio: portfolio.name,
    createdPortfolio: facts.created,
    effect,
    written: facts.written,
    warnings: [...draftWarnings(app, entry, portfolio), ...effect.warnings],
  };
}

const cashKinds: ReadonlySet<Draft['kind']> = new Set(['deposit', 'withdraw', 'interest', 'fee']);

/** What a trader may want to know of a draft that can be recorded all the same. */
function draftWarnings(app: App, draft: Draft, { name, cashAccount }: Portfolio): string[] {
  const warnings: string[] = [];
  const traded = draft.kind === 'buy' || draft.kind === 'sell';
  if (draft.on > app.today()) warnings.push(`${draft.on} is after today; it counts from now on`);
  if (traded && !isTradingDay(draft.on, readOverrides(app.db))) warnings.push(`${draft.on} was not a trading day`);
  const received = draft.kind === 'demerger' || draft.kind === 'rollover' ? draft.newCode : undefined;
  for (const code of [draft.code, received]) {
    if (code !== undefined && countSecurities(app.db) > 0 && !findSecurity(app.db, code)) {
      warnings.push(`${code} is not in the stored symbol list`);
    }
  }
  if (!cashAccount && cashKinds.has(draft.kind)) {
    warnings.push(
      `${name} keeps no cash account, so it is not counted; asxos portfolio set "${name}" --cash counts it`,
    );
  }
  return warnings;
}

/** The id that `name` (an id, its beginning or its end) means; a Failure when none or several do. */
function idNamed(app: App, name: string, options: { deleted?: boolean } = {}): string {
  if (entryVersions(app.db, name).length > 0) return name;
  const [id, other] = name.length < 4 ? [] : entryIdsLike(app.db, name, 2, options);
  if (id !== undefined && other === undefined) return id;
  const why = other === undefined ? `There is no entry "${name}"` : `More than one entry is named "${name}"`;
  throw new Failure('not-found', why, { hint: 'The ids are listed by: asxos entries list.' });
}

/** The current entry of that name. */
export function entryNamed(app: App, name: string): Entry {
  const id = idNamed(app, name);
  const found = findEntry(app.db, id);
  if (found) return found;
  throw new Failure('not-found', `The entry "${name}" is deleted`, {
    hint: `Bring it back: asxos entries undo ${id}.`,
  });
}

const portfolioOf = (app: App, entry: Entry): Portfolio => {
  const found = listPortfolios(app.db, { archived: true }).find(portfolio => portfolio.id === entry.portfolio);
  if (!found) throw new Failure('corrupt', `The entry ${entry.id} belongs to no portfolio`);
  return found;
};

/** Puts a new line in the place of an entry; the old version stays known. */
export function editEntry(
  app: App,
  name: string,
  text: string,
  options: { dryRun?: boolean | undefined } = {},
): RecordedEntry {
  const draft = parseEntryLine(text, { today: app.today() });
  const prepare = (): RecordedEntry => {
    const old = entryNamed(app, name);
    const { id, portfolio: portfolioId, sequence, batch, sourceKey } = old;
    const entry: Entry = { ...draft, id, portfolio: portfolioId, sequence, batch, sourceKey };
    return shown(app, portfolioOf(app, old), entry, { created: false, written: options.dryRun !== true });
  };
  if (options.dryRun) return prepare();
  return app.db.transaction(() => {
    const recorded = prepare();
    replaceEntry(app.db, recorded.entry, app.now());
    return recorded;
  });
}

/** Refuses to go from one set of a portfolio's entries to another that leaves a sale without its units. */
function refuseLoss(
  portfolio: Portfolio,
  before: readonly Entry[],
  after: readonly Entry[],
  hint: string,
  own: ReadonlySet<string> = new Set(),
): void {
  const options = { methods: methodsOf([portfolio]) };
  refuseProblems(foldLedger(before, options), foldLedger(after, options), own, hint);
}

/** Deletes an entry; refused where a later sale needs its units. A suggestion that it carried out is open again. */
export function removeEntry(app: App, name: string): { entry: Entry; sentence: string } {
  return app.db.transaction(() => {
    const entry = entryNamed(app, name);
    const portfolio = portfolioOf(app, entry);
    const entries = currentEntries(app.db, { portfolios: [portfolio.id] });
    const rest = entries.filter(each => each.id !== entry.id);
    refuseLoss(portfolio, entries, rest, 'Nothing was deleted. Delete or edit that entry first.');
    deleteEntry(app.db, entry.id, app.now());
    reopenSuggestion(app.db, entry.id);
    return { entry, sentence: describeEntry(entry) };
  });
}

/** Brings back the entry that was deleted, or the version before the last edit; refused as a new entry would be. */
export function undoEntry(app: App, name: string): { entry: Entry; sentence: string } {
  return app.db.transaction(() => {
    const id = idNamed(app, name, { deleted: true });
    const [version] = entryVersions(app.db, id);
    const portfolios = version ? [version.entry.portfolio] : [];
    const before = currentEntries(app.db, { portfolios });
    const entry = restoreEntry(app.db, id, app.now());
    const after = currentEntries(app.db, { portfolios });
    refuseLoss(portfolioOf(app, entry), before, after, 'Nothing was brought back.', new Set([entry.id]));
    return { entry, sentence: describeEntry(entry) };
  });
}

/** Every version of an entry, also of a deleted one, oldest first. */
export const versionsOf = (app: App, name: string): EntryVersion[] =>
  entryVersions(app.db, idNamed(app, name, { deleted: true }));
