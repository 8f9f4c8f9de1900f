/**
 * Exchanges in the days of a portfolio: a demerger, a rollover or a rename moves value from one code to another.
 *
 * No money passes, so neither flows nor profit know of it while both codes have prices: the value of the units received,
 * at their first close, only goes from the old code's contribution to the new one's, or a demerger would read as a loss
 * of the head and a gain of what came out of it.
 *
 * Where the new code has no price that day it comes in at its first close. Of a demerger that makes up for the head's
 * fall, and nothing flows (sold before any price, it counts at what was received). Of a rollover or rename all the value
 * would be gone for so long, so it flows out that day and in again then. What came from a code that itself never had a
 * price comes in at the cost base that it brought, or at market value where that is unknown.
 */
import type { LocalDate } from '../date.ts';
import type { Decimal, Units } from '../decimal.ts';
import { type Cents, toCents } from './cents.ts';

import type { Movement } from './movements.ts';
import type { Outside } from './outside.ts';
import {
  addMove,
  type BroughtIn,
  type ExchangeEnds,
  type HoldingSums,
  plusFlow,
  type Received,
  type Tally,
} from './tally.ts';

/** Of the new code. */
type Splits = readonly { readonly on: LocalDate; readonly newPerOld: Decimal }[];

type Place = {
  readonly index: number;
  readonly sums: HoldingSums;
  /** Of the movement's units; undefined without a price. */
  readonly value: Cents | undefined;
  readonly waiting: Outside;
};

/** Notes one end of an exchange; `settleExchanges` counts it when both are known. */
export function exchange(tally: Tally, movement: Movement, { index, sums, value, waiting }: Place): void {
  const { exchange: facts, code, on, units, costBase } = movement;
  if (facts === undefined || units === undefined) return;
  const ends: ExchangeEnds = tally.exchanges.get(facts.entry) ?? { exchange: facts };
  tally.exchanges.set(facts.entry, ends);
  if (movement.way === 'gives') {
    ends.given = { index, sums, isPriced: value !== undefined, value: value ?? 0 };
    if (value !== undefined) return;
    waiting.net -= costBase ?? 0;
    if (costBase === undefined) waiting.isCostKnown = false;
    return;
  }
  const received: Received = { code, sums, on, wasPriced: value !== undefined };
  ends.received = received;
  if (value === undefined) waiting.pending.push({ received, units });
  else if (index > 0) received.arrival = { index, value };
}

/** The first price of units that came by exchanges; answers what they are worth. */
export function arrive({ pending }: Outside, splits: Splits, index: number, worth: (units: Units) => Cents): Cents {
  let all = 0;
  for (const { received, units } of pending) {
    // What a split made of them since is worth the close.
    const since = splits.filter(split => split.on > received.on);
    const value = worth(since.reduce((so, { newPerOld }) => so.times(newPerOld) as Units, units));
    received.arrival = { index, value };
    all += value;
  }
  return all;
}

/** Nothing is held any more of what never had a price. */
export function leave({ pending, net, isCostKnown, income, costs }: Outside, index: number): void {
  if (index === 0 || !isCostKnown || net >= 0) return;
  const [first] = pending;
  if (first !== undefined) first.received.gone = { index, received: -net, income, costs };
}

export function settleExchanges(tally: Tally): void {
  for (const ends of tally.exchanges.values()) settle(tally, ends);
}

function settle(tally: Tally, { exchange: facts, given, received }: ExchangeEnds): void {
  if (received === undefined) return;
  const { arrival, wasPriced } = received;
  const { entry, costBase } = facts;
  if (given?.isPriced === false) {
    if (arrival === undefined) return;
    if (costBase === undefined) flowIn(tally, entry, received, { ...arrival, at: 'market' });
    else flowIn(tally, entry, received, { index: arrival.index, value: toCents(costBase), at: 'cost' });
  } else if (facts.kind === 'demerger' || wasPriced) {
    const { index, value } = arrival ?? countProceeds(tally, entry, received);
    // A rollover or rename goes on as the new code: both ends are one contribution.
    if (given !== undefined && given.sums !== received.sums) {
      moveOut(tally, entry, given.sums, index, value);
      moveIn(tally, entry, received.sums, index, value);
    }
    if (arrival !== undefined && !wasPriced) noteArrival(tally, received, { ...arrival, at: 'market' });
  } else {
    if (given !== undefined && given.index > 0) {
      const left = Math.max(0, given.value - toCents(facts.cash));
      moveOut(tally, entry, given.sums, given.index, left);
      plusFlow(tally, given.index, 'out', left, { entry });
    }
    if (arrival !== undefined) flowIn(tally, entry, received, { ...arrival, at: 'market' });
  }
}

const still = { words: undefined, putIn: 0, takenOut: 0, income: 0, costs: 0 } as const;

function moveOut(tally: Tally, entry: string, sums: HoldingSums, index: number, takenOut: Cents): void {
  const on = tally.dates[index];
  if (on !== undefined && takenOut !== 0) addMove(tally, sums, { ...still, on, entry, takenOut });
}

function moveIn(tally: Tally, entry: string, sums: HoldingSums, index: number, putIn: Cents): void {
  const on = tally.dates[index];
  if (on !== undefined && putIn !== 0) addMove(tally, sums, { ...still, on, entry, putIn });
}

type Arrival = { readonly index: number; readonly value: Cents; readonly at: BroughtIn['at'] };

function flowIn(tally: Tally, entry: string, received: Received, arrival: Arrival): void {
  moveIn(tally, entry, received.sums, arrival.index, arrival.value);
  plusFlow(tally, arrival.index, 'in', arrival.value, { entry });
  noteArrival(tally, received, arrival);
}

function noteArrival(tally: Tally, { code }: Received, { index, value, at }: Arrival): void {
  const on = tally.dates[index];
  if (on !== undefined) tally.broughtIn.push({ code, on, amount: value, at });
}

/** What demerged units brought that never had a price: the head's fall paid for it. */
function countProceeds(tally: Tally, entry: string, { sums, gone }: Received): { index: number; value: Cents } {
  const on = gone && tally.dates[gone.index];
  if (gone === undefined || on === undefined) return { index: 0, value: 0 };
  const { index, received, income, costs } = gone;
  addMove(tally, sums, { ...still, on, entry, takenOut: received, income, costs });
  plusFlow(tally, index, 'out', received, { entry });
  plusFlow(tally, index, 'income', income, { entry });
  return { index, value: received };
}
