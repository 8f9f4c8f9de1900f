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

import type { LocalDate } from '../date.ts';
import {
  add,
  allocate,
  compare,
  isZero,
  type Money,
  noUnits,
  perUnit,
  plain,
  subtract,
  type Units,
} from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { ParcelChoice, ParcelMethod } from './entry.ts';

export type Parcel = {
  /** The id of the entry that opened it. */
  readonly id: string;
  readonly portfolio: string;
  readonly code: Code;
  readonly acquiredOn: LocalDate;
  readonly units: Units;
  /** Cost base in dollars; undefined is unknown. */
  readonly cost: Money | undefined;
};

/** What a sale or transfer takes from one parcel. */
export type Taken = { readonly parcel: Parcel; readonly units: Units; readonly cost: Money | undefined };

export const parcelUnits = (parcels: readonly Parcel[]): Units =>
  parcels.reduce((total, parcel) => add(total, parcel.units), noUnits);

const byAge = (a: Parcel, b: Parcel): number =>
  a.acquiredOn === b.acquiredOn ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.acquiredOn < b.acquiredOn ? -1 : 1;

function byCost(a: Parcel, b: Parcel): number {
  if (a.cost === undefined || b.cost === undefined) {
    return a.cost === b.cost ? byAge(a, b) : a.cost === undefined ? 1 : -1;
  }
  if (isZero(a.units) || isZero(b.units)) return byAge(a, b);
  return compare(perUnit(b.cost, b.units), perUnit(a.cost, a.units)) || byAge(a, b);
}

/** The parcels in the order that `method` closes them. `specific` without named parcels is closed oldest first. */
export function inClosingOrder(parcels: readonly Parcel[], method: ParcelMethod): Parcel[] {
  const sorted = [...parcels].sort(method === 'highest-cost' ? byCost : byAge);
  return method === 'lifo' ? sorted.reverse() : sorted;
}

/** Takes units from one parcel: the part and what is left of it (undefined when nothing is). */
export function splitParcel(parcel: Parcel, taken: Units): { taken: Taken; rest: Parcel | undefined } {
  const left = subtract(parcel.units, taken);
  const [part, kept] = parcel.cost === undefined ? [] : allocate(parcel.cost, [taken, left]);
  const rest = isZero(left) ? undefined : { ...parcel, units: left, cost: kept };
  return { taken: { parcel, units: taken, cost: part }, rest };
}

export type Closing = { readonly taken: Taken[]; readonly left: Parcel[] } | { readonly problem: string };

/** Closes `wanted` units in the order of `method`. The caller has checked that enough are held. */
export function closeParcels(parcels: readonly Parcel[], wanted: Units, method: ParcelMethod): Closing {
  const taken: Taken[] = [];
  const rest = new Map(parcels.map(parcel => [parcel.id, parcel]));
  let open = wanted;
  for (const parcel of inClosingOrder(parcels, method)) {
    if (isZero(open)) break;
    const part = compare(parcel.units, open) <= 0 ? parcel.units : open;
    takeFrom(parcel, part, rest, taken);
    open = subtract(open, part);
  }
  return { taken, left: [...rest.values()] };
}

function takeFrom(parcel: Parcel, part: Units, rest: Map<string, Parcel>, taken: Taken[]): void {
  const split = splitParcel(parcel, part);
  taken.push(split.taken);
  if (split.rest) rest.set(parcel.id, split.rest);
  else rest.delete(parcel.id);
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
    return { problem: `the named parcels hold ${plain(chosen)} of the ${plain(wanted)} units` };
  }
  const taken: Taken[] = [];
  const rest = new Map(parcels.map(parcel => [parcel.id, parcel]));
  for (const choice of choices) {
    const matches = [...rest.values()].filter(parcel => named(parcel, choice.parcel));
    const held = parcelUnits(matches);
    if (matches.length === 0) return { problem: `there is no open parcel "${choice.parcel}"` };
    if (compare(held, choice.units) < 0) {
      return { problem: `parcel "${choice.parcel}" has ${plain(held)} units, not ${plain(choice.units)}` };
    }
    let open = choice.units;
    for (const parcel of inClosingOrder(matches, 'fifo')) {
      if (isZero(open)) break;
      const part = compare(parcel.units, open) <= 0 ? parcel.units : open;
      takeFrom(parcel, part, rest, taken);
      open = subtract(open, part);
    }
  }
  return { taken, left: [...rest.values()] };
}

/**
 * Gives the parcels a new total of units, in proportion, keeping cost bases and dates. Parts are whole units where that
 * leaves no parcel empty; otherwise they take as many decimals as needed.
 */
export function redistributeUnits(parcels: readonly Parcel[], total: Units): Parcel[] {
  const weights = parcels.map(parcel => parcel.units);
  for (let places = 0; places <= 8; places += 1) {
    const parts = allocate(total, weights, places);
    if (places === 8 || parts.every(part => !isZero(part)) || isZero(total)) {
      return parcels.map((parcel, index) => ({ ...parcel, units: parts[index] ?? noUnits }));
    }
  }
  return [...parcels];
}
