/**
 * A row of the simulated market's list of securities.
 *
 * `price` is the level that the price wanders about in the middle of 2026, in dollars of today's units; `yieldPct` its
 * yearly dividends in percent of it, `frankedPct` how much of them is franked, `beta` its share of the market's moves,
 * `turnover` its trading in millions of dollars a day. The group is a GICS sector, or for a fund what it holds;
 * "Unclassified" where the sector is in doubt.
 */
import type { AssetKind } from '../domain/market/security.ts';

export type SecurityRow = readonly [
  code: string,
  name: string,
  kind: AssetKind,
  group: string,
  price: number,
  yieldPct: number,
  frankedPct: number,
  beta: number,
  turnover: number,
];
