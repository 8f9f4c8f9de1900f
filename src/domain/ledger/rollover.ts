/**
 * Scrip-for-scrip rollover: a takeover paid in shares, with the rollover chosen (ITAA 1997 Subdiv 124-M).
 *
 * The new parcels carry the acquisition dates and cost bases of the old ones. Cash is a sale of its share: of each
 * parcel's cost base, cash / (cash + market value of the scrip) goes with the cash, and the 12-month test of its gain is
 * that of the old parcel. The rollover is only for a gain (s 124-780(3)): where the scrip's value is stated, a parcel
 * that would make none is sold for the scrip and cash it brings, and its new parcel is bought that day for the scrip's
 * value. The units sold for cash are that share of the units, to eight decimals; they are told, never counted.
 *
 * Troubles a user sees: nothing is held; the value of the scrip is not stated, so that losses cannot be told apart.
 */
import {
  add,
  allocate,
  compare,
  isZero,
  type Money,
  noMoney,
  noUnits,
  round,
  subtract,
  sum,
  type Units,
} from '../decimal.ts';
import { notHeld, reconstructedUnits } from './actions.ts';
import { type CostParts, costPartsOf, shareCost } from './cost-parts.ts';
import type { Entry, Rollover } from './entry.ts';
import { type Fold, heldUnits, openParcel, openParcels, type ParcelSale, setParcels, warn } from './fold.ts';
import { costBaseOf, type Parcel, shareUnits } from './parcel.ts';
import { adjustTaken } from './year-end.ts';

/** What one old parcel turns into. */
type Exchange = { readonly sale: ParcelSale | undefined; readonly parcel: Parcel };

export function applyRollover(fold: Fold, entry: Entry & Rollover): void {
  const parcels = openParcels(fold, entry.code);
  if (parcels.length === 0) {
    warn(fold, entry, notHeld(entry));
    return;
  }
  const held = heldUnits(fold, entry.code);
  const weights = parcels.map(parcel => parcel.units);
  const scrip = reconstructedUnits(held, entry);
  const received = shareUnits(parcels, scrip);
  const cash = allocate(entry.cash ?? noMoney, weights);
  const worth = entry.worth === undefined ? [] : allocate(entry.worth, weights);
  fold.unitEvents.push({ kind: 'exit', on: entry.on, code: entry.code, entry: entry.id, units: held });
  const adjusted = adjustTaken(
    fold,
    entry,
    parcels.map(parcel => ({ ...parcel, parcel })),
  );
  const exchanges = parcels.map((parcel, index): Exchange => {
    const { units } = parcel;
    const { parts = parcel, adjustment } = adjusted[index] ?? {};
    const paid = { cash: cash[index] as Money, worth: worth[index] };
    return exchange(entry, { ...parcel, ...parts, units }, received[index] as Units, paid, adjustment);
  });
  setParcels(fold, entry.code, [], noUnits, entry.on);
  for (const { parcel } of exchanges) openParcel(fold, parcel, entry.on);
  noteSales(
    fold,
    entry,
    exchanges.flatMap(({ sale }) => sale ?? []),
  );
  const { id, portfolio, kind, on, code, newCode } = entry;
  const paid = entry.cash ?? noMoney;
  const costBase = costBaseOf(exchanges.map(each => each.parcel));
  const gave = { entry: id, portfolio, kind, on, code, newCode, units: held, received: scrip, cash: paid, costBase };
  fold.exchanges.push(gave);
  fold.cash = add(fold.cash, paid);
  if (entry.worth === undefined) {
    const why = 'it is only for parcels that would make a gain, and the value of the scrip is not stated';
    warn(fold, entry, `${entry.code}: the rollover is taken for every parcel; ${why} (worth AMOUNT)`);
  }
}

function noteSales(fold: Fold, { id, portfolio, code, on }: Entry & Rollover, parcels: readonly ParcelSale[]): void {
  if (parcels.length === 0) return;
  const units = sum(
    parcels.map(part => part.units),
    noUnits,
  );
  const proceeds = sum(
    parcels.map(part => part.proceeds),
    noMoney,
  );
  fold.disposals.push({ entry: id, portfolio, code, on, units, proceeds, brokerage: undefined, parcels });
}

function exchange(
  { on, newCode }: Rollover,
  parcel: Parcel,
  received: Units,
  { cash, worth }: { readonly cash: Money; readonly worth: Money | undefined },
  adjustment: Money | undefined,
): Exchange {
  const { id, portfolio, acquiredOn, cost, unindexed, deemed } = parcel;
  const sale = (part: CostParts, units: Units, proceeds: Money): ParcelSale => ({
    parcel: id,
    acquiredOn,
    units,
    cost: part.cost,
    proceeds,
    gain: part.cost === undefined ? undefined : subtract(proceeds, part.cost),
    adjustment,
    unindexed: part.unindexed,
    deemed: part.deemed,
  });
  const carried: Parcel = { ...parcel, code: newCode, units: received };
  if (worth === undefined) return { sale: undefined, parcel: carried };
  const value = add(cash, worth);
  if (cost !== undefined && compare(value, cost) <= 0) {
    const bought = { id, portfolio, code: newCode, acquiredOn: on, units: received, cost: worth };
    return { sale: sale({ cost, unindexed, deemed }, parcel.units, value), parcel: bought };
  }
  if (isZero(cash)) return { sale: undefined, parcel: carried };
  const [sold = parcel, kept = parcel] = shareCost(parcel, [cash, worth]);
  const units = round(parcel.units.times(cash).div(value) as Units, 8);
  const rolled = { ...carried, ...costPartsOf(kept) };
  return { sale: sale(sold, units, cash), parcel: rolled };
}
