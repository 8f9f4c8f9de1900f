/**
 * Which units a sale closes so that the year's net capital gain is least.
 *
 * With the year's gains held under 12 months S, gains held longer D, losses L and the part k of a discounted gain that
 * is taxed (a half for individuals and trusts, two thirds for a super fund, all for a company), losses go to S first and
 * the discount is taken on what is left of D (ITAA 1997 s 102-5). The net gain is max(S - L + kD, k(S + D - L), 0).
 *
 * Units that gain and are held 12 months are one group, all others (short ones and losses) the second. Within a group a
 * unit that gains less is never worse, so a choice is only how many units come from the first group. The net gain is
 * convex in that number and bends only where a parcel is used up and where S = L, so looking there finds the least of
 * all. Of equal net gains the one with less gain before losses and discount is taken (the larger loss is carried
 * forward), then the older parcels. Parcels of unknown cost come last.
 *
 * From 1 July 2027 parcels bought since then have no discount. Older ones count by their whole gain with the discount:
 * the market value of that day and the index are the tax report's, and every view has to close the same parcels.
 */
import type { LocalDate } from '../date.ts';
import {
  compare,
  type Decimal,
  decimal,
  decimals,
  isNegative,
  isPositive,
  isZero,
  larger,
  type Money,
  noUnits,
  smaller,
  subtract,
  type Units,
} from '../decimal.ts';
import { hasDiscount, taxedPart } from '../tax/discount.ts';
import type { Gains } from './fold.ts';
import { type Parcel, type Pick, parcelUnits } from './parcel.ts';
import type { Taxpayer } from './portfolio.ts';

export type SaleToMake = {
  readonly on: LocalDate;
  readonly units: Units;
  /** Net of brokerage. */
  readonly proceeds: Money;
  /** Dollars that the year's adjustments put on the cost of each unit just before the sale. */
  readonly costChange: Decimal;
  readonly taxpayer: Taxpayer;
  /** Of the same year, before this sale. */
  readonly soFar: Gains;
};

const zero = decimal('0');

/** The units to take from each parcel (oldest first, at least as many as are sold). */
export function leastTaxPicks(parcels: readonly Parcel[], sale: SaleToMake): Pick[] {
  const known = parcels.filter(parcel => parcel.cost !== undefined && isPositive(parcel.units));
  const unknown = parcels.filter(parcel => parcel.cost === undefined);
  const wanted = smaller(parcelUnits(known), sale.units);
  const rest = subtract(sale.units, wanted);
  const picks = isZero(wanted) ? [] : leastOf(known, wanted, sale);
  return [...picks, ...inOrder(unknown, rest)];
}

/** The first units of parcels in order. */
function inOrder(parcels: readonly Parcel[], wanted: Units): Pick[] {
  let open = wanted;
  return parcels.flatMap(parcel => {
    const units = smaller(parcel.units, open);
    open = subtract(open, units);
    return isZero(units) ? [] : [{ parcel, units }];
  });
}

/** Parcels by gain, least first, with what their first so many units gain. */
type Group = { readonly parcels: readonly Parcel[]; readonly steps: readonly Step[]; readonly units: Units };
type Step = { readonly before: Units; readonly units: Units; readonly gainBefore: Decimal; readonly gain: Decimal };

function groupOf(parcels: readonly Parcel[], gainOf: (parcel: Parcel) => Decimal): Group {
  const ranked = parcels.map(parcel => ({ parcel, gain: gainOf(parcel) })).toSorted((a, b) => compare(a.gain, b.gain));
  let before = noUnits;
  let gainBefore = zero;
  const steps = ranked.map(({ parcel, gain }): Step => {
    const step = { before, units: parcel.units, gainBefore, gain };
    before = before.plus(parcel.units) as Units;
    gainBefore = gainBefore.plus(gain.times(parcel.units));
    return step;
  });
  return { parcels: ranked.map(each => each.parcel), steps, units: before };
}

/** What the first `units` of a group gain. */
function gainsOf({ steps }: Group, units: Units): Decimal {
  let low = 0;
  let high = steps.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (compare(steps[middle]?.before ?? units, units) <= 0) low = middle;
    else high = middle;
  }
  const step = steps[low];
  return step === undefined ? zero : step.gainBefore.plus(step.gain.times(subtract(units, step.before)));
}

