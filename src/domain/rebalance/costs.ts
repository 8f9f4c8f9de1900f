/**
 * What a trade costs: brokerage by a simple model, the greater of a flat fee and a percentage of the trade.
 *
 * Brokers publish scales of this shape, GST included. A percentage is rounded up to the cent, so that the estimate is
 * never short by one. The ASX's minimum marketable parcel (ASX Operating Rules, procedure 3.3.1): a first parcel of a
 * security, or one that tops up a remainder under $500, is at least $500 at the day's price, brokerage apart.
 */
import { type Decimal, decimal, larger, type Money, money, scale, type Units, wholeUnitsUp } from '../decimal.ts';

export type BrokerageModel = {
  /** Dollars of a trade, at least. */
  readonly flat: Money;
  /** Percent of the trade's value, where that is more. */
  readonly pct: Decimal;
};

export const leastParcel = money('500');

const oneCent = decimal('0.01');

/** Brokerage of one trade of `value` dollars. */
export function brokerageOf({ flat, pct }: BrokerageModel, value: Money): Money {
  const cents = wholeUnitsUp(scale(value, pct) as Decimal as Units);
  return larger(flat, scale(cents as Decimal as Money, oneCent));
}
