/**
 * Demergers: a part of what is held becomes an entity of its own.
 *
 * The cost base of each parcel is apportioned by the percentage that the company (or the ATO's class ruling) states for
 * the new entity; the head entity keeps the rest, and the odd cent. The new parcels keep the id and, for the 12-month
 * test, the acquisition date of the parcel they come from (ITAA 1997 Div 125, s 115-30 item 1). The rollover relief of
 * an eligible demerger is taken as chosen: no capital gain arises.
 *
 * Troubles a user sees: the code is not held, so there is nothing to apportion.
 */
import { decimal, noMoney, type Units } from '../decimal.ts';
import { notHeld } from './actions.ts';
import { shareCost } from './cost-parts.ts';
import type { Demerger, Entry } from './entry.ts';
import { type Fold, heldUnits, openParcel, openParcels, setParcels, warn } from './fold.ts';
import { costBaseOf, type Parcel, shareUnits } from './parcel.ts';

const hundred = decimal('100');

export function applyDemerger(fold: Fold, entry: Entry & Demerger): void {
  const parcels = openParcels(fold, entry.code);
  if (parcels.length === 0) {
    warn(fold, entry, notHeld(entry));
    return;
  }
  const received = shareUnits(parcels, entry.units);
  const head: Parcel[] = [];
  const demerged: Parcel[] = [];
  parcels.forEach((parcel, index) => {
    const [kept, gone] = shareCost(parcel, [hundred.minus(entry.costPct), entry.costPct]);
    head.push({ ...parcel, ...kept });
    demerged.push({ ...parcel, ...gone, code: entry.newCode, units: received[index] as Units });
  });
  const { id, portfolio, kind, on, code, newCode } = entry;
  const units = heldUnits(fold, code);
  setParcels(fold, code, head, units, on);
  for (const parcel of demerged) openParcel(fold, parcel, on);
  const exchange = { entry: id, portfolio, kind, on, code, newCode, units, received: entry.units, cash: noMoney };
  fold.exchanges.push({ ...exchange, costBase: costBaseOf(demerged) });
}