function leastOf(parcels: readonly Parcel[], wanted: Units, sale: SaleToMake): Pick[] {
  const gainOf = unitGain(sale);
  const isLong = (parcel: Parcel): boolean =>
    hasDiscount(sale.taxpayer, parcel.acquiredOn, sale.on) && isPositive(gainOf(parcel));
  const long = groupOf(parcels.filter(isLong), gainOf);
  const others = groupOf(
    parcels.filter(parcel => !isLong(parcel)),
    gainOf,
  );
  const choices = splits(long, others, wanted, sale.soFar, parcels).map(fromLong => {
    const toOthers = subtract(wanted, fromLong);
    const net = netGain(gainsOf(long, fromLong), gainsOf(others, toOthers), sale);
    return { ...net, fromLong, toOthers };
  });
  const least = choices.reduce((a, b) => ((compare(b.taxed, a.taxed) || compare(b.before, a.before)) < 0 ? b : a));
  const equal = choices.filter(each => each.taxed.eq(least.taxed) && each.before.eq(least.before));
  const picked = equal.map(each => [
    ...inOrder(long.parcels, each.fromLong),
    ...inOrder(others.parcels, each.toOthers),
  ]);
  const [first = [], ...more] = picked;
  return more.reduce((best, next) => (isOlder(next, best, parcels) ? next : best), first);
}

/** Dollars that a unit of a parcel gains. Twelve decimals tell parcels of the same price apart from noise. */
function unitGain({ proceeds, units, costChange }: SaleToMake): (parcel: Parcel) => Decimal {
  const received = proceeds.div(units);
  return ({ cost, units: held }) => {
    const perUnit = (cost ?? zero).div(held).plus(costChange);
    return received.minus(isNegative(perUnit) ? zero : perUnit).round(12);
  };
}

/** The year's net capital gain with a sale's gains, and before losses and discount are taken off. */
function netGain(
  longGains: Decimal,
  otherGains: Decimal,
  { soFar, taxpayer }: SaleToMake,
): { readonly taxed: Decimal; readonly before: Decimal } {
  const { part, of } = taxedPart(taxpayer);
  const long = longGains.plus(soFar.long);
  const short = otherGains.plus(soFar.short).minus(soFar.losses);
  const before = long.plus(short);
  const losingShort = short.times(of).plus(long.times(part));
  return { taxed: larger(larger(losingShort, before.times(part)), zero).round(9), before: before.round(9) };
}

/** How many units may come from the long group: where a parcel is used up, and either side of where S = L. */
function splits(long: Group, others: Group, wanted: Units, soFar: Gains, parcels: readonly Parcel[]): Units[] {
  const least = larger(subtract(wanted, others.units), noUnits);
  const most = smaller(wanted, long.units);
  const bends = [
    least,
    most,
    ...long.steps.map(step => step.before),
    ...others.steps.map(step => subtract(wanted, step.before)),
    ...balances(others, soFar, parcels).map(units => subtract(wanted, units)),
  ];
  const distinct = new Map(bends.map(units => [units.toFixed(), units]));
  return [...distinct.values()].filter(units => compare(units, least) >= 0 && compare(units, most) <= 0);
}

/** The units of the other group at which its gains, with the year's, meet the losses; whole where parcels are. */
function balances({ steps }: Group, { short, losses }: Gains, parcels: readonly Parcel[]): Units[] {
  const places = Math.max(...parcels.map(parcel => decimals(parcel.units)));
  const owed = losses.minus(short);
  return steps.flatMap(({ before, units, gainBefore, gain }) => {
    if (isZero(gain)) return [];
    const at = owed.minus(gainBefore).div(gain);
    if (isNegative(at) || at.gt(units)) return [];
    const exact = before.plus(at);
    return [exact.round(places, 0) as Units, exact.round(places, 3) as Units];
  });
}

/** Whether `a` takes more than `b` of the oldest parcel on which they differ. */
function isOlder(a: readonly Pick[], b: readonly Pick[], parcels: readonly Parcel[]): boolean {
  const units = (picks: readonly Pick[], parcel: Parcel): Units =>
    picks.find(pick => pick.parcel === parcel)?.units ?? noUnits;
  for (const parcel of parcels) {
    const order = compare(units(a, parcel), units(b, parcel));
    if (order !== 0) return order > 0;
  }
  return false;
}
