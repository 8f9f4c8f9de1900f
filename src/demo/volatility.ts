/** How much simulated prices move: yearly volatilities as fractions, and the growth of their trends. */
import { hash } from '../domain/random.ts';
import type { SimulatedSecurity } from './securities.ts';

export const marketVolatility = 0.125;

/** What a group moves beyond the market; groups not named have no walk of their own. */
const groupVolatility: ReadonlyMap<string, number> = new Map([
  ['Communication Services', 0.07],
  ['Consumer Discretionary', 0.09],
  ['Consumer Staples', 0.07],
  ['Energy', 0.15],
  ['Financials', 0.07],
  ['Fixed income', 0.035],
  ['Global shares', 0.07],
  ['Gold', 0.11],
  ['Health Care', 0.1],
  ['Industrials', 0.06],
  ['Information Technology', 0.15],
  ['Materials', 0.14],
  ['Real Estate', 0.09],
  ['Utilities', 0.09],
]);

/** What a fund moves beyond what it holds. */
const fundVolatility: ReadonlyMap<string, number> = new Map([
  ['Australian shares', 0.012],
  ['Cash', 0.001],
  ['Fixed income', 0.012],
  ['Global shares', 0.04],
  ['Gold', 0.01],
  ['Listed investment company', 0.05],
  ['Property', 0.012],
]);

const fundGrowth: ReadonlyMap<string, number> = new Map([
  ['Australian shares', 0.045],
  ['Cash', 0],
  ['Fixed income', -0.005],
  ['Global shares', 0.09],
  ['Gold', 0.1],
  ['Listed investment company', 0.025],
  ['Property', 0.03],
]);

/** Property funds hold what the property trusts are. */
export const walkGroupOf = (security: SimulatedSecurity): string =>
  security.group === 'Property' ? 'Real Estate' : security.group;

export const groupVolatilityOf = (group: string): number => groupVolatility.get(group) ?? 0;

/** Cheap shares are small companies, which move more. */
const smallness = (price: number): number => (price < 0.2 ? 0.28 : price < 2 ? 0.14 : price < 5 ? 0.06 : 0);

function ownVolatility(security: SimulatedSecurity): number {
  if (security.kind === 'index') return 0;
  const fund = fundVolatility.get(security.group);
  if (fund !== undefined) return fund;
  if (security.kind === 'etf') return 0.02;
  return 0.11 + 0.1 * Math.max(0, security.beta - 0.5) + smallness(security.price);
}

export const volatilitiesOf = (security: SimulatedSecurity): { own: number; group: number } => ({
  own: ownVolatility(security),
  group: groupVolatilityOf(walkGroupOf(security)),
});

/** Yearly growth of the trend: a fund's by what it holds, a company's of its own, from -5% to 13%. */
export function trendGrowth(security: SimulatedSecurity): number {
  const fund = fundGrowth.get(security.group);
  if (fund !== undefined) return security.beta < 0 ? -fund : fund;
  if (security.kind === 'etf') return 0.045;
  return -0.05 + (0.18 * (hash(`${security.code} growth`) % 1000)) / 1000;
}
