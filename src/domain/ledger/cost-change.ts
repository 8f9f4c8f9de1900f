/** Moves the cost base of one parcel, and notes the capital gain where the change goes beyond it. */
import { isPositive, isZero, type Money } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import { type CostEvent, type CostParts, changeCost } from './cost-parts.ts';
import type { ExcessGain, Fold } from './fold.ts';
import type { Parcel } from './parcel.ts';

/** Where and when a change happens; `id` is the entry it comes from. */
type Happening = { readonly id: string; readonly code: Code; readonly on: ExcessGain['on'] };

/** `parcel` with `change` dollars (either sign) on its cost base. */
export function changeParcel(fold: Fold, at: Happening, parcel: Parcel, change: Money, event: CostEvent): Parcel {
  if (isZero(change)) return parcel;
  return { ...parcel, ...changedParts(fold, at, parcel, parcel, change, event) };
}

/** The parts of a parcel, or of what a sale took from it, with `change` dollars on their cost base. */
export function changedParts(
  fold: Fold,
  { id, code, on }: Happening,
  parcel: Parcel,
  part: CostParts & Pick<Parcel, 'units'>,
  change: Money,
  event: CostEvent,
): CostParts {
  const { parts, excess, deemedExcess } = changeCost(part, change, event);
  const deemed = part.deemed && { amount: deemedExcess };
  if (isPositive(excess) || (deemedExcess !== undefined && isPositive(deemedExcess))) {
    const { portfolio } = fold;
    const { acquiredOn } = parcel;
    const gain = { event, parcel: parcel.id, acquiredOn, units: part.units, amount: excess, deemed };
    fold.excessGains.push({ entry: id, portfolio, code, on, ...gain });
  }
  return parts;
}
