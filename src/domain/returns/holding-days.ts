/**
 * One security's part in the days of a portfolio: its value at each close, what went in and what came out.
 *
 * While it is held and has never had a price it stands outside: neither its value nor its flows count, and money that a
 * cash account pays for it has left the portfolio. On the day of its first price it comes in, at what was paid for it
 * until then, or at that day's market value where the cost is unknown. Bought and gone before any price, it stays out.
 */
import type { LocalDate } from '../date.ts';
import { cost, type Decimal, decimal, isZero, noUnits, type Price, round } from '../decimal.ts';
import type { UnitClose } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';
import { type Cents, type Scaled, scaledUnits, toCents, valueInCents } from './cents.ts';
import { type Closes, dayKey } from './closes.ts';
import type { Movement } from './movements.ts';

/** The units of one code in all the portfolios together, its movements, and what it closed at. */
export type DayHolding = {
  readonly code: Code;
  /** What it is called now, after renames: under this code its contribution stands. */
  readonly identity: Code;
  readonly units: readonly UnitClose[];
  readonly movements: readonly Movement[];
  readonly closes: Closes;
  /** The ledger's splits and consolidations of it. */
  readonly splits: readonly { readonly on: LocalDate; readonly newPerOld: Decimal }[];
};

/** Units that came in later than they were bought, because they had no price until then. */
export type BroughtIn = {
  readonly code: Code;
  readonly on: LocalDate;
  readonly amount: Cents;
  readonly at: 'cost' | 'market';
};

export type HoldingSums = {
  readonly code: Code;
  startValue: Cents;
  endValue: Cents;
  putIn: Cents;
  takenOut: Cents;
  income: Cents;
  costs: Cents;
};

/** What all holdings are added up in, by the index of the day; 0 is the close before the first day. */
export type Tally = {
  readonly dates: readonly LocalDate[];
  readonly keys: Int32Array;
  readonly indexOf: ReadonlyMap<LocalDate, number>;
  readonly keepsCash: ReadonlySet<string>;
  readonly values: Float64Array;
  readonly inflows: Float64Array;
  readonly outflows: Float64Array;
  readonly income: Float64Array;
  readonly held: Uint16Array;
  /** Runs of days on which a code was held without a price. */
  readonly unpriced: { code: Code; from: number; to: number }[];
  readonly priced: Set<Code>;
  readonly broughtIn: BroughtIn[];
  readonly contributions: Map<Code, HoldingSums>;
  /** Net money that went from cash accounts into securities. */
  spent: Cents;
};

/** Adds to a day's figure. */
export const plus = (figures: Float64Array, index: number, amount: Cents): void => {
  figures[index] = (figures[index] ?? 0) + amount;
};

/** Of a security without a price so far. */
type Outside = { net: Cents; income: Cents; costs: Cents; isCostKnown: boolean };
const outside = (): Outside => ({ net: 0, income: 0, costs: 0, isCostKnown: true });

export function addHoldingDays(tally: Tally, holding: DayHolding): void {
  const { dates, keys, indexOf } = tally;
  const { closes, movements, units } = holding;
  const sums = sumsOf(tally, holding.identity);
  const valuation = valuer(holding, keys);
  let held: Scaled | undefined;
  let nextUnits = 0;
  let nextClose = 0;
  let nextMovement = 0;
  let waiting = outside();
  let run: Tally['unpriced'][number] | undefined;
  let wasPriced = false;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? 0;
    while ((closes.days[nextClose] ?? Number.POSITIVE_INFINITY) <= key) nextClose += 1;
    const close = nextClose - 1;
    const isPriced = close >= 0;
    if (isPriced && !wasPriced && held !== undefined && index > 0) {
      bringIn(tally, holding, index, waiting, sums, valuation(held, close, index));
    }
    wasPriced = isPriced;
    let transferred = 0;
    for (let each = movements[nextMovement]; each !== undefined; each = movements[nextMovement]) {
      if ((indexOf.get(each.on) ?? 0) > index) break;
      nextMovement += 1;
      if (!isPriced) standOutside(tally, index, each, waiting);
      else if (index > 0)
        transferred += move(tally, index, each, sums, each.units && valuation(each.units, close, index));
    }
    // What goes from one of the portfolios to another cancels.
    if (transferred > 0) plus(tally.inflows, index, transferred);
    else if (transferred < 0) plus(tally.outflows, index, -transferred);
    const date = dates[index];
    for (let change = units[nextUnits]; change !== undefined && date !== undefined; change = units[nextUnits]) {
      if (change.on > date) break;
      held = isZero(change.units) ? undefined : scaledUnits(change.units);
      nextUnits += 1;
    }
    if (held === undefined) {
      if (nextUnits >= units.length && nextMovement >= movements.length) break;
      if (!isPriced) waiting = outside();
      continue;
    }
    tally.held[index] = (tally.held[index] ?? 0) + 1;
    if (isPriced) {
      const value = valuation(held, close, index);
      plus(tally.values, index, value);
      if (index === 0) sums.startValue += value;
      if (index === keys.length - 1) sums.endValue += value;
      tally.priced.add(holding.code);
    } else if (run?.to === index - 1) run.to = index;
    else {
      run = { code: holding.code, from: index, to: index };
      tally.unpriced.push(run);
    }
  }
}

