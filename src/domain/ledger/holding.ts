/**
 * Holdings: what the open parcels are worth.
 *
 * value = units x as-traded price; gain = value - cost base, in dollars and in percent of the cost base. A holding with
 * a parcel of unknown cost has an unknown cost base and gain, one without a price an unknown value. Totals add only
 * holdings that have what they add, and carry how many those are. Weights are of priced securities plus the cash account.
 */

import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import {
  add,
  compare,
  cost,
  type Money,
  noMoney,
  type Price,
  perUnit,
  ratio,
  round,
  subtract,
  type Units,
} from '../decimal.ts';
import type { KnownPrice } from '../market/known-price.ts';
import type { Code } from '../market/security.ts';
import { type Parcel, parcelUnits } from './parcel.ts';
import { nothingReturned, type Returned } from './returned.ts';

export type Holding = {
  readonly code: Code;
  readonly name: string | undefined;
  readonly units: Units;
  readonly parcels: readonly Parcel[];
  readonly costBase: Money | undefined;
  readonly averageCost: Price | undefined;
  readonly price: KnownPrice | undefined;
  readonly value: Money | undefined;
  readonly gain: Money | undefined;
  readonly gainPct: number | undefined;
  readonly dayChange: Money | undefined;
  readonly dayChangePct: number | undefined;
  readonly weightPct: number | undefined;
  /** Of what was sold of it; undefined where a cost is unknown. */
  readonly realisedGain: Money | undefined;
  readonly income: Money | undefined;
  /** Gain, realised gain and income; see `returned`. */
  readonly totalReturn: Money | undefined;
  /** Of all that was paid for it. */
  readonly totalReturnPct: number | undefined;
  readonly returned: Returned | undefined;
};

export type HoldingTotals = {
  /** Of priced holdings, without cash. */
  readonly value: Money | undefined;
  /** Of holdings whose cost is known. */
  readonly costBase: Money | undefined;
  /** Of holdings that have both. */
  readonly gain: Money | undefined;
  readonly gainPct: number | undefined;
  readonly dayChange: Money | undefined;
  /** Of the value before of the holdings that have a day change. */
  readonly dayChangePct: number | undefined;
  /** How many holdings the day change is of. */
  readonly moved: number;
  /** Of every security that was ever held. */
  readonly realisedGain: Money | undefined;
  readonly income: Money | undefined;
  readonly totalReturn: Money | undefined;
  readonly totalReturnPct: number | undefined;
  readonly returned: Returned | undefined;
  readonly cash: Money | undefined;
  readonly priced: number;
  readonly unpriced: number;
  readonly unknownCost: number;
  readonly stale: number;
};

export type Holdings = { readonly holdings: readonly Holding[]; readonly totals: HoldingTotals };

const percent = (part: Money | undefined, whole: Money | undefined): number | undefined => {
  const fraction = ratio(part, whole);
  return fraction === undefined ? undefined : fraction * 100;
};

const known = <T>(value: T | undefined): value is T => value !== undefined;
const sumKnown = (values: readonly (Money | undefined)[]): Money | undefined => {
  const present = values.filter(known);
  return present.length === 0 ? undefined : present.reduce((total, value) => add(total, value), noMoney);
};

type Options = {
  readonly prices: ReadonlyMap<Code, KnownPrice>;
  readonly names: ReadonlyMap<Code, string>;
  /** The cash account's balance; undefined where the portfolio runs without one. */
  readonly cash: Money | undefined;
  /** What each security has returned besides; where it is not handed in, total returns are unknown. */
  readonly returned?: ReadonlyMap<Code, Returned> | undefined;
};

/** All of the parts, or undefined where one is unknown. */
export const sumOfParts = (parts: Returned['gains']): Money | undefined => {
  const amounts = parts.map(part => part.amount);
  return amounts.every(known) ? amounts.reduce((total, amount) => add(total, amount), noMoney) : undefined;
};

function totalReturnOf(gain: Money | undefined, costBase: Money | undefined, returned: Returned | undefined) {
  const realisedGain = returned && sumOfParts(returned.gains);
  const income = returned && sumOfParts(returned.income);
  const sold = returned && sumOfParts(returned.costs);
  const parts = [gain, realisedGain, income];
  const totalReturn = parts.every(known) ? sumKnown(parts) : undefined;
  const paid = costBase === undefined || sold === undefined ? undefined : add(costBase, sold);
  return { realisedGain, income, totalReturn, totalReturnPct: percent(totalReturn, paid), returned };
}

