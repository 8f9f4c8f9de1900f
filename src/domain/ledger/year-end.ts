/**
 * Annual tax statements, and the AMIT and tax-deferred amounts that move cost bases.
 *
 * The amount of a year is for all units, and each unit has an equal part of it: those held at the end of 30 June, at the
 * end of that day, and those that left earlier in the year (sold, rolled over or transferred out), just before they left
 * (ITAA 1997 s 104-107B, s 104-70(5)). Splits in between are reckoned in, so a unit sold before a two-for-one split has
 * two parts. Parts are cents by largest remainder, what left first. An increase comes before a decrease; a cost base
 * never falls below zero, the rest is a capital gain of that day.
 *
 * Held all year: 100 units, AMIT -10.00: cost base down 10.00 on 30 June. Half sold in March: the 50 sold had 5.00 less
 * when they were sold, the 50 kept have 5.00 less on 30 June.
 *
 * A part of a year's amount thus belongs to sales before the entry, so such a portfolio is folded twice: the first time
 * to see which units left in the year, the second with their shares.
 *
 * Troubles a user sees: a second statement of one code and year is refused; nothing was held in the year; an AMIT amount
 * stands in both the statement and an entry of its own.
 */
import { financialYear } from '../date.ts';
import { add, allocate, type Decimal, isZero, type Money, negate, noMoney } from '../decimal.ts';
import { changedParts, changeParcel } from './cost-change.ts';
import { type CostEvent, type CostParts, costPartsOf } from './cost-parts.ts';
import type { Amit, Entry, Statement } from './entry.ts';
import { type AdjustmentShare, type Fold, heldUnits, openParcels, refuse, setParcels, warn } from './fold.ts';
import type { Parcel, Taken } from './parcel.ts';

type YearEnd = Entry & (Amit | Statement);
type Change = { readonly event: CostEvent; readonly amount: Money };

/** What a year's entry does to cost bases, increases first. */
function changesOf(entry: YearEnd): Change[] {
  if (entry.kind === 'amit') return [{ event: 'E10', amount: entry.adjustment }];
  const { components } = entry;
  const down = (amount: Money | undefined): Money => negate(amount ?? noMoney);
  const changes: Change[] = [
    { event: 'E10', amount: components['amit-increase'] ?? noMoney },
    { event: 'E10', amount: down(components['amit-decrease']) },
    { event: 'E4', amount: down(components['tax-deferred']) },
  ];
  return changes.filter(change => !isZero(change.amount));
}

/** Whether folding `entry` once is not enough. */
export const reachesBack = (entry: Entry): boolean =>
  entry.kind === 'amit' || (entry.kind === 'statement' && changesOf(entry).length > 0);

/** The units that left in the year, in units of its end, oldest first. */
function exitsOf(fold: Fold, entry: YearEnd): { entry: string; units: Decimal }[] {
  const exits: { entry: string; units: Decimal }[] = [];
  let { code } = entry;
  let rescales: { from: Decimal; to: Decimal }[] = [];
  for (const event of fold.unitEvents.toReversed()) {
    if (financialYear(event.on) < entry.financialYear) break;
    if (event.kind === 'rename' && event.to === code) code = event.code;
    if (event.code !== code) continue;
    if (event.kind === 'rescale') rescales = [event, ...rescales];
    if (event.kind === 'exit') {
      const units = rescales.reduce<Decimal>((total, { from, to }) => total.times(to).div(from), event.units);
      exits.unshift({ entry: event.entry, units });
    }
  }
  return exits;
}

/** In the first fold: shares the year's amounts over what left and what is held. */
function shareOut(fold: Fold, entry: YearEnd): void {
  const exits = exitsOf(fold, entry);
  const held = heldUnits(fold, entry.code);
  const weights = [...exits.map(exit => exit.units), held];
  if (weights.every(isZero)) return;
  for (const change of changesOf(entry)) {
    const parts = allocate(change.amount, weights);
    [...exits, entry].forEach((at, index) => {
      const key = 'entry' in at ? at.entry : at.id;
      const amount = parts[index] as Money;
      if (isZero(amount)) return;
      const share: AdjustmentShare = { entry: entry.id, code: entry.code, event: change.event, amount };
      fold.shares.set(key, [...(fold.shares.get(key) ?? []), share]);
    });
  }
}