function sumsOf(tally: Tally, code: Code): HoldingSums {
  const known = tally.contributions.get(code);
  if (known !== undefined) return known;
  const sums = { code, startValue: 0, endValue: 0, putIn: 0, takenOut: 0, income: 0, costs: 0 };
  tally.contributions.set(code, sums);
  return sums;
}

/** Units at the close with this place in the list, as it stands on the day `index`. */
type Valuation = (units: Scaled | (Movement['units'] & object), close: number, index: number) => Cents;

/** Values units at a close; one that was carried over a split of the ledger is restated first. */
function valuer({ closes, splits }: DayHolding, keys: Int32Array): Valuation {
  const events = splits.map(({ on, newPerOld }) => ({ key: dayKey(on), newPerOld }));
  return (units, close, index) => {
    const held = 'digits' in units ? units : scaledUnits(units);
    const price = closes.closes[close] ?? 0;
    const day = closes.days[close] ?? 0;
    const today = keys[index] ?? 0;
    if (events.length > 0 && day < today) {
      let factor = decimal('1');
      for (const { key, newPerOld } of events) if (key > day && key <= today) factor = factor.times(newPerOld);
      const restated = decimal(`${price}e-${closes.places}`).div(factor) as Price;
      return toCents(round(cost(restated, held.exact), 2));
    }
    return valueInCents(held, price, closes.places);
  };
}

/** Counts a movement; answers the value of units that came (or, below zero, went) without money. */
function move(tally: Tally, index: number, movement: Movement, sums: HoldingSums, value: Cents | undefined): Cents {
  const { way, putIn, takenOut, income, costs } = movement;
  const inside = tally.keepsCash.has(movement.portfolio);
  sums.income += income;
  sums.costs += costs;
  plus(tally.income, index, income);
  if (way === 'units-in') {
    sums.putIn += value ?? 0;
    return value ?? 0;
  }
  if (way === 'units-out') {
    sums.takenOut += value ?? 0;
    return -(value ?? 0);
  }
  sums.putIn += putIn;
  sums.takenOut += takenOut;
  if (inside && way === 'money') tally.spent += putIn - takenOut;
  else if (inside) {
    // What the registry keeps of a reinvested dividend, or adds to it.
    plus(tally.outflows, index, Math.max(0, takenOut - putIn));
    plus(tally.inflows, index, Math.max(0, putIn - takenOut));
  } else {
    plus(tally.inflows, index, putIn);
    plus(tally.outflows, index, takenOut);
  }
  return 0;
}

/** Keeps a movement of a security without a price; money of a cash account has left the portfolio, or come back. */
function standOutside(tally: Tally, index: number, movement: Movement, waiting: Outside): void {
  const { way, putIn, takenOut, income, costs, costBase } = movement;
  if (way === 'units-in') {
    if (costBase === undefined) waiting.isCostKnown = false;
    waiting.net += costBase ?? 0;
  } else if (way === 'units-out') {
    // How much of the cost went with them is a matter of parcels.
    waiting.isCostKnown = false;
  } else waiting.net += putIn - takenOut;
  waiting.income += income;
  waiting.costs += costs;
  if (way !== 'money' || index === 0 || !tally.keepsCash.has(movement.portfolio)) return;
  tally.spent += putIn - takenOut;
  plus(tally.outflows, index, putIn);
  plus(tally.inflows, index, takenOut);
}

/** The first price of what is held: it comes in. */
function bringIn(
  tally: Tally,
  { code }: DayHolding,
  index: number,
  waiting: Outside,
  sums: HoldingSums,
  value: Cents,
): void {
  const amount = waiting.isCostKnown ? waiting.net : value;
  if (waiting.isCostKnown) {
    sums.income += waiting.income;
    sums.costs += waiting.costs;
    plus(tally.income, index, waiting.income);
  }
  if (amount >= 0) {
    sums.putIn += amount;
    plus(tally.inflows, index, amount);
  } else {
    sums.takenOut -= amount;
    plus(tally.outflows, index, -amount);
  }
  const on = tally.dates[index];
  if (on !== undefined) tally.broughtIn.push({ code, on, amount, at: waiting.isCostKnown ? 'cost' : 'market' });
}

/** The units of several portfolios at each close, added up. */
export function combinedUnits(lists: readonly (readonly UnitClose[])[]): readonly UnitClose[] {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  const changes = lists.flatMap(closes =>
    closes.map((close, index) => ({ on: close.on, by: close.units.minus(closes[index - 1]?.units ?? noUnits) })),
  );
  changes.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const combined: UnitClose[] = [];
  let total = noUnits;
  for (const { on, by } of changes) {
    total = total.plus(by) as UnitClose['units'];
    const last = combined.at(-1);
    if (last?.on === on) last.units = total;
    else combined.push({ on, units: total });
  }
  return combined;
}
