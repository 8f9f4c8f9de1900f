/**
 * A security that is held and has had no price so far: what it cost and brought waits until it has one.
 *
 * Neither its value nor its flows count until then, and money that a cash account pays for it has left the portfolio.
 */
import type { Units } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { Cents } from './cents.ts';
import type { Movement } from './movements.ts';
import { addMove, type HoldingSums, plusFlow, type Received, spend, type Tally } from './tally.ts';

/** Units of an exchange that wait for their first price. */
export type Pending = { readonly received: Received; units: Units };

/** Of a security without a price so far. */
export type Outside = {
  net: Cents;
  income: Cents;
  costs: Cents;
  isCostKnown: boolean;
  /** Whether anything but exchanges brought it. */
  isMoved: boolean;
  readonly pending: Pending[];
};
export const outside = (): Outside => ({ net: 0, income: 0, costs: 0, isCostKnown: true, isMoved: false, pending: [] });

/** Keeps a movement of a security without a price; money of a cash account has left the portfolio, or come back. */
export function standOutside(tally: Tally, index: number, movement: Movement, waiting: Outside): void {
  const { way, putIn, takenOut, income, costs, costBase } = movement;
  waiting.isMoved = true;
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

/** The first price of what is held: it comes in, `value` being that of what no exchange brought. */
export function bringIn(
  tally: Tally,
  code: Code,
  index: number,
  waiting: Outside,
  sums: HoldingSums,
  value: Cents,
): void {
  if (!waiting.isMoved && waiting.pending.length > 0) return;
  const on = tally.dates[index];
  if (on === undefined) return;
  const { isCostKnown } = waiting;
  const amount = isCostKnown ? waiting.net : value;
  const words = `${code} comes in with its first price, at ${isCostKnown ? 'what was paid for it' : 'its market value'}`;
  const received = isCostKnown ? { income: waiting.income, costs: waiting.costs } : { income: 0, costs: 0 };
  const [putIn, takenOut] = [Math.max(0, amount), Math.max(0, -amount)];
  addMove(tally, sums, { on, entry: undefined, words, putIn, takenOut, ...received });
  plusFlow(tally, index, 'income', received.income, { words });
  plusFlow(tally, index, 'in', amount, { words });
  tally.broughtIn.push({ code, on, amount, at: isCostKnown ? 'cost' : 'market' });
}
