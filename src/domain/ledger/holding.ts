/**
 * Holdings: what the open parcels are worth.
 *
 * value = units x as-traded price; gain = value - cost base, in dollars and in percent of the cost base. A holding with
 * a parcel of unknown cost has an unknown cost base and gain, one without a price an unknown value. Totals add only
 * holdings that have what they add, and carry how many those are. Weights are of priced securities plus the cash account.
 */

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
};

function holding(code: Code, parcels: readonly Parcel[], options: Options): Omit<Holding, 'weightPct'> {
  const units = parcelUnits(parcels);
  const costs = parcels.map(parcel => parcel.cost);
  const costBase = costs.every(known) ? sumKnown(costs) : undefined;
  const price = options.prices.get(code);
  // Prices of up to four decimals times units may have more than cents; the screen shows cents, so value is cents.
  const value = price === undefined ? undefined : round(cost(price.price, units), 2);
  const gain = value === undefined || costBase === undefined ? undefined : subtract(value, costBase);
  const before = price?.previousClose === undefined ? undefined : round(cost(price.previousClose, units), 2);
  const dayChange = value === undefined || before === undefined ? undefined : subtract(value, before);
  return {
    code,
    name: options.names.get(code),
    units,
    parcels,
    costBase,
    averageCost: costBase === undefined || units.eq(noMoney) ? undefined : perUnit(costBase, units),
    price,
    value,
    gain,
    gainPct: percent(gain, costBase),
    dayChange,
    dayChangePct: percent(dayChange, before),
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
  return { holdings, totals: totalsOf(holdings, value, options.cash) };
}

function byValue(a: Holding, b: Holding): number {
  if (a.value === undefined || b.value === undefined) {
    if (a.value !== b.value) return a.value === undefined ? 1 : -1;
    return a.code < b.code ? -1 : 1;
  }
  return compare(b.value, a.value) || (a.code < b.code ? -1 : 1);
}

/** Whether any of them has a price of that day. */
export const isPricedOn = (holdings: readonly Holding[], day: LocalDate): boolean =>
  holdings.some(row => row.price?.on === day);

/** The totals of some of the holdings, without cash. */
export const totalsOfSome = (holdings: readonly Holding[]): HoldingTotals =>
  totalsOf(holdings, sumKnown(holdings.map(row => row.value)), undefined);

function totalsOf(holdings: readonly Holding[], value: Money | undefined, cash: Money | undefined): HoldingTotals {
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
    cash,
    priced: holdings.filter(row => row.value !== undefined).length,
    unpriced: holdings.filter(row => row.value === undefined).length,
    unknownCost: holdings.filter(row => row.costBase === undefined).length,
    stale: holdings.filter(row => row.price?.stale).length,
  };
}
