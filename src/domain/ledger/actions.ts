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
  type Money,
  negate,
  noMoney,
  noUnits,
  plain,
  roundCents,
  scale,
  type Units,
  wholeUnitsUp,
} from '../decimal.ts';
import { changeParcel } from './cost-change.ts';
import type { Bonus, Entry, Reconstruction, Rename, ReturnOfCapital } from './entry.ts';
import { type Fold, heldUnits, openParcel, openParcels, refuse, setParcels, warn } from './fold.ts';
import { costBaseOf, parcelUnits, redistributeUnits } from './parcel.ts';

export const notHeld = (entry: Entry): string =>
  `${entry.code}: none held on ${entry.on}, so the ${entry.kind} has no effect`;

/** The units a holding becomes: held x new / old, rounded up to a whole unit. */
export function reconstructedUnits(
  held: Units,
  action: Pick<Reconstruction, 'newUnits' | 'oldUnits' | 'units'>,
): Units {
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
  const held = heldUnits(fold, entry.code);
  const total = reconstructedUnits(held, entry);
  fold.unitEvents.push({ kind: 'rescale', on: entry.on, code: entry.code, from: held, to: total });
  setParcels(fold, entry.code, redistributeUnits(parcels, total), total, entry.on);
}

export function applyBonus(fold: Fold, entry: Entry & Bonus): void {
  const parcels = openParcels(fold, entry.code);
  if (parcels.length === 0) {
    refuse(fold, entry, `${entry.code}: bonus of ${plain(entry.units)}, held 0 on ${entry.on}`);
    return;
  }
  const held = heldUnits(fold, entry.code);
  const total = add(held, entry.units);
  fold.unitEvents.push({ kind: 'rescale', on: entry.on, code: entry.code, from: held, to: total });
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
  const share = new Map(entitled.map((parcel, index) => [parcel, negate(shares[index] as Money)]));
  const after = parcels.map(parcel => changeParcel(fold, entry, parcel, share.get(parcel) ?? noMoney, 'G1'));
  if (entitled.some(parcel => parcel.cost === undefined)) {
    warn(fold, entry, `${entry.code}: a parcel of unknown cost stays unknown after the return of capital`);
  }
  setParcels(fold, entry.code, after, heldUnits(fold, entry.code), entry.on);
  const { id, portfolio, code, on } = entry;
  fold.capitalReturned.push({ entry: id, portfolio, code, on, amount: total });
  fold.cash = add(fold.cash, total);
}

export function applyRename(fold: Fold, entry: Entry & Rename): void {
  const moved = openParcels(fold, entry.code).map(parcel => ({ ...parcel, code: entry.newCode }));
  const { id, portfolio, kind, on, code, newCode } = entry;
  if (moved.length === 0) warn(fold, entry, notHeld(entry));
  else {
    const units = heldUnits(fold, code);
    const exchange = { entry: id, portfolio, kind, on, code, newCode, units, received: units, cash: noMoney };
    fold.exchanges.push({ ...exchange, costBase: costBaseOf(moved) });
  }
  fold.unitEvents.push({ kind: 'rename', on, code, to: newCode });
  fold.renamed.set(code, { to: newCode, on });
  setParcels(fold, entry.code, [], noUnits, entry.on);
  for (const parcel of moved) openParcel(fold, parcel, entry.on);
}

/** New units for each old one. */
export const reconstructionFactor = (action: Pick<Reconstruction, 'newUnits' | 'oldUnits'>) =>
  action.newUnits.div(isPositive(action.oldUnits) ? action.oldUnits : decimal('1'));
