/** The days that a security was traded on, in today's units. */
import type { App } from '../app.ts';
import { type TradedDay, tradedDays } from '../db/price-series.ts';
import { priceHistories } from '../db/prices.ts';
import type { LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';

/** From one day to another, oldest first; undefined where no price of the code was ever stored. */
export function viewPriceHistory(
  { db }: App,
  code: Code,
  range: { readonly from: LocalDate; readonly to: LocalDate },
): TradedDay[] | undefined {
  return priceHistories(db, [code]).has(code) ? tradedDays(db, code, range.from, range.to) : undefined;
}
