/**
 * What it saves to wait with a sale until its parcels have the discount on capital gains.
 *
 * The saving is the discount on the parcel's gain at today's price, times the marginal rate where it is given. From
 * 1 July 2027 (Act No. 49 of 2026) individuals and trusts have the discount only on the deferred gain, up to the market
 * value of 30 June 2027, of parcels that they held by then: waiting helps that part alone, and a later parcel not at all.
 * Before that day the part is not known and taken as the whole gain; since then it is what the deemed sale gained, or less
 * where the price has fallen again.
 */
import { daysBetween, type LocalDate } from '../date.ts';
import { type Decimal, decimal, isPositive, type Money, roundCents, scale, smaller } from '../decimal.ts';
import { discountEligibleFrom } from '../tax/discount.ts';
import type { SoldParcel } from './plan.ts';
import type { OwnerShare } from './taxable.ts';

/** Days that a trader may wish to wait. */
const withinReach = 60;
export const newRulesFrom = '2027-07-01' as LocalDate;

export type Wait = {
  readonly parcel: string;
  readonly from: LocalDate;
  readonly days: number;
  /** Taxable gain that waiting takes away; of the deferred part alone, where `deferredOnly`. */
  readonly gainSaved: Money;
  /** Undefined without a marginal rate. */
  readonly taxSaved: Money | undefined;
  /** The first day of the discount lies under the rules from 1 July 2027. */
  readonly deferredOnly: boolean;
};

type Terms = {
  readonly today: LocalDate;
  readonly owners: readonly OwnerShare[];
  readonly marginalRatePct: Decimal | undefined;
};

/** Undefined where the discount is not near, is there already, or would save nothing. */
export function waiting(
  { parcel, gain, deferred }: Pick<SoldParcel, 'parcel' | 'gain' | 'deferred'>,
  { today, owners, marginalRatePct }: Terms,
): Wait | undefined {
  const from = discountEligibleFrom(parcel.acquiredOn);
  const days = daysBetween(today, from);
  if (days <= 0 || days > withinReach || gain === undefined || !isPositive(gain)) return undefined;
  const discount = owners.reduce((total, each) => total.plus(each.part.times(each.discount)), decimal('0'));
  if (!isPositive(discount)) return undefined;
  const isUnderNewRules = from >= newRulesFrom && owners.some(each => each.discount.eq('0.5'));
  if (isUnderNewRules && parcel.acquiredOn >= newRulesFrom) return undefined;
  const helped = isUnderNewRules && today >= newRulesFrom ? deferred && smaller(deferred, gain) : gain;
  if (helped === undefined || !isPositive(helped)) return undefined;
  const gainSaved = roundCents(scale(helped, discount));
  const taxSaved = marginalRatePct === undefined ? undefined : roundCents(scale(gainSaved, marginalRatePct.div('100')));
  return { parcel: parcel.id, from, days, gainSaved, taxSaved, deferredOnly: isUnderNewRules };
}
