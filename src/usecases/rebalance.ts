/**
 * Suggests the trades that bring a portfolio to its targets, spend new money on what is short of its target, or follow the
 * last signals of what is held.
 *
 * Troubles a user sees: no targets, a portfolio worth nothing, cash that no allowed sale lifts. A security without a price
 * is left out of the weights and named. Unless it is a dry run the suggestions are stored in the place of those that are
 * pending, and are offered for seven days.
 */
import type { App } from '../app.ts';
import { onePortfolio } from '../db/one-portfolio.ts';
import { readMarginalRate, readYearSoFar } from '../db/owner-books.ts';
import { readRebalanceRequest } from '../db/rebalance-request.ts';
import { replacePending, type StoredSuggestion } from '../db/suggestions.ts';
import { targetsOf } from '../db/targets.ts';
import { day, type LocalDate } from '../domain/date.ts';
import { type Decimal, type Money, noMoney } from '../domain/decimal.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import type { Code } from '../domain/market/security.ts';
import { bestPlan, type Plan } from '../domain/rebalance/plan.ts';
import type { RebalanceMode } from '../domain/rebalance/situation.ts';
import { detailsOf } from '../domain/rebalance/stored.ts';
import { type Binding, bindings, type Suggestion, suggestions } from '../domain/rebalance/suggestions.ts';
import type { Gains } from '../domain/rebalance/taxable.ts';
import { newRulesFrom } from '../domain/rebalance/waiting.ts';
import { signalLastsSessions } from '../domain/signals/short-signal.ts';
import { Failure } from '../failure.ts';

export type RebalanceOptions = {
  readonly portfolio?: string | undefined;
  readonly mode?: RebalanceMode | undefined;
  /** New money. */
  readonly amount?: Money | undefined;
  /** Absent it is that of the owner's tax facts; `none` counts no tax. */
  readonly marginalRatePct?: Decimal | 'none' | undefined;
  readonly dryRun?: boolean | undefined;
};

export type MarginalRate = {
  readonly pct: Decimal;
  /** Given with the question, or told to the tax reports. */
  readonly from: 'question' | 'facts';
  /** The year's other gains and losses that the tax counts with; undefined where there are several owners. */
  readonly yearSoFar: Gains | undefined;
};

export type Rebalancing = {
  readonly portfolio: Portfolio;
  readonly mode: RebalanceMode;
  readonly today: LocalDate;
  /** Every figure of the plan with what it is made of: see `Plan` and its `situation`. */
  readonly plan: Plan;
  /** At what the plan's tax is counted; undefined where it is not. */
  readonly marginalRate: MarginalRate | undefined;
  /** By priority; the id is undefined in a dry run. */
  readonly suggestions: readonly (Suggestion & { readonly id: string | undefined })[];
  readonly bindings: readonly Binding[];
  /** Held or wanted, and left out for want of a price. */
  readonly unpriced: readonly Code[];
  /** Priced holdings and wanted codes as a fraction of all. */
  readonly coverage: number;
  readonly warnings: readonly string[];
  readonly stored: boolean;
};

const daysOffered = 7;

export async function rebalance(app: App, options: RebalanceOptions = {}): Promise<Rebalancing> {
  const mode = options.mode ?? 'targets';
  const portfolio = onePortfolio(app.db, options.portfolio);
  if (mode !== 'signals' && targetsOf(app.db, portfolio.id).length === 0) {
    throw new Failure('refused', `${portfolio.name} has no targets`, {
      hint: 'Set them: asxos rebalance targets set CBA=10 VAS=40 sector:Materials=20.',
    });
  }
  const today = app.today();
  const untaxed = isUnderNewRules(today, portfolio);
  const marginalRate = untaxed ? undefined : rateOf(app, portfolio, options.marginalRatePct);
  const read = (): Asked =>
    readRebalanceRequest(app.db, portfolio, {
      mode,
      today,
      now: app.now(),
      amount: options.amount ?? noMoney,
      marginalRatePct: marginalRate?.pct,
      yearSoFar: marginalRate?.yearSoFar,
      isDeemedSold: untaxed,
      settings: app.config,
    });
  const { request, unpriced, problems, plan } = await planned(app, read);
  const known = untaxed ? { ...plan, taxableGain: undefined } : plan;
  const dryRun = options.dryRun === true;
  const rows = suggestions(known).map(each => ({ ...each, id: dryRun ? undefined : app.newId() }));
  if (!dryRun) store(app, portfolio, mode, rows, known);
  const priced = request.candidates.length;
  const all = priced + unpriced.length;
  return {
    portfolio,
    mode,
    today,
    plan: known,
    marginalRate,
    suggestions: rows,
    bindings: bindings(known),
    unpriced,
    coverage: all === 0 ? 1 : priced / all,
    warnings: [...problems, ...signalWarnings(known), ...warningsOf(known, unpriced, untaxed)],
    stored: !dryRun,
  };
}

