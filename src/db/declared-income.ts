/** Declared dividends beside what some portfolios hold and have recorded: to come, expected, and waiting to be recorded. */
import type { LocalDate } from '../domain/date.ts';
import { noUnits } from '../domain/decimal.ts';
import { estimatedPayments } from '../domain/income/estimate.ts';
import { byExpectedDay, declaredPayments, type Payment } from '../domain/income/payment.ts';
import { type Candidate, incomeKind, type Proposal, proposalCandidates } from '../domain/income/proposal.ts';
import { namesOf } from '../domain/ledger/admit.ts';
import { matchDividends } from '../domain/ledger/dividend-match.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import type { DeclaredDividend } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { findEntry } from './entries.ts';
import { decisionsOf, type IncomeDecision } from './income-decisions.ts';
import { findSecurity } from './securities.ts';

export type ProposalState =
  | { readonly state: 'open' | 'dismissed'; readonly proposal: Proposal }
  | { readonly state: 'recorded'; readonly proposal: Proposal; readonly entry: string };

export type DeclaredIncome = {
  readonly declared: readonly Payment[];
  readonly estimated: readonly Payment[];
  /** Every dividend that is due, newest ex-date first: waiting, dismissed, or recorded. */
  readonly proposals: readonly ProposalState[];
};

type Books = { readonly entries: readonly Entry[]; readonly ledger: Ledger };

export function readDeclaredIncome(
  db: Database,
  portfolios: readonly Portfolio[],
  books: Books,
  today: LocalDate,
): DeclaredIncome {
  const all = portfolios.map(portfolio => ofPortfolio(db, portfolio, books, today));
  return {
    declared: all.flatMap(each => each.declared).sort(byExpectedDay),
    estimated: all.flatMap(each => each.estimated).sort(byExpectedDay),
    proposals: all
      .flatMap(each => each.proposals)
      .sort((a, b) => (a.proposal.exDate < b.proposal.exDate ? 1 : a.proposal.exDate > b.proposal.exDate ? -1 : 0)),
  };
}

function ofPortfolio(db: Database, portfolio: Portfolio, books: Books, today: LocalDate): DeclaredIncome {
  const { id } = portfolio;
  const entries = books.entries.filter(entry => entry.portfolio === id);
  const renamed = new Set(entries.flatMap(entry => (entry.kind === 'rename' ? [entry.code] : [])));
  const decisions = new Map(decisionsOf(db, id).map(each => [keyOf(each), each]));
  const declared: Payment[] = [];
  const estimated: Payment[] = [];
  const proposals: ProposalState[] = [];
  for (const { portfolio: holder, code, closes } of books.ledger.unitCloses) {
    // What a security paid under an old code is told with the code it has now.
    if (holder !== id || renamed.has(code)) continue;
    const names = namesOf(code, entries);
    const known = declaredUnder(db, code, names);
    const income = books.ledger.income.filter(each => each.portfolio === id && names.has(each.code));
    const former = books.ledger.unitCloses.filter(
      each => each.portfolio === id && each.code !== code && names.has(each.code),
    );
    const rows = matchDividends(known, income, [closes, ...former.map(each => each.closes)]);
    const held = closes.findLast(close => close.on <= today)?.units ?? noUnits;
    declared.push(...declaredPayments(id, rows, today));
    estimated.push(...estimatedPayments(id, known, held, today));
    const kind = incomeKind(entries, code, findSecurity(db, code)?.kind);
    for (const candidate of proposalCandidates(id, rows, kind, today)) {
      proposals.push(stateOf(db, candidate, decisions.get(keyOf({ portfolioId: id, ...candidate.proposal }))));
    }
  }
  return { declared, estimated, proposals };
}

const keyOf = ({ portfolioId, code, exDate, ordinal }: Omit<IncomeDecision, 'decision' | 'entryId' | 'decidedAt'>) =>
  `${portfolioId} ${code} ${exDate} ${ordinal}`;

/** The dividends stored under any of a security's names; the provider may tell the same one under two. */
function declaredUnder(db: Database, code: Code, names: ReadonlySet<string>): DeclaredDividend[] {
  const own = dividendsOf(db, code);
  const days = new Set(own.map(each => each.exDate));
  const others = [...names].filter(name => name !== code).flatMap(name => dividendsOf(db, name as Code));
  return [...own, ...others.filter(each => !days.has(each.exDate)).map(each => ({ ...each, code }))];
}

function stateOf(db: Database, { proposal, recorded }: Candidate, decision: IncomeDecision | undefined): ProposalState {
  const [matched] = recorded;
  if (matched !== undefined) return { state: 'recorded', proposal, entry: matched };
  if (decision?.decision === 'dismissed') return { state: 'dismissed', proposal };
  const entry = decision?.entryId;
  return entry !== undefined && findEntry(db, entry) !== undefined
    ? { state: 'recorded', proposal, entry }
    : { state: 'open', proposal };
}
