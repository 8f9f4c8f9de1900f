/** A portfolio as the API writes it: the holdings of the console with the names of the reference server. */
import { z } from 'zod';
import type { App } from '../app.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Holding } from '../domain/ledger/holding.ts';
import type { Code } from '../domain/market/security.ts';
import { refusal } from '../http/refusal.ts';
import { viewPortfolios } from '../usecases/manage-portfolios.ts';
import { type PortfolioView, viewPortfolio } from '../usecases/view-portfolio.ts';
import type { Parts } from './parts.ts';
import { tickerOf } from './ticker.ts';
import { count, date, figure, instant, instantOf, numberOf, orNull, signalClass, text } from './values.ts';

const holding = z.object({
  id: z.int(),
  ticker: text,
  shares: figure,
  avg_cost: figure,
  date_acquired: date.nullable(),
  current_price: figure,
  current_value: figure,
  cost_basis: figure,
  unrealized_pl: figure,
  unrealized_pl_pct: figure,
  current_signal: signalClass.nullable(),
  signal_confidence: figure,
});

export const portfolioAnswer = z.object({
  portfolio_id: z.int().nullable(),
  user_id: text,
  name: text,
  total_value: figure,
  total_cost_basis: figure,
  total_pl: figure,
  total_pl_pct: figure,
  cash_balance: figure,
  num_holdings: count,
  holdings: z.array(holding),
  last_synced_at: instant.nullable(),
});

/** Which portfolio a request is about, where not the one that the API was started for. */
export const portfolioQuery = z.object({ portfolio_name: z.string().min(1).optional() });

/** The holdings that a request is about; where there is no portfolio at all, 404. */
export function portfolioIn({ app, portfolio }: Parts, name: string | undefined): PortfolioView {
  const view = viewPortfolio(app, { portfolio: name ?? portfolio });
  if (view.scope.portfolios.length === 0) throw refusal(404, 'Portfolio not found');
  return view;
}

/** The place of a portfolio among all that were ever made, from 1; null where several are looked at as one. */
export function portfolioId(app: App, { portfolios }: PortfolioView['scope']): number | null {
  const [one, another] = portfolios;
  if (one === undefined || another !== undefined) return null;
  return viewPortfolios(app, { archived: true }).portfolios.findIndex(each => each.id === one.id) + 1;
}

export function portfolioRecord(app: App, view: PortfolioView): z.input<typeof portfolioAnswer> {
  const { scope, totals, freshness, holdings } = view;
  const ids = holdingIds(view);
  return {
    portfolio_id: portfolioId(app, scope),
    // The console has one user.
    user_id: '1',
    name: scope.name,
    total_value: numberOf(totals.value),
    total_cost_basis: numberOf(totals.costBase),
    total_pl: numberOf(totals.gain),
    total_pl_pct: orNull(totals.gainPct),
    // A portfolio that keeps no cash account has none here.
    cash_balance: numberOf(totals.cash) ?? 0,
    num_holdings: holdings.length,
    holdings: holdings.map(row => holdingRecord(row, ids.get(row.code) ?? 0, view)),
    last_synced_at: freshness.kind === 'none' ? null : instantOf(freshness.at),
  };
}

function holdingRecord(row: Holding, id: number, { signals }: PortfolioView): z.input<typeof holding> {
  const said = signals.get(row.code);
  return {
    id,
    ticker: tickerOf(row.code),
    shares: numberOf(row.units),
    avg_cost: numberOf(row.averageCost),
    date_acquired: firstAcquired(row),
    current_price: numberOf(row.price?.price),
    current_value: numberOf(row.value),
    cost_basis: numberOf(row.costBase),
    unrealized_pl: numberOf(row.gain),
    unrealized_pl_pct: orNull(row.gainPct),
    current_signal: orNull(said?.signal),
    signal_confidence: said?.signal === undefined ? null : orNull(said.score),
  };
}

/** The day of the oldest parcel that is left. */
const firstAcquired = ({ parcels }: Holding): LocalDate | null =>
  parcels.reduce<LocalDate | null>(
    (first, { acquiredOn }) => (first === null || acquiredOn < first ? acquiredOn : first),
    null,
  );

/** The place of each security among those that the ledger has named, from 1: what is recorded later changes none. */
function holdingIds({ entries, holdings }: PortfolioView): Map<Code, number> {
  const named = entries.flatMap(entry => entry.code ?? []);
  // A demerger brings a security that no entry begins with.
  const held = holdings.map(row => row.code).sort();
  return new Map([...new Set([...named, ...held])].map((code, index) => [code, index + 1]));
}
