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
import { arrive, exchange, leave } from './exchanges.ts';
import type { Movement } from './movements.ts';
import { bringIn, outside, standOutside } from './outside.ts';
import { type HoldingSums, plus, sumsOf, type Tally } from './tally.ts';

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
      const arrived = arrive(waiting, holding.splits, index, units => valuation(units, close, index));
      bringIn(tally, holding.code, index, waiting, sums, valuation(held, close, index) - arrived);
    }
    wasPriced = isPriced;
    let transferred = 0;
    for (let each = movements[nextMovement]; each !== undefined; each = movements[nextMovement]) {
      if ((indexOf.get(each.on) ?? 0) > index) break;
      nextMovement += 1;
      if (each.exchange !== undefined) {
        const value = isPriced && each.units !== undefined ? valuation(each.units, close, index) : undefined;
        exchange(tally, each, { index, sums, value, waiting });
      } else if (!isPriced) standOutside(tally, index, each, waiting);
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
      leave(waiting, index);
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