type Asked = ReturnType<typeof readRebalanceRequest>;

/** The plan for what is held when it is there: where something was recorded while it was worked out, it is made anew. */
async function planned(app: App, read: () => Asked): Promise<Asked & { plan: Plan }> {
  const { solve } = await app.solver();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const revision = app.db.revision();
    const asked = read();
    const plan = await bestPlan(asked.request, solve);
    if (app.db.revision() === revision) return { ...asked, plan };
  }
  throw new Failure('locked', 'What is held or its prices kept changing while the trades were worked out', {
    hint: 'Try again when nothing is being recorded or refreshed.',
  });
}

function rateOf(app: App, portfolio: Portfolio, given: RebalanceOptions['marginalRatePct']): MarginalRate | undefined {
  if (given === 'none') return undefined;
  const today = app.today();
  const pct = given ?? readMarginalRate(app.db, portfolio, today);
  if (pct === undefined) return undefined;
  const year = readYearSoFar(app.db, portfolio, today);
  const yearSoFar = year && { discount: year.long, other: year.short, losses: year.losses };
  return { pct, from: given === undefined ? 'facts' : 'question', yearSoFar };
}

/** From 1 July 2027 the gains of individuals and trusts are taxed by rules that the program does not hold. */
const isUnderNewRules = (today: LocalDate, { owners }: Portfolio): boolean =>
  today >= newRulesFrom && owners.some(({ taxpayer }) => taxpayer === 'individual' || taxpayer === 'trust');

/** Without signals the weights alone are acted on. */
function signalWarnings({ situation: { request, moves } }: Plan): string[] {
  if (request.signals === undefined || moves.length === 0) return [];
  if (request.signals.said.size === 0) return ['Nothing was said of what is held; run the signals: asxos signals run'];
  return moves.every(({ signal }) => signal?.said === undefined || signal.said.isOld)
    ? [`The signals are more than ${signalLastsSessions} sessions old and not acted on; run them: asxos signals run`]
    : [];
}

function warningsOf({ situation, trades, reached }: Plan, unpriced: readonly Code[], untaxed: boolean): string[] {
  const warnings: string[] = [];
  if (unpriced.length > 0)
    warnings.push(`Left out for want of a price: ${unpriced.join(', ')}; fetch it: asxos refresh or asxos watch add`);
  for (const { candidate } of situation.moves) {
    if (candidate.price.stale)
      warnings.push(
        `${candidate.code}: its price of ${candidate.price.on} is stale${candidate.price.reason === undefined ? '' : ` (${candidate.price.reason})`}`,
      );
  }
  const unknown = trades.filter(({ parcels }) => parcels.some(each => each.cost === undefined));
  for (const { move } of unknown)
    warnings.push(`${move.candidate.code}: the tax is unknown, as a parcel that would be sold has no known cost`);
  if (untaxed && trades.some(({ move }) => move.kind === 'sell'))
    warnings.push(
      'The tax of these sales is unknown: from 1 July 2027 gains are indexed and split at the market value of 30 June 2027, which a rebalancing does not count',
    );
  const open = reached.filter(each => !each.isProved).map(each => each.name);
  if (open.length > 0)
    warnings.push(`The search ended before it was proved that nothing is better in ${open.join(' and ')}`);
  return warnings;
}

function store(
  app: App,
  portfolio: Portfolio,
  mode: RebalanceMode,
  rows: readonly (Suggestion & { id: string | undefined })[],
  plan: Plan,
): void {
  const now = app.now();
  const stored = rows.map(
    ({ id, ...row }): StoredSuggestion => ({
      id: id ?? '',
      portfolio: portfolio.id,
      mode,
      code: row.code,
      action: row.action,
      units: row.units,
      price: row.price.price,
      position: row.priority,
      details: detailsOf(row, plan),
      status: 'pending',
      createdAt: now,
      expiresAt: now + daysOffered * day,
      decidedAt: undefined,
      entry: undefined,
    }),
  );
  app.db.transaction(() => replacePending(app.db, portfolio.id, stored));
}
