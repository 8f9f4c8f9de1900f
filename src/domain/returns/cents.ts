/**
 * Dollars as whole cents, for the sums of a history: thousands of days times hundreds of holdings.
 *
 * A whole number is exact as a float up to 2^53, which is 90 trillion dollars in cents, so sums and differences of cents
 * are as exact as decimals and far cheaper. What enters is an exact decimal in cents, or units x price worked out in
 * whole numbers and rounded half up, away from zero, as a holding's value is; where a product would leave that range the
 * decimals do it. Nothing here is ever divided but to take a ratio, which is a statistic.
 */
import { cost, decimal, type Money, money, type Price, plain, round, type Units } from '../decimal.ts';

/** A whole number of cents. */
export type Cents = number;

/** Dollars to cents, rounded half up where there is more than cents. */
export const toCents = (amount: Money): Cents => Number(plain(round(amount, 2).times('100')));

export const toMoney = (cents: Cents): Money => money(`${cents}e-2`);

/** `digits` / 10^`places`; `digits` is NaN where they are too many to be exact. */
export type Scaled = { readonly digits: number; readonly places: number; readonly exact: Units };

export function scaledUnits(held: Units): Scaled {
  const [whole = '0', fraction = ''] = plain(held).split('.');
  const digits = Number(whole + fraction);
  return { digits: Number.isSafeInteger(digits) ? digits : Number.NaN, places: fraction.length, exact: held };
}

const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** Units x price in cents. The price is a whole number of 10^-`places` dollars. */
export function valueInCents(held: Scaled, price: number, places: number): Cents {
  const product = held.digits * price;
  const divisor = powers[held.places + places - 2];
  if (product <= Number.MAX_SAFE_INTEGER && divisor !== undefined) {
    const rest = product % divisor;
    return (product - rest) / divisor + (2 * rest >= divisor ? 1 : 0);
  }
  return toCents(cost(decimal(`${price}e-${places}`) as Price, held.exact));
}
