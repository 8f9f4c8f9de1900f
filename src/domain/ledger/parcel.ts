/**
 * Parcels: the units bought together, with one acquisition date and one cost base.
 *
 * A sale closes parcels, whole or in part, in the order of a method. The cost base of a part is its share of the
 * parcel's cost base, in cents, by largest remainder with the sold part first, so what is sold and what is kept always
 * sum to what was paid. An unknown cost stays unknown in every part.
 *
 * Troubles a user sees: a sale names a parcel that is not there, names more units than it has, or names fewer or more
 * units than are sold.
 */

import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import {
  add,
  allocate,
  compare,
  isZero,
  type Money,
  noMoney,
  noUnits,
  perUnit,
  subtract,
  type Units,
  withCommas,
} from '../decimal.ts';
import type { Code } from '../market/security.ts';
import { type CostParts, costPartsOf, shareCost } from './cost-parts.ts';
import type { ParcelChoice, ParcelMethod } from './entry.ts';

export type Parcel = CostParts & {
  /** The id of the entry that opened it, or for what a demerger or rollover made of it, of the parcel it comes from. */
  readonly id: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly acquiredOn: LocalDate;
  readonly units: Units;
};

/** What a sale or transfer takes from one parcel. */
export type Taken = CostParts & { readonly parcel: Parcel; readonly units: Units };

export const parcelUnits = (parcels: readonly Parcel[]): Units =>
  parcels.reduce((total, parcel) => add(total, parcel.units), noUnits);

/** Undefined where one of them has no known cost. */
export const costBaseOf = (parcels: readonly Parcel[]): Money | undefined =>
  parcels.reduce<Money | undefined>(
    (total, { cost }) => (total === undefined || cost === undefined ? undefined : add(total, cost)),
    noMoney,
  );

const byAge = (a: Parcel, b: Parcel): number => compareText(a.acquiredOn, b.acquiredOn) || compareText(a.id, b.id);

function byCost(a: Parcel, b: Parcel): number {
  if (a.cost === undefined || b.cost === undefined) {
    return a.cost === b.cost ? byAge(a, b) : a.cost === undefined ? 1 : -1;
  }
  if (isZero(a.units) || isZero(b.units)) return byAge(a, b);
  return compare(perUnit(b.cost, b.units), perUnit(a.cost, a.units)) || byAge(a, b);
}

/** Puts a parcel where its age belongs; a list that is kept so is oldest first. */
export function insertByAge(parcels: Parcel[], parcel: Parcel): void {
  let at = parcels.length;
  for (let before = parcels[at - 1]; before && byAge(before, parcel) > 0; before = parcels[at - 1]) at -= 1;
  parcels.splice(at, 0, parcel);
}

/** Parcels (oldest first) in the order that `method` closes them. `specific` without named parcels is oldest first. */
export function inClosingOrder(parcels: readonly Parcel[], method: ParcelMethod): readonly Parcel[] {
  if (method === 'lifo') return parcels.toReversed();
  return method === 'highest-cost' ? parcels.toSorted(byCost) : parcels;
}

const unknownCost: CostParts = { cost: undefined };

/** Takes units from one parcel: the part and what is left of it (undefined when nothing is). */
export function splitParcel(parcel: Parcel, taken: Units): { taken: Taken; rest: Parcel | undefined } {
  const left = subtract(parcel.units, taken);
  if (isZero(left)) return { taken: { parcel, units: taken, ...costPartsOf(parcel) }, rest: undefined };
  const [part = unknownCost, kept] = shareCost(parcel, [taken, left]);
  const rest = { ...parcel, units: left, ...kept };
  return { taken: { parcel, units: taken, ...part }, rest };
}

export type Closing = { readonly taken: Taken[]; readonly left: Parcel[] } | { readonly problem: string };

/** Closes `wanted` units of parcels (oldest first) in the order of `method`. The caller has checked that enough are held. */
export function closeParcels(parcels: readonly Parcel[], wanted: Units, method: ParcelMethod): Closing {
  const taken: Taken[] = [];
  const touched = new Map<Parcel, Parcel | undefined>();
  takeInOrder(inClosingOrder(parcels, method), wanted, touched, taken);
  return { taken, left: without(parcels, touched) };
}

/**
 * Takes `wanted` units from the front of a fold's own list, which holds enough of them. In place: a sale of one parcel of
 * twenty thousand copies none of the others.
 */
