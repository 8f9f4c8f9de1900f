/**
 * What made a parcel what it is: each entry that changed its units or its cost base, oldest first, with the change.
 *
 * Worked out by folding the entries one more at a time, so that it says what the fold does and nothing else. The changes
 * sum to the parcel's units and cost base.
 */
import { type Money, noMoney, noUnits, subtract, type Units } from '../decimal.ts';
import { familyOf } from './admit.ts';
import type { Entry } from './entry.ts';
import { foldLedger } from './ledger.ts';
import { byEffect } from './order.ts';
import type { Parcel } from './parcel.ts';
import type { ClosingRule } from './portfolio.ts';

export type ParcelStep = {
  readonly entry: string;
  readonly units: Units;
  /** Undefined where the cost base is unknown. */
  readonly cost: Money | undefined;
};

/** `entries`: of the parcel's portfolio, up to the day on which the parcel is as it is; others are left out. */
export function parcelHistory(entries: readonly Entry[], parcel: Parcel, rule: ClosingRule): ParcelStep[] {
  const family = familyOf(parcel.code, entries);
  const own = entries.filter(entry => entry.portfolio === parcel.portfolio).toSorted(byEffect);
  // What closes parcels for the least tax knows the gains of the other codes too.
  const folded = rule.method === 'least-tax' ? own : own.filter(entry => isOf(entry, family));
  const methods = new Map([[parcel.portfolio, rule]]);
  const opened = folded.findIndex(entry => entry.id === parcel.id);
  const steps: ParcelStep[] = [];
  let before: Pick<Parcel, 'units' | 'cost'> = { units: noUnits, cost: noMoney };
  for (let count = Math.max(0, opened) + 1; count <= folded.length; count += 1) {
    const entry = folded[count - 1];
    if (entry === undefined || !isOf(entry, family)) continue;
    const after = parcelIn(foldLedger(folded.slice(0, count), { methods }).parcels, parcel);
    if (after === undefined) continue;
    const units = subtract(after.units, before.units);
    const cost = after.cost === undefined || before.cost === undefined ? undefined : subtract(after.cost, before.cost);
    if (!units.eq(noUnits) || cost === undefined || !cost.eq(noMoney)) steps.push({ entry: entry.id, units, cost });
    before = after;
  }
  return steps;
}

const isOf = (entry: Entry, family: ReadonlySet<string>): boolean =>
  entry.code !== undefined && (family.has(entry.code) || ('newCode' in entry && family.has(entry.newCode)));

/** The parcel as it was then; before a demerger or a change of code it stands under the other code. */
const parcelIn = (parcels: readonly Parcel[], { id, code }: Parcel): Parcel | undefined =>
  parcels.find(each => each.id === id && each.code === code) ?? parcels.find(each => each.id === id);
