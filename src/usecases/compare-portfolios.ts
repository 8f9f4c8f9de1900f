/** Two portfolios side by side over the one window that both have: from the later of their starts. */
import type { App } from '../app.ts';
import { readLedger } from '../db/ledger.ts';
import { type PortfolioAnalysis, readPortfolioAnalysis, valuationWarnings } from '../db/portfolio-analysis.ts';
import { readScope, type Scope } from '../db/scope.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Money } from '../domain/decimal.ts';
import { correlationOfReturns } from '../domain/returns/benchmark-risk.ts';
import { toMoney } from '../domain/returns/cents.ts';
import { type Figure, figureOf } from '../domain/returns/figure.ts';
import { type Overlap, overlap } from '../domain/returns/overlap.ts';
import { wholePeriod } from '../domain/returns/periods.ts';
import { linkedReturn } from '../domain/returns/time-weighted.ts';
import { windowUpTo } from '../domain/returns/window.ts';
import { moneyFlows, moneyWeighted } from '../domain/returns/xirr.ts';
import { Failure } from '../failure.ts';

export type ComparedPortfolio = PortfolioAnalysis & {
  readonly scope: Scope;
  /** Undefined where it has no entries. */
  readonly firstEntry: LocalDate | undefined;
  /** Dollars of the window; undefined where there is no day in it. */
  readonly profit: Money | undefined;
  readonly timeWeightedPct: Figure;
  /** A year's rate where `annualised`, else the return of the window. */
  readonly moneyWeightedPct: Figure;
  readonly annualised: boolean;
};

export type Comparison = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly portfolios: readonly [ComparedPortfolio, ComparedPortfolio];
  /** Of the daily returns of the two. */
  readonly correlation: Figure;
  /** Of what both hold at the end of the window. */
  readonly overlap: Overlap | undefined;
  /** Why there is no overlap to tell of; undefined where there is. */
  readonly overlapReason: string | undefined;
  readonly cashRatePct: number;
  readonly coverage: number;
  readonly warnings: readonly string[];
  readonly simulated: boolean;
};

export type CompareOptions = { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined };

/** `Failure` for a name that there is not, and for a portfolio and itself. */
export function comparePortfolios(
  app: App,
  names: readonly [string, string],
  options: CompareOptions = {},
): Comparison {
  const { db } = app;
  const asked = windowUpTo(app.today(), options);
  const scopes = [readScope(db, names[0]), readScope(db, names[1])] as const;
  refuseSame(scopes);
  const starts = scopes
    .map(scope => readLedger(db, scope.portfolios).entries[0]?.on)
    .filter(start => start !== undefined);
  const from = [...starts, ...(asked.from === undefined ? [] : [asked.from])].reduce<LocalDate | undefined>(
    (latest, each) => (latest === undefined || each > latest ? each : latest),
    undefined,
  );
  const cashRatePct = Number(app.config.cashRatePct);
  const question = {
    from: from !== undefined && from <= asked.to ? from : asked.to,
    to: asked.to,
    now: app.now(),
    today: app.today(),
    benchmark: app.config.benchmark,
    cashRatePct,
  };
  const compared = (scope: Scope): ComparedPortfolio =>
    withReturns(scope, readPortfolioAnalysis(db, scope.portfolios, question));
  const [first, second] = [compared(scopes[0]), compared(scopes[1])];
  const shared = overlap(first.allocation, second.allocation);
  const held = first.holdings.length + second.holdings.length;
  return {
    from: question.from,
    to: question.to,
    portfolios: [first, second],
    correlation: correlationOfReturns(first.returns, second.returns, second.scope.name),
    overlap: shared,
    overlapReason: shared === undefined ? whyNoOverlap([first, second]) : undefined,
    cashRatePct,
    coverage: held === 0 ? 1 : (first.totals.priced + second.totals.priced) / held,
    warnings: [
      ...windowWarnings([first, second], from, asked.to),
      ...[first, second].flatMap(each => valuationWarnings(each).map(text => `${each.scope.name}: ${text}`)),
    ],
    simulated: app.simulated,
  };
}

function refuseSame([first, second]: readonly [Scope, Scope]): void {
  const ids = (scope: Scope): string => scope.portfolios.map(each => each.id).join();
  if (ids(first) !== ids(second)) return;
  throw new Failure('invalid-input', `"${first.name}" and "${second.name}" are the same: there is nothing to compare`, {
    hint: 'Name two portfolios; asxos portfolio list shows them.',
  });
}

function withReturns(scope: Scope, analysis: PortfolioAnalysis): ComparedPortfolio {
  const { days, returns, holdings, totals, from, to } = analysis;
  const { firstEntry } = days;
  const money = moneyWeighted(moneyFlows(days, from, to));
  const isValued = holdings.length === 0 || totals.priced > 0;
  const count = returns.length;
  const period = wholePeriod(days);
  const linked = linkedReturn(days.days);
  const none = firstEntry === undefined ? 'there are no entries' : 'nothing was invested on any day';
  const window = { from: returns[0]?.date, to: returns.at(-1)?.date };
  return {
    ...analysis,
    scope,
    firstEntry,
    profit: period && isValued ? toMoney(period.profit) : undefined,
    timeWeightedPct: figureOf(linked === undefined ? none : linked * 100, window, count),
    moneyWeightedPct: figureOf(isValued ? (money.pct ?? money.reason ?? none) : unvalued, window, count),
    annualised: money.annualised,
  };
}

const unvalued = 'nothing of what is held has a price';

const whyNoOverlap = (sides: readonly ComparedPortfolio[]): string => {
  const without = sides.filter(each => each.allocation.securities.every(part => part.weightPct === undefined));
  return `${without.map(each => each.scope.name).join(' and ')}: nothing that is held has a weight`;
};

/** Why the two cannot be set side by side over time. */
function windowWarnings(sides: readonly ComparedPortfolio[], from: LocalDate | undefined, to: LocalDate): string[] {
  if (from !== undefined && from > to) {
    return [`There is no common window: the later of the two starts on ${from}, after ${to}`];
  }
  return sides.flatMap(({ scope, firstEntry, returns, holdings }) => {
    if (firstEntry === undefined) return [`${scope.name} has no entries up to ${to}: there is no common window`];
    if (returns.length > 0) return [];
    const why = holdings.length === 0 ? 'held nothing' : 'held nothing with a price';
    return [`${scope.name} ${why} from ${from} to ${to}: there is no common window`];
  });
}