/** What parcels of one security are worth, and what they gained. */
export function worthOf(
  parcels: readonly Parcel[],
  price: KnownPrice | undefined,
): Pick<Holding, 'units' | 'costBase' | 'value' | 'gain' | 'gainPct'> {
  const units = parcelUnits(parcels);
  const costs = parcels.map(parcel => parcel.cost);
  const costBase = costs.every(known) ? sumKnown(costs) : undefined;
  // Prices of up to four decimals times units may have more than cents; the screen shows cents, so value is cents.
  const value = price === undefined ? undefined : round(cost(price.price, units), 2);
  const gain = value === undefined || costBase === undefined ? undefined : subtract(value, costBase);
  return { units, costBase, value, gain, gainPct: percent(gain, costBase) };
}

function holding(code: Code, parcels: readonly Parcel[], options: Options): Omit<Holding, 'weightPct'> {
  const price = options.prices.get(code);
  const worth = worthOf(parcels, price);
  const { units, costBase, value, gain } = worth;
  const before = price?.previousClose === undefined ? undefined : round(cost(price.previousClose, units), 2);
  const dayChange = value === undefined || before === undefined ? undefined : subtract(value, before);
  return {
    code,
    name: options.names.get(code),
    ...worth,
    parcels,
    averageCost: costBase === undefined || units.eq(noMoney) ? undefined : perUnit(costBase, units),
    price,
    dayChange,
    dayChangePct: percent(dayChange, before),
    ...totalReturnOf(gain, costBase, options.returned && (options.returned.get(code) ?? nothingReturned)),
  };
}

/** The holdings of open parcels, largest value first, then unpriced ones by code. */
export function valueHoldings(parcels: readonly Parcel[], options: Options): Holdings {
  const byCode = new Map<Code, Parcel[]>();
  for (const parcel of parcels) {
    const list = byCode.get(parcel.code);
    if (list) list.push(parcel);
    else byCode.set(parcel.code, [parcel]);
  }
  const rows = [...byCode].map(([code, list]) => holding(code, list, options));
  const value = sumKnown(rows.map(row => row.value));
  const whole = sumKnown([value, options.cash]);
  const holdings = rows.map(row => ({ ...row, weightPct: percent(row.value, whole) })).sort(byValue);
  return { holdings, totals: totalsOf(holdings, value, options) };
}

function byValue(a: Holding, b: Holding): number {
  if (a.value === undefined || b.value === undefined) {
    if (a.value !== b.value) return a.value === undefined ? 1 : -1;
    return compareText(a.code, b.code);
  }
  return compare(b.value, a.value) || compareText(a.code, b.code);
}

/** Whether any of them has a price of that day. */
export const isPricedOn = (holdings: readonly Holding[], day: LocalDate): boolean =>
  holdings.some(row => row.price?.on === day);

/** The totals of some of the holdings, without cash. */
export const totalsOfSome = (holdings: readonly Holding[]): HoldingTotals =>
  totalsOf(holdings, sumKnown(holdings.map(row => row.value)), { cash: undefined });

function totalsOf(
  holdings: readonly Holding[],
  value: Money | undefined,
  { cash, returned }: Pick<Options, 'cash' | 'returned'>,
): HoldingTotals {
  const both = holdings.filter(row => row.gain !== undefined);
  const moved = holdings.filter(row => row.dayChange !== undefined);
  const gain = sumKnown(both.map(row => row.gain));
  const dayChange = sumKnown(moved.map(row => row.dayChange));
  const movedValue = sumKnown(moved.map(row => row.value));
  const before = movedValue === undefined || dayChange === undefined ? undefined : subtract(movedValue, dayChange);
  return {
    value,
    costBase: sumKnown(holdings.map(row => row.costBase)),
    gain,
    gainPct: percent(gain, sumKnown(both.map(row => row.costBase))),
    dayChange,
    dayChangePct: percent(dayChange, before),
    moved: moved.length,
    ...totalReturnOf(
      holdings.length === 0 ? noMoney : gain,
      sumKnown(both.map(row => row.costBase)) ?? noMoney,
      returned && allReturned(returned),
    ),
    cash,
    priced: holdings.filter(row => row.value !== undefined).length,
    unpriced: holdings.filter(row => row.value === undefined).length,
    unknownCost: holdings.filter(row => row.costBase === undefined).length,
    stale: holdings.filter(row => row.price?.stale).length,
  };
}

const allReturned = (returned: ReadonlyMap<Code, Returned>): Returned => {
  const all = [...returned.values()];
  return {
    gains: all.flatMap(each => each.gains),
    income: all.flatMap(each => each.income),
    costs: all.flatMap(each => each.costs),
  };
};
