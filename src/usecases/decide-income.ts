/** Confirms or dismisses a proposed dividend. Confirming records its entry; deleting that entry proposes it again. */
import type { App } from '../app.ts';
import { type ProposalState, readDeclaredIncome } from '../db/declared-income.ts';
import { currentEntries, findEntry, insertEntries } from '../db/entries.ts';
import { removeDecision, storeDecision } from '../db/income-decisions.ts';
import { methodsOf, readLedger } from '../db/ledger.ts';
import { listPortfolios } from '../db/portfolios.ts';
import { noMoney } from '../domain/decimal.ts';
import { type Confirmation, carriedResidual, confirmedDraft, type Proposal } from '../domain/income/proposal.ts';
import { type Effect, effectOf } from '../domain/ledger/effect.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { Failure } from '../failure.ts';
import { formatDate } from '../format.ts';
import { describeEntry } from '../words/format-entry.ts';

export type ConfirmedIncome = {
  readonly proposal: Proposal;
  readonly entry: Entry;
  readonly line: string;
  readonly sentence: string;
  readonly portfolio: string;
  readonly effect: Effect;
  readonly written: boolean;
  /** True where no portfolio had to be made for it: always, here. */
  readonly createdPortfolio: false;
  readonly warnings: readonly string[];
};

/** Records the dividend that `id` (or its beginning, where that names one alone) proposes. */
export function confirmIncome(
  app: App,
  id: string,
  said: Confirmation,
  options: { readonly dryRun?: boolean | undefined } = {},
): ConfirmedIncome {
  const { db } = app;
  const prepare = (): ConfirmedIncome => {
    const { portfolio, state } = proposalNamed(app, id);
    const { proposal } = state;
    if (state.state === 'recorded') throw alreadyRecorded(app, proposal, state.entry);
    const entries = currentEntries(db, { portfolios: [portfolio.id] });
    const on = said.on ?? proposal.paidOn;
    const carried = on === undefined ? noMoney : carriedResidual(entries, proposal.code, on);
    const draft = confirmedDraft(proposal, said, carried);
    const entry: Entry = { ...draft, id: app.newId(), portfolio: portfolio.id };
    const effect = effectOf(entries, entry, { methods: methodsOf([portfolio]) });
    return {
      proposal,
      entry,
      line: formatEntryLine(entry),
      sentence: describeEntry(entry),
      portfolio: portfolio.name,
      effect,
      written: options.dryRun !== true,
      createdPortfolio: false,
      warnings: effect.warnings,
    };
  };
  if (options.dryRun) return prepare();
  return db.transaction(() => {
    const confirmed = prepare();
    const { entry, proposal } = confirmed;
    insertEntries(db, [entry], app.now());
    storeDecision(db, {
      portfolioId: proposal.portfolio,
      code: proposal.code,
      exDate: proposal.exDate,
      ordinal: proposal.ordinal,
      decision: 'confirmed',
      entryId: entry.id,
      decidedAt: app.now(),
    });
    return confirmed;
  });
}

/** Puts a proposal aside; confirming it later is still possible. */
export function dismissIncome(app: App, id: string): { readonly proposal: Proposal; readonly portfolio: string } {
  return app.db.transaction(() => {
    const { portfolio, state } = proposalNamed(app, id);
    const { proposal } = state;
    if (state.state === 'recorded') throw alreadyRecorded(app, proposal, state.entry);
    if (state.state === 'dismissed') {
      throw new Failure('refused', `The dividend ${proposal.id} is dismissed already`, {
        hint: `Record it after all: asxos income confirm ${proposal.id}.`,
      });
    }
    const { code, exDate, ordinal } = proposal;
    storeDecision(app.db, {
      portfolioId: portfolio.id,
      code,
      exDate,
      ordinal,
      decision: 'dismissed',
      entryId: undefined,
      decidedAt: app.now(),
    });
    return { proposal, portfolio: portfolio.name };
  });
}

/** Takes a dismissal back: the dividend waits to be recorded again. */
export function restoreIncome(app: App, id: string): void {
  app.db.transaction(() => {
    const { portfolio, state } = proposalNamed(app, id);
    if (state.state !== 'dismissed') throw new Failure('refused', `The dividend ${id} is not dismissed`);
    const { code, exDate, ordinal } = state.proposal;
    removeDecision(app.db, { portfolioId: portfolio.id, code, exDate, ordinal });
  });
}

function alreadyRecorded(app: App, { id, code, exDate }: Proposal, entryId: string): Failure {
  const entry = findEntry(app.db, entryId);
  const when = entry === undefined ? '' : ` on ${formatDate(entry.on)}`;
  return new Failure('refused', `The dividend ${id} (${code} ex ${exDate}) is recorded already${when}`, {
    hint: `It is entry ${entryId.slice(-8)}. To record it anew: asxos entries delete ${entryId.slice(-8)}.`,
  });
}

/** The proposal of that name in any open portfolio, whatever was decided of it. */
function proposalNamed(app: App, name: string): { portfolio: Portfolio; state: ProposalState } {
  const { db } = app;
  const portfolios = listPortfolios(db);
  const wanted = name.trim().toUpperCase();
  const all = readDeclaredIncome(db, portfolios, readLedger(db, portfolios), app.today()).proposals;
  const exact = all.filter(each => each.proposal.id.toUpperCase() === wanted);
  const found = exact.length > 0 ? exact : all.filter(each => isBeginning(wanted, each.proposal.id.toUpperCase()));
  const [state, another] = found;
  const portfolio = portfolios.find(each => each.id === state?.proposal.portfolio);
  if (state !== undefined && another === undefined && portfolio !== undefined) return { portfolio, state };
  if (another !== undefined) {
    throw new Failure('not-found', `"${name}" names ${found.length} dividends`, {
      hint: `Give the whole id: ${found.map(each => each.proposal.id).join(', ')}.`,
    });
  }
  throw new Failure('not-found', `No dividend "${name}" waits to be recorded`, {
    hint: 'Those that wait are listed by: asxos income --portfolio all.',
  });
}

/** Code and ex-date name a dividend where only one portfolio has it. */
const isBeginning = (wanted: string, id: string): boolean =>
  /^[A-Z0-9]+-\d{4}-\d{2}-\d{2}/.test(wanted) && id.startsWith(wanted);
