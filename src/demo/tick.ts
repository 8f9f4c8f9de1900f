/**
 * The ASX's smallest price steps: 0.1 cent below 10 cents, half a cent below $2.00, one cent above. The index has one
 * decimal. Prices are whole mills (tenths of a cent) inside the simulation, so that they are exact.
 */
import type { AssetKind } from '../domain/market/security.ts';

const indexTick = 100;

const tickOf = (mills: number, kind: AssetKind): number => {
  if (kind === 'index') return indexTick;
  if (mills < 100) return 1;
  return mills < 2000 ? 5 : 10;
};

/** The nearest tradable price, in mills, of an amount in mills; never below one tick. */
export function nearestTick(mills: number, kind: AssetKind): number {
  const tick = tickOf(mills, kind);
  return Math.max(tick, Math.round(mills / tick) * tick);
}

/** Dollars of a price in mills. */
export const dollars = (mills: number): number => mills / 1000;
