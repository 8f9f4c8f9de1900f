/**
 * Corporate actions on what is held.
 *
 * Splits, consolidations and bonus issues change units and keep total cost base and acquisition dates; the original
 * trade is never rewritten. A fraction of the holding rounds up to a whole unit unless the entry states the units. A
 * return of capital lowers the cost base of each parcel owned at the record date and at payment, never below zero; the
 * excess is a capital gain (ITAA 1997 s 104-135, CGT event G1). A rename keeps parcels, dates and entitlement.
 */
import {
  add,
  allocate,
  cost,
  decimal,
  isPositive,
  noMoney,
  noUnits,
  plain,
  roundCents,
  scale,
  smaller,
  subtract,
  type Units,
  wholeUnitsUp,
} from '../decimal.ts';
import type { Bonus, Entry, Reconstruction, Rename, ReturnOfCapital } from './entry.ts';
import { type Fold, heldUnits, openParcel, openParcels, refuse, setParcels, warn } from './fold.ts';
import { type Parcel, parcelUnits, redistributeUnits } from './parcel.ts';

const notHeld = (entry: Entry): string => `${entry.code}: none held on ${entry.on}, so the ${entry.kind} has no effect`;

/** The units a holding becomes: held x new / old, rounded up to a whole unit. */
export function reconstructedUnits(held: Units, action: Reconstruction): Units {
  if (action.units !== undefined) return action.units;
  const exact = scale(held, action.newUnits).div(action.oldUnits);
  return wholeUnitsUp(exact.round(12) as Units);
}

export function applyReconstruction(fold: Fold, entry: Entry & Reconstruction): void {
  const parcels = openParcels(fold, entry.code);
  if (parcels.length === 0) {
    warn(fold, entry, notHeld(entry));
    return;
  }
  const total = reconstructedUnits(heldUnits(fold, entry.code), entry);
  setParcels(fold, entry.code, redistributeUnits(parcels, total), total, entry.on);
}

export function applyBonus(fold: Fold, entry: Entry & Bonus): void {
  const parcels = openParcels(fold, entry.code);
  if (parcels.length === 0) {
    refuse(fold, entry, `${entry.code}: bonus of ${plain(entry.units)}, held 0 on ${entry.on}`);
    return;
  }
  const total = add(heldUnits(fold, entry.code), entry.units);
  setParcels(fold, entry.code, redistributeUnits(parcels, total), total, entry.on);
}

export function applyReturnOfCapital(fold: Fold, entry: Entry & ReturnOfCapital): void {
  const parcels = openParcels(fold, entry.code);
  const record = entry.recordDate ?? entry.on;
  const entitled = parcels.filter(parcel => parcel.acquiredOn <= record);
  if (entitled.length === 0) {
    warn(fold, entry, notHeld(entry));
    return;
  }
  const total = roundCents(cost(entry.perUnit, parcelUnits(entitled)));
  const shares = allocate(
    total,
    entitled.map(parcel => parcel.units),
  );
  const reduced = new Map<string, Parcel>();
  entitled.forEach((parcel, index) => {
    const share = shares[index] ?? noMoney;
    if (parcel.cost === undefined) return;
    const taken = smaller(share, parcel.cost);
    reduced.set(parcel.id, { ...parcel, cost: subtract(parcel.cost, taken) });
    const excess = subtract(share, taken);
    if (!isPositive(excess)) return;
    const { id, portfolio, code, on } = entry;
    fold.excessGains.push({ entry: id, portfolio, code, on, acquiredOn: parcel.acquiredOn, amount: excess });
  });
  if (entitled.some(parcel => parcel.cost === undefined)) {
    warn(fold, entry, `${entry.code}: a parcel of unknown cost stays unknown after the return of capital`);
  }
  const after = parcels.map(parcel => reduced.get(parcel.id) ?? parcel);
  setParcels(fold, entry.code, after, heldUnits(fold, entry.code), entry.on);
  const { id, portfolio, code, on } = entry;
  fold.capitalReturned.push({ entry: id, portfolio, code, on, amount: total });
  fold.cash = add(fold.cash, total);
}

export function applyRename(fold: Fold, entry: Entry & Rename): void {
  const moved = openParcels(fold, entry.code).map(parcel => ({ ...parcel, code: entry.newCode }));
  if (moved.length === 0) warn(fold, entry, notHeld(entry));
  fold.renamed.set(entry.code, { to: entry.newCode, on: entry.on });
  setParcels(fold, entry.code, [], noUnits, entry.on);
  for (const parcel of moved) openParcel(fold, parcel, entry.on);
}

/** New units for each old one. */
export const reconstructionFactor = (action: Pick<Reconstruction, 'newUnits' | 'oldUnits'>) =>
  action.newUnits.div(isPositive(action.oldUnits) ? action.oldUnits : decimal('1'));
