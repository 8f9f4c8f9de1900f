/**
 * How much of the income of a window was franked: franked amounts over the income whose franking is known.
 *
 * What a user sees in place of it: no income in the window, or none whose franking is known; and how many payments are
 * left out because theirs is not.
 */
import type { LocalDate } from '../date.ts';
import { isPositive, type Money, noMoney, ratio, sum } from '../decimal.ts';
import { type Figure, figureOf } from './figure.ts';

type Income = { readonly on: LocalDate; readonly amount: Money; readonly franked: Money | undefined };

export type FrankedShare = {
  readonly pct: Figure;
  /** Payments of the window whose franking is not known. */
  readonly unknown: number;
};

/** By payment date, both ends included. */
export function frankedShare(income: readonly Income[], window: { from: LocalDate; to: LocalDate }): FrankedShare {
  const own = income.filter(each => each.on >= window.from && each.on <= window.to);
  const known = own.flatMap(({ amount, franked }) => (franked === undefined ? [] : [{ amount, franked }]));
  const amounts = sum(
    known.map(each => each.amount),
    noMoney,
  );
  const fraction = isPositive(amounts)
    ? ratio(
        sum(
          known.map(each => each.franked),
          noMoney,
        ),
        amounts,
      )
    : undefined;
  const reason =
    own.length === 0
      ? 'there was no income'
      : known.length === 0
        ? 'the franking of the income is not known'
        : 'the income comes to nothing';
  return {
    pct: figureOf(fraction === undefined ? reason : fraction * 100, window, known.length),
    unknown: own.length - known.length,
  };
}
