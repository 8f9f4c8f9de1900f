/**
 * One security's part in the days of a portfolio: its value at each close, what went in and what came out.
 *
 * While it is held and has never had a price it stands outside: neither its value nor its flows count, and money that a
 * cash account pays for it has left the portfolio. On the day of its first price it comes in, at what was paid for it
 * until then, or at that day's market value where the cost is unknown. Bought and gone before any price, it stays out.
 */
import { compareText } from '../compare-text.ts';
import type { Instant, LocalDate } from '../date.ts';
import { type Decimal, isZero, noUnits } from '../decimal.ts';
import type { UnitClose } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';
import { type Cents, type Scaled, scaledUnits } from './cents.ts';
import type { Closes } from './closes.ts';
import { restatement, valuer } from './day-valuation.ts';
import { arrive, exchange, leave } from './exchanges.ts';
import type { Movement } from './movements.ts';
import { bringIn, outside, standOutside } from './outside.ts';
import { addMove, type HoldingSums, plus, plusFlow, spend, sumsOf, type Tally } from './tally.ts';

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
    const key = keys[index] as number;
    while ((closes.days[nextClose] ?? Number.POSITIVE_INFINITY) <= key) nextClose += 1;
    const close = nextClose - 1;
    const isPriced = close >= 0;
    if (isPriced && !wasPriced && held !== undefined) {
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
    plusFlow(tally, index, 'in', transferred, { words: `units of ${holding.code} at their market value` });
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
    tally.held[index] = (tally.held[index] as number) + 1;
    if (isPriced) {
      const value = valuation(held, close, index);
      plus(tally.values, index, value);
      if (index === 0) sums.startValue += value;
      if (index === keys.length - 1) sums.endValue += value;
      if (tally.isKept[index] && date !== undefined) {
        const { code, identity, quotedAt } = holding;
        const used = {
          digits: closes.closes[close] as number,
          places: closes.places,
          day: closes.days[close] as number,
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
    plusFlow(tally, index, 'out', takenOut - putIn, { entry });
  } else {
    plusFlow(tally, index, 'in', putIn, { entry });
    plusFlow(tally, index, 'out', takenOut, { entry });
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
  changes.sort((a, b) => compareText(a.on, b.on));
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