/** The amounts that fall on an entry, increases first. */
const sharesOn = (fold: Fold, entry: string): readonly AdjustmentShare[] =>
  (fold.shares.get(entry) ?? []).toSorted((a, b) => b.amount.s - a.amount.s);

type Adjusted = { readonly parts: CostParts; readonly adjustment: Money | undefined };

const hasShares = (fold: Fold, entry: Entry): boolean => !fold.isPreparing && fold.shares.has(entry.id);

/** What a sale, rollover or transfer takes, with the year's amounts on its cost; empty where none fall on it. */
export function adjustTaken(fold: Fold, entry: Entry, taken: readonly Taken[]): readonly Adjusted[] {
  if (!hasShares(fold, entry)) return [];
  let adjusted: Adjusted[] = taken.map(part => ({ parts: costPartsOf(part), adjustment: undefined }));
  for (const { entry: id, code, event, amount } of sharesOn(fold, entry.id)) {
    const amounts = allocate(
      amount,
      taken.map(part => part.units),
    );
    adjusted = taken.map((part, index) => {
      const { parts, adjustment } = adjusted[index] as Adjusted;
      const change = amounts[index] as Money;
      const from = { ...parts, units: part.units };
      const changed = changedParts(fold, { id, code, on: entry.on }, part.parcel, from, change, event);
      return { parts: changed, adjustment: add(adjustment ?? noMoney, change) };
    });
  }
  return adjusted;
}

/** The dollars that the year's amounts put on each unit of a sale. */
export function adjustmentPerUnit(fold: Fold, entry: Entry, units: Decimal): Decimal {
  if (!hasShares(fold, entry)) return noMoney;
  return sharesOn(fold, entry.id)
    .reduce<Decimal>((total, share) => total.plus(share.amount), noMoney)
    .div(units);
}

function adjustHeld(fold: Fold, entry: YearEnd): void {
  for (const { event, amount } of sharesOn(fold, entry.id)) {
    const parcels = openParcels(fold, entry.code);
    const amounts = allocate(
      amount,
      parcels.map(parcel => parcel.units),
    );
    const after = parcels.map(
      (parcel, index): Parcel => changeParcel(fold, entry, parcel, amounts[index] as Money, event),
    );
    setParcels(fold, entry.code, after, heldUnits(fold, entry.code), entry.on);
  }
}

export function applyYearEnd(fold: Fold, entry: YearEnd): void {
  const { id, portfolio, code, financialYear: year } = entry;
  if (entry.kind === 'statement') {
    if (fold.statements.some(each => each.code === code && each.financialYear === year)) {
      refuse(fold, entry, `${code}: a tax statement for FY${year} is already recorded; edit that entry`);
      return;
    }
    fold.statements.push({ entry: id, portfolio, code, financialYear: year, components: entry.components });
  }
  if (fold.isPreparing) {
    shareOut(fold, entry);
    return;
  }
  adjustHeld(fold, entry);
  warnOf(fold, entry);
}

function warnOf(fold: Fold, entry: YearEnd): void {
  const { code, financialYear: year } = entry;
  const wasHeld = exitsOf(fold, entry).length > 0 || !isZero(heldUnits(fold, code));
  if (!wasHeld) warn(fold, entry, `${code}: none held in FY${year}, so the ${entry.kind} moves no cost base`);
  const ownAmit = changesOf(entry).some(change => change.event === 'E10');
  if (ownAmit && fold.amitYears.has(`${code} ${year}`)) {
    warn(fold, entry, `${code}: there is another AMIT adjustment for FY${year}; both are counted`);
  }
  if (ownAmit) fold.amitYears.add(`${code} ${year}`);
  const early = [...fold.shares].some(
    ([at, shares]) => at !== entry.id && shares.some(each => each.entry === entry.id),
  );
  if (early) warn(fold, entry, `${code}: units that left during FY${year} have their part of the adjustment`);
  const isUnknown = openParcels(fold, code).some(parcel => parcel.cost === undefined);
  if (isUnknown && fold.shares.has(entry.id)) {
    warn(fold, entry, `${code}: a parcel of unknown cost stays unknown after the adjustment`);
  }
}
