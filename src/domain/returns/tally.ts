/** What the holdings of a portfolio are added up in, day by day and security by security. */
import type { LocalDate } from '../date.ts';
import type { Exchange } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';
import type { Cents } from './cents.ts';
import type { Movement } from './movements.ts';
import type { FlowPart, Move, Trail } from './trail.ts';

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

/** The old code's end of an exchange, on its day. */
export type Given = {
  readonly index: number;
  readonly sums: HoldingSums;
  readonly isPriced: boolean;
  /** Of all its units. */
  readonly value: Cents;
};

/** The new code's end of an exchange. */
export type Received = {
  readonly code: Code;
  readonly sums: HoldingSums;
  /** It had a price on the day of the exchange. */
  readonly wasPriced: boolean;
  readonly on: LocalDate;
  /** The units at their first close, where that is one of the days. */
  arrival?: { readonly index: number; readonly value: Cents };
  /** Sold before any price. */
  gone?: { readonly index: number; readonly received: Cents; readonly income: Cents; readonly costs: Cents };
};

export type ExchangeEnds = { readonly exchange: Exchange; given?: Given; received?: Received };

/** By the index of the day; 0 is the close before the first day. */
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
  /** By the id of their entry. */
  readonly exchanges: Map<string, ExchangeEnds>;
  /** The days whose positions are kept. */
  readonly isKept: readonly boolean[];
  readonly trail: Trail;
  /** Net money that went from cash accounts into securities. */
  spent: Cents;
};

/** Adds to a day's figure. */
export const plus = (figures: Float64Array, index: number, amount: Cents): void => {
  figures[index] = (figures[index] as Cents) + amount;
};

const figureOfWay = { in: 'inflows', out: 'outflows', income: 'income' } as const;

/**
 * Adds to a day's money in, money out or income; money in below zero is money out, and the other way round. `of` is the
 * entry, or words where there is none of its own.
 */
export function plusFlow(
  tally: Tally,
  index: number,
  way: FlowPart['way'],
  amount: Cents,
  of: { readonly entry?: string; readonly words?: string },
): void {
  const on = tally.dates[index];
  if (amount === 0 || on === undefined) return;
  if (amount < 0 && way !== 'income') {
    plusFlow(tally, index, way === 'in' ? 'out' : 'in', -amount, of);
    return;
  }
  plus(tally[figureOfWay[way]], index, amount);
  tally.trail.flows.push({ on, way, amount, entry: of.entry, words: of.words });
}

export function sumsOf(tally: Tally, code: Code): HoldingSums {
  const known = tally.contributions.get(code);
  if (known !== undefined) return known;
  const sums = { code, startValue: 0, endValue: 0, putIn: 0, takenOut: 0, income: 0, costs: 0 };
  tally.contributions.set(code, sums);
  return sums;
}

/** Adds to what a holding's part of the profit is made of. */
export function addMove(tally: Tally, sums: HoldingSums, move: Omit<Move, 'identity'>): void {
  sums.putIn += move.putIn;
  sums.takenOut += move.takenOut;
  sums.income += move.income;
  sums.costs += move.costs;
  tally.trail.moves.push({ ...move, identity: sums.code });
}

/** Money that a security cost or brought passes through the cash account. */
export function spend(tally: Tally, { on, entry, putIn, takenOut }: Movement): void {
  tally.spent += putIn - takenOut;
  const nothing = { identity: undefined, words: undefined, putIn: 0, income: 0, costs: 0 };
  tally.trail.moves.push({ ...nothing, on, entry, takenOut: putIn - takenOut });
}
