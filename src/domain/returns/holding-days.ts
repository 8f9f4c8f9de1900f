/**
 * One security's part in the days of a portfolio: its value at each close, what went in and what came out.
 *
 * While it is held and has never had a price it stands outside: neither its value nor its flows count, and money that a
 * cash account pays for it has left the portfolio. On the day of its first price it comes in, at what was paid for it
 * until then, or at that day's market value where the cost is unknown. Bought and gone before any price, it stays out.
 */
import type { Instant, LocalDate } from '../date.ts';
import { type Decimal, isZero, noUnits } from '../decimal.ts';
import type { UnitClose } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';
import { type Cents, type Scaled, scaledUnits } from './cents.ts';
import type { Closes } from './closes.ts';
import { restatement, valuer } from './day-valuation.ts';
import type { Movement } from './movements.ts';
import type { FlowPart, Move, Trail } from './trail.ts';

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
  /** When the last of the closes was traded, where it is a quote. */
  readonly quotedAt?: Instant | undefined;
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
  /** The days whose positions are kept. */
  readonly isKept: readonly boolean[];
  readonly trail: Trail;
  /** Net money that went from cash accounts into securities. */
  spent: Cents;
};

/** Adds to a day's figure. */
export const plus = (figures: Float64Array, index: number, amount: Cents): void => {
  figures[index] = (figures[index] ?? 0) + amount;
};

const figureOfWay = { in: 'inflows', out: 'outflows', income: 'income' } as const;

/** Adds to a day's money in, money out or income; `of` is the entry, or words where there is none of its own. */
export function plusFlow(
  tally: Tally,
  index: number,
  way: FlowPart['way'],
  amount: Cents,
  of: { readonly entry?: string; readonly words?: string },
): void {
  const on = tally.dates[index];
  if (amount === 0 || on === undefined) return;
  // A sale that brings less than its brokerage is money in.
  if (amount < 0 && way !== 'income') {
    plusFlow(tally, index, way === 'in' ? 'out' : 'in', -amount, of);
    return;
  }
  plus(tally[figureOfWay[way]], index, amount);
  if (index > 0) tally.trail.flows.push({ on, way, amount, entry: of.entry, words: of.words });
}

/** Of a security without a price so far. */
type Outside = { net: Cents; income: Cents; costs: Cents; isCostKnown: boolean };
const outside = (): Outside => ({ net: 0, income: 0, costs: 0, isCostKnown: true });

export function addHoldingDays(tally: Tally, holding: DayHolding): void {
  const { dates, keys, indexOf } = tally;
  const { closes, movements, units } = holding;
  const sums = sumsOf(tally, holding.identity);
  const factorAt = restatement(holding, keys);
  const valuation = valuer(holding, factorAt);
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
    const words = `units of ${holding.code} at their market value`;
    if (transferred > 0) plusFlow(tally, index, 'in', transferred, { words });
    else if (transferred < 0) plusFlow(tally, index, 'out', -transferred, { words });
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
      if (tally.isKept[index] && date !== undefined) {
        const { code, identity, quotedAt } = holding;
        const used = {
          digits: closes.closes[close] ?? 0,
          places: closes.places,
          day: closes.days[close] ?? 0,
          newPerOld: factorAt(close, index),
          tradedAt: close === closes.days.length - 1 ? quotedAt : undefined,
        };
        tally.trail.positions.push({ on: date, code, identity, value, held: { units: held.exact, close: used } });
      }
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

/** Counts a movement; answers the value of units that came (or, below zero, went) without money. */
function move(tally: Tally, index: number, movement: Movement, sums: HoldingSums, value: Cents | undefined): Cents {
  const { way, entry, on, income, costs } = movement;
  const inside = tally.keepsCash.has(movement.portfolio);
  const putIn = way === 'units-in' ? (value ?? 0) : movement.putIn;
  const takenOut = way === 'units-out' ? (value ?? 0) : movement.takenOut;
  addMove(tally, sums, { on, entry, words: undefined, putIn, takenOut, income, costs });
  plusFlow(tally, index, 'income', income, { entry });
  if (way === 'units-in' || way === 'units-out') return putIn - takenOut;
  if (inside && way === 'money') spend(tally, movement);
  else if (inside) {
    // What the registry keeps of a reinvested dividend, or adds to it.
    plusFlow(tally, index, 'out', Math.max(0, takenOut - putIn), { entry });
    plusFlow(tally, index, 'in', Math.max(0, putIn - takenOut), { entry });
  } else {
    plusFlow(tally, index, 'in', putIn, { entry });
    plusFlow(tally, index, 'out', takenOut, { entry });
  }
  return 0;
}

/** Adds to what a holding's part of the profit is made of. */
function addMove(tally: Tally, sums: HoldingSums, move: Omit<Move, 'identity'>): void {
  sums.putIn += move.putIn;
  sums.takenOut += move.takenOut;
  sums.income += move.income;
  sums.costs += move.costs;
  tally.trail.moves.push({ ...move, identity: sums.code });
}

/** Money that a security cost or brought passes through the cash account. */
function spend(tally: Tally, { on, entry, putIn, takenOut }: Movement): void {
  tally.spent += putIn - takenOut;
  const nothing = { identity: undefined, words: undefined, putIn: 0, income: 0, costs: 0 };
  tally.trail.moves.push({ ...nothing, on, entry, takenOut: putIn - takenOut });
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
  spend(tally, movement);
  plusFlow(tally, index, 'out', putIn, { entry: movement.entry });
  plusFlow(tally, index, 'in', takenOut, { entry: movement.entry });
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
  const on = tally.dates[index];
  if (on === undefined) return;
  const { isCostKnown } = waiting;
  const amount = isCostKnown ? waiting.net : value;
  const words = `${code} comes in with its first price, at ${isCostKnown ? 'what was paid for it' : 'its market value'}`;
  const received = isCostKnown ? { income: waiting.income, costs: waiting.costs } : { income: 0, costs: 0 };
  const [putIn, takenOut] = [Math.max(0, amount), Math.max(0, -amount)];
  addMove(tally, sums, { on, entry: undefined, words, putIn, takenOut, ...received });
  plusFlow(tally, index, 'income', received.income, { words });
  plusFlow(tally, index, 'in', putIn, { words });
  plusFlow(tally, index, 'out', takenOut, { words });
  tally.broughtIn.push({ code, on, amount, at: isCostKnown ? 'cost' : 'market' });
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