export function takeOldest(parcels: Parcel[], wanted: Units): Taken[] {
  const taken: Taken[] = [];
  let open = wanted;
  let gone = 0;
  for (let parcel = parcels[gone]; parcel !== undefined && !isZero(open); parcel = parcels[gone]) {
    const part = compare(parcel.units, open) <= 0 ? parcel.units : open;
    const split = splitParcel(parcel, part);
    taken.push(split.taken);
    open = subtract(open, part);
    if (split.rest === undefined) gone += 1;
    else parcels[gone] = split.rest;
  }
  // Quicker than a splice, which makes a list of what it takes out.
  if (gone === 1) parcels.shift();
  else parcels.splice(0, gone);
  return taken;
}

function takeInOrder(
  order: readonly Parcel[],
  wanted: Units,
  touched: Map<Parcel, Parcel | undefined>,
  taken: Taken[],
): void {
  let open = wanted;
  for (const parcel of order) {
    if (isZero(open)) return;
    const current = touched.has(parcel) ? touched.get(parcel) : parcel;
    if (!current) continue;
    const part = compare(current.units, open) <= 0 ? current.units : open;
    const split = splitParcel(current, part);
    taken.push(split.taken);
    touched.set(parcel, split.rest);
    open = subtract(open, part);
  }
}

/** The parcels with the touched ones replaced by their rest, or gone. */
const without = (parcels: readonly Parcel[], touched: Map<Parcel, Parcel | undefined>): Parcel[] =>
  parcels.flatMap(parcel => (touched.has(parcel) ? (touched.get(parcel) ?? []) : [parcel]));

/** Units to take from a parcel. */
export type Pick = { readonly parcel: Parcel; readonly units: Units };

/** Closes exactly the picked units; each parcel is picked once at most. */
export function closePicked(parcels: readonly Parcel[], picks: readonly Pick[]): Closing {
  const taken: Taken[] = [];
  const touched = new Map<Parcel, Parcel | undefined>();
  for (const pick of picks) takeInOrder([pick.parcel], pick.units, touched, taken);
  return { taken, left: without(parcels, touched) };
}

const named = (parcel: Parcel, name: string): boolean =>
  parcel.id === name || parcel.acquiredOn === name || (name.length >= 4 && parcel.id.endsWith(name));

/** Closes the parcels that the trader named, by id (or its last characters) or by acquisition date. */
export function closeNamedParcels(
  parcels: readonly Parcel[],
  wanted: Units,
  choices: readonly ParcelChoice[],
): Closing {
  const chosen = choices.reduce((total, choice) => add(total, choice.units), noUnits);
  if (compare(chosen, wanted) !== 0) {
    return { problem: `the named parcels hold ${withCommas(chosen)} of the ${withCommas(wanted)} units` };
  }
  const taken: Taken[] = [];
  const touched = new Map<Parcel, Parcel | undefined>();
  for (const choice of choices) {
    const matches = parcels.filter(parcel => named(parcel, choice.parcel));
    const held = parcelUnits(without(matches, touched));
    if (matches.length === 0) return { problem: `there is no open parcel "${choice.parcel}"` };
    if (compare(held, choice.units) < 0) {
      return { problem: `parcel "${choice.parcel}" has ${withCommas(held)} units, not ${withCommas(choice.units)}` };
    }
    takeInOrder(matches, choice.units, touched, taken);
  }
  return { taken, left: without(parcels, touched) };
}

/**
 * Shares `total` units over the parcels in proportion to theirs. Parts are whole units where that leaves no parcel empty;
 * otherwise they take as many decimals as needed.
 */
export function shareUnits(parcels: readonly Parcel[], total: Units): Units[] {
  const weights = parcels.map(parcel => parcel.units);
  for (let places = 0; ; places += 1) {
    const parts = allocate(total, weights, places);
    if (places === 8 || parts.every(part => !isZero(part)) || isZero(total)) return parts;
  }
}

/** Gives the parcels a new total of units, in proportion, keeping cost bases and dates. */
export function redistributeUnits(parcels: readonly Parcel[], total: Units): Parcel[] {
  const parts = shareUnits(parcels, total);
  return parcels.map((parcel, index) => ({ ...parcel, units: parts[index] as Units }));
}
