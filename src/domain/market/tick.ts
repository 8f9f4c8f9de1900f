/**
 * The ASX price ladder: prices move in steps of 0.1 cent below 10 cents, half a cent below $2, and one cent from $2.
 *
 * Orders rest on a step; trades at the midpoint of the spread fall on half a step, closes do not.
 */
import { compare, type Decimal, decimal, type Price } from '../decimal.ts';

const tenCents = decimal('0.1');
const twoDollars = decimal('2');
const steps = { low: decimal('0.001'), middle: decimal('0.005'), high: decimal('0.01') };
const ticksToTenCents = decimal('100');
const ticksToTwoDollars = decimal('480');

/** The step of the ladder at a price. */
export function tickSize(at: Price): Price {
  const step = compare(at, tenCents) < 0 ? steps.low : compare(at, twoDollars) < 0 ? steps.middle : steps.high;
  return step as Price;
}

/** The nearest step of the ladder, half up. */
export const roundToTick = (value: Price): Price => {
  const step = tickSize(value);
  return value.div(step).round(0).times(step) as Price;
};

/** How many steps of the ladder a price lies above zero. */
function height(at: Price): Decimal {
  if (compare(at, tenCents) < 0) return at.div(steps.low);
  if (compare(at, twoDollars) < 0) return ticksToTenCents.plus(at.minus(tenCents).div(steps.middle));
  return ticksToTwoDollars.plus(at.minus(twoDollars).div(steps.high));
}

/** The number of steps between two prices; fractional where a price is off the ladder. */
export const ticksBetween = (a: Price, b: Price): Decimal => height(a).minus(height(b)).abs();
