/**
 * The net capital gain of one year of one taxpayer.
 *
 * Gains are in classes by what a loss is worth on them. To 30 June 2027, and for super funds and companies after it,
 * losses come off gains without the discount first, then off discountable ones. For individuals and trusts from 1 July
 * 2027 they come off deferred gains (those without the discount first), then off later ones. The year's own losses go
 * before carried ones, and of these the oldest first. Then the discount is taken, in cents, on the sum of what is left
 * of the discountable gains. What is left of losses is carried out, by the year it was made in
 * (ITAA 1997 s 102-5, 102-10, 102-15).
 *
 * Law, tested on random years: carried in + made = used + carried out.
 */
import {
  add,
  isNegative,
  isPositive,
  isZero,
  type Money,
  negate,
  noMoney,
  smaller,
  subtract,
  sum,
} from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import { discountOn, isReformed } from './rules.ts';

/** `fullRate` gains have no discount. The order of losses is the order of `classOrder`. */
export type GainClass = 'full-rate' | 'discountable' | 'deferred-full-rate' | 'deferred-discountable' | 'later';

/** A loss that is carried, by the year it was made in; undefined is from before the entries. */
export type CarriedLoss = { readonly madeIn: number | undefined; readonly amount: Money };

export type LossUse = CarriedLoss & { readonly against: GainClass };

export type YearGains = {
  readonly financialYear: number;
  readonly taxpayer: Taxpayer;
  readonly gains: ReadonlyMap<GainClass, Money>;
  /** The losses made in the year, above zero. */
  readonly losses: Money;
  /** Oldest first. */
  readonly carriedIn: readonly CarriedLoss[];
};

export type NetCapitalGain = {
  /** What is left of each class after losses. */
  readonly left: ReadonlyMap<GainClass, Money>;
  readonly used: readonly LossUse[];
  readonly discount: Money;
  readonly net: Money;
  readonly carriedOut: readonly CarriedLoss[];
};

/** The classes in the order that losses come off them. */
export const classOrder = (taxpayer: Taxpayer, financialYear: number): readonly GainClass[] =>
  isReformed(taxpayer) && financialYear >= 2028
    ? ['deferred-full-rate', 'deferred-discountable', 'later']
    : ['full-rate', 'discountable'];

const isDiscounted = (each: GainClass): boolean => each === 'discountable' || each === 'deferred-discountable';

export function netCapitalGain(year: YearGains): NetCapitalGain {
  const order = classOrder(year.taxpayer, year.financialYear);
  const left = new Map(order.map(each => [each, year.gains.get(each) ?? noMoney]));
  const used: LossUse[] = [];
  const made = isPositive(year.losses) ? [{ madeIn: year.financialYear, amount: year.losses }] : [];
  const useUp = (loss: CarriedLoss): CarriedLoss => {
    let open = loss.amount;
    for (const [each, gain] of left) {
      const taken = smaller(open, gain);
      if (isZero(taken)) continue;
      used.push({ madeIn: loss.madeIn, amount: taken, against: each });
      left.set(each, subtract(gain, taken));
      open = subtract(open, taken);
    }
    return { madeIn: loss.madeIn, amount: open };
  };
  // Losses of the year go first, and stand last among what is carried out.
  const unused = made.map(useUp);
  const carried = year.carriedIn.map(useUp);
  const discountable = sum(
    [...left].flatMap(([each, gain]) => (isDiscounted(each) ? [gain] : [])),
    noMoney,
  );
  const discount = discountOn(discountable, year.taxpayer);
  const carriedOut = [...carried, ...unused].filter(loss => isPositive(loss.amount));
  return { left, used, discount, net: subtract(sum(left.values(), noMoney), discount), carriedOut };
}

export const totalOf = (losses: readonly { readonly amount: Money }[]): Money =>
  losses.reduce((total, each) => add(total, each.amount), noMoney);

/** Splits gains and losses by sign: the sum of each, both at or above zero. */
export function bySign(amounts: readonly Money[]): { gains: Money; losses: Money } {
  const gains = sum(amounts.filter(isPositive), noMoney);
  return { gains, losses: negate(sum(amounts.filter(isNegative), noMoney)) };
}
