/**
 * The taxable gain of a plan's sales: its own gains and losses, netted in the order of the law.
 *
 * Losses are applied before the discount, to gains without it first (ITAA 1997, s 102-5; ATO, "How to calculate your
 * CGT"). With other gains n, discount gains d, losses l and the discount s the net gain is the greatest of
 * n - l + (1 - s)d, (1 - s)(n + d - l) and 0: a convex form, so a program that minimises it needs no choice of case.
 * Several owners each bear their share. Where the owner's year is known, with the losses carried into it, the plan's
 * gain is what it adds to the year's: below zero where its losses take from other gains.
 */
import { add, type Decimal, decimal, larger, type Money, noMoney, roundCents, scale, subtract } from '../decimal.ts';
import type { Ownership, Taxpayer } from '../ledger/portfolio.ts';

export type Gains = {
  /** Gains without the discount. */
  readonly other: Money;
  /** Gains with it, before it is taken. */
  readonly discount: Money;
  /** Losses, as an amount above zero. */
  readonly losses: Money;
};

const one = decimal('1');
const discounts: Record<Taxpayer, Decimal> = {
  individual: decimal('0.5'),
  trust: decimal('0.5'),
  smsf: one.div('3'),
  company: decimal('0'),
};

/** A part of the plan that is taxed with one discount; the parts of all owners sum to 1. */
export type OwnerShare = { readonly part: Decimal; readonly discount: Decimal };

/** The owners by their discount: those with the same one are one part. */
export function ownerShares(owners: readonly Ownership[]): OwnerShare[] {
  const byDiscount = Map.groupBy(owners, owner => discounts[owner.taxpayer]);
  return [...byDiscount].map(([discount, list]) => ({
    discount,
    part: list.reduce((total, owner) => total.plus(owner.pct), decimal('0')).div('100'),
  }));
}

export function netGain({ other, discount, losses }: Gains, share: Decimal): Money {
  const kept = one.minus(share);
  const first = add(subtract(other, losses), scale(discount, kept));
  const second = scale(subtract(add(other, discount), losses), kept);
  return larger(larger(first, second), noMoney);
}

export const noGains: Gains = { other: noMoney, discount: noMoney, losses: noMoney };

const together = (a: Gains, b: Gains): Gains => ({
  other: add(a.other, b.other),
  discount: add(a.discount, b.discount),
  losses: add(a.losses, b.losses),
});

/** What one part of the ownership adds to taxable income, before it is rounded. */
export const addedGain = (gains: Gains, { part, discount }: OwnerShare, soFar: Gains = noGains): Money =>
  scale(subtract(netGain(together(soFar, gains), discount), netGain(soFar, discount)), part);

/** What all owners together add to their taxable income, in cents. */
export const taxableGain = (gains: Gains, shares: readonly OwnerShare[], soFar: Gains = noGains): Money =>
  roundCents(shares.reduce((total, each) => add(total, addedGain(gains, each, soFar)), noMoney));
