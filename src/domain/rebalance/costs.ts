/**
 * What a trade costs: brokerage by a simple model, the greater of a flat fee and a percentage of the trade.
 *
 * Brokers publish scales of this shape, GST included. A percentage is rounded up to the cent, so that the estimate is
 * never short by one. The ASX's minimum marketable parcel (ASX Operating Rules, procedure 3.3.1): a first parcel of a
 * security, or one that tops up a remainder under $500, is at least $500 at the day's price, brokerage apart.
 */
import { type Decimal, decimal, larger, type Money, money, roundUp, scale } from '../decimal.ts';

export type BrokerageModel = {
  /** Dollars of a trade, at least. */
  readonly flat: Money;
  /** Percent of the trade's value, where that is more. */
  readonly pct: Decimal;
};

export const leastParcel = money('500');

const hundredth = decimal('0.01');

/** Brokerage of one trade of `value` dollars. */
export const brokerageOf = ({ flat, pct }: BrokerageModel, value: Money): Money =>
  larger(flat, roundUp(scale(value, pct.times(hundredth)), 2));
