/** Where a portfolio stands against its targets, and the suggestions that were last made for it. */
import type { App } from '../app.ts';
import { onePortfolio } from '../db/one-portfolio.ts';
import { readMarginalRate } from '../db/owner-books.ts';
import { readRebalanceRequest } from '../db/rebalance-request.ts';
import { type StoredSuggestion, suggestionsOf } from '../db/suggestions.ts';
import { type Decimal, type Money, noMoney } from '../domain/decimal.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import type { Code } from '../domain/market/security.ts';
import { cashOf, newestRun } from '../domain/rebalance/pending.ts';
import { type Group, situation } from '../domain/rebalance/situation.ts';
import { weightSum } from '../domain/rebalance/targets.ts';

export type RebalanceView = {
  readonly portfolio: Portfolio;
  /** Each target with its band and how far it is; acted on where it is outside its band. */
  readonly groups: readonly Group[];
  readonly sumPct: Decimal;
  readonly unpriced: readonly Code[];
  /** Of the owner's tax facts; undefined where none is told, or of a joint portfolio. */
  readonly marginalRatePct: Decimal | undefined;
  /** The newest run, in its order, whatever became of it. */
  readonly run: readonly StoredSuggestion[];
  /** Before the run, and after what stands of it; undefined without one. */
  readonly cash: { readonly before: Money; readonly after: Money } | undefined;
};

export function viewRebalance(app: App, question: { portfolio?: string | undefined } = {}): RebalanceView {
  const portfolio = onePortfolio(app.db, question.portfolio);
  const { request, unpriced } = readRebalanceRequest(app.db, portfolio, {
    mode: 'targets',
    today: app.today(),
    now: app.now(),
    amount: noMoney,
    marginalRatePct: undefined,
    settings: app.config,
  });
  const run = newestRun(suggestionsOf(app.db, portfolio.id));
  return {
    portfolio,
    groups: situation(request).groups,
    sumPct: weightSum(request.targets),
    unpriced,
    marginalRatePct: readMarginalRate(app.db, portfolio, app.today()),
    run,
    cash: cashOf(run),
  };
}
