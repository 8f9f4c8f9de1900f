/**
 * The dollars that belong to the units of a parcel, and how they are shared and changed.
 *
 * Besides its cost base a parcel may carry the part of it that is never indexed (increases of an AMIT cost base), and,
 * once the deemed sale of 1 July 2027 has been told to the fold, the amounts of that day. Whatever splits a parcel (a
 * sale, a demerger, the cash part of a rollover) shares all of them by the same weights, each to the cent; whatever
 * moves its cost base moves the deemed one too. What goes beyond a cost base is no negative cost but a capital gain
 * (ITAA 1997 s 104-135 for a return of capital, s 104-70 for a trust's tax-deferred amount, s 104-107A for an AMIT).
 *
 * A decrease for an AMIT first takes back earlier increases; any other decrease first takes what was paid.
 */
import {
  absolute,
  add,
  allocate,
  type Decimal,
  isPositive,
  larger,
  type Money,
  noMoney,
  smaller,
  subtract,
} from '../decimal.ts';

/** Of the deemed sale just before 1 July 2027; undefined is unknown. */
export type Deemed = {
  /** Market value at 30 June 2027. */
  readonly value: Money | undefined;
  /** The cost base that the deemed sale used up. */
  readonly before: Money | undefined;
  /** The cost base since: the market value and what has moved it. */
  readonly cost: Money | undefined;
};

export type CostParts = {
  /** Cost base in dollars; undefined is unknown. */
  readonly cost: Money | undefined;
  /** The part of the cost base (of the deemed one, where there is one) that is not indexed. */
  readonly unindexed?: Money | undefined;
  readonly deemed?: Deemed | undefined;
};

export const costPartsOf = ({ cost, unindexed, deemed }: CostParts): CostParts => ({ cost, unindexed, deemed });

const share = (amount: Money | undefined, weights: readonly Decimal[]): readonly Money[] =>
  amount === undefined ? [] : allocate(amount, weights);

/** Splits the dollars in proportion to `weights`; the parts sum to the whole, ties to the earlier part. */
export function shareCost(parts: CostParts, weights: readonly Decimal[]): CostParts[] {
  const costs = share(parts.cost, weights);
  const { unindexed, deemed } = parts;
  if (unindexed === undefined && deemed === undefined) return weights.map((_, index) => ({ cost: costs[index] }));
  const unindexedShares = share(unindexed, weights);
  const values = share(deemed?.value, weights);
  const befores = share(deemed?.before, weights);
  const deemedCosts = share(deemed?.cost, weights);
  return weights.map((_, index) => ({
    cost: costs[index],
    unindexed: unindexedShares[index],
    deemed: deemed && { value: values[index], before: befores[index], cost: deemedCosts[index] },
  }));
}

/** What moves a cost base: a return of capital (G1), a trust's tax-deferred amount (E4), an AMIT adjustment (E10). */
export type CostEvent = 'G1' | 'E4' | 'E10';

export type CostChange = {
  readonly parts: CostParts;
  /** What went beyond the cost base. */
  readonly excess: Money;
  /** What went beyond the deemed cost base; undefined where there is none or it is unknown. */
  readonly deemedExcess: Money | undefined;
};

/** Adds `change` (dollars, either sign) to a cost base, which never falls below zero. */
export function changeCost({ cost, unindexed, deemed }: CostParts, change: Money, event: CostEvent): CostChange {
  const moved = move(cost, change);
  const movedDeemed = deemed && move(deemed.cost, change);
  const left = deemed === undefined ? moved.left : movedDeemed?.left;
  const isIncrease = isPositive(change);
  let kept = unindexed;
  if (event === 'E10' && isIncrease) kept = add(unindexed ?? noMoney, change);
  else if (event === 'E10' && unindexed !== undefined) kept = larger(add(unindexed, change), noMoney);
  if (kept !== undefined && left !== undefined) kept = smaller(kept, left);
  return {
    parts: {
      cost: moved.left,
      ...(kept === undefined ? {} : { unindexed: kept }),
      ...(deemed === undefined ? {} : { deemed: { ...deemed, cost: movedDeemed?.left } }),
    },
    excess: moved.excess,
    deemedExcess: movedDeemed?.left === undefined ? undefined : movedDeemed.excess,
  };
}

function move(cost: Money | undefined, change: Money): { left: Money | undefined; excess: Money } {
  if (cost === undefined) return { left: undefined, excess: noMoney };
  if (isPositive(change)) return { left: add(cost, change), excess: noMoney };
  const wanted = absolute(change);
  const taken = smaller(wanted, cost);
  return { left: subtract(cost, taken), excess: subtract(wanted, taken) };
}
