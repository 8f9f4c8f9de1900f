/**
 * The door that every price passes before it is used.
 *
 * A bar must be possible: above zero, with open and close inside its low and high. A close that moved over 40% *and*
 * over 10 ticks from the last good one, with no split within 5 sessions, is suspect: providers send such bars (a share
 * at 75.82 with one bar at 41.71). A suspect bar is shown but not used, so the last good close stays and goes stale. It
 * is released when the next possible bar closes within 20% of it, or by the user. A quote is judged in the same way
 * against the last good close.
 *
 * What a user sees: the reason in one clause, like "closed at 41.71 after 75.82".
 */
import type { LocalDate } from '../date.ts';
import { compare, decimal, isPositive, type Price, plain } from '../decimal.ts';
import { type CalendarOverrides, sessionsBetween } from './calendar.ts';
import type { Bar, Quote, SplitEvent } from './price.ts';
import { ticksBetween } from './tick.ts';

export type SuspectBar = { readonly bar: Bar; readonly kind: 'impossible' | 'jump'; readonly reason: string };

export type LastClose = { readonly date: LocalDate; readonly close: Price };

export type ReviewOptions = {
  /** The last good close before the first bar; without it the first possible bar is trusted. */
  readonly lastGood?: LastClose | undefined;
  /** Days whose bar the user has declared right. */
  readonly released?: ReadonlySet<LocalDate> | undefined;
  readonly overrides?: CalendarOverrides | undefined;
};

const largestMove = decimal('0.4');
const largestMoveInTicks = decimal('10');
const confirmedWithin = decimal('0.2');
const sessionsAroundSplit = 5;

const differsBy = (a: Price, b: Price, share: typeof largestMove): boolean => a.minus(b).abs().gt(b.times(share));

/** Whether a price is too far from the last good close to be believed, splits apart. */
const isJump = (price: Price, last: Price): boolean =>
  differsBy(price, last, largestMove) && ticksBetween(price, last).gt(largestMoveInTicks);

/** Whether a split lies within 5 sessions of a day: a price may jump there. */
export const isNearSplit = (date: LocalDate, splits: readonly SplitEvent[], overrides?: CalendarOverrides): boolean =>
  splits.some(
    split =>
      sessionsBetween(split.date, date, overrides) <= sessionsAroundSplit &&
      sessionsBetween(date, split.date, overrides) <= sessionsAroundSplit,
  );

function whyImpossible(bar: Bar): string | undefined {
  const { open, high, low, close } = bar;
  if (![open, high, low, close].every(isPositive)) return 'has a price that is not above zero';
  const outside = [
    { name: 'opened', price: open },
    { name: 'closed', price: close },
  ].find(({ price }) => compare(price, low) < 0 || compare(price, high) > 0);
  return outside && `${outside.name} at ${plain(outside.price)} outside ${plain(low)} to ${plain(high)}`;
}

const jumpReason = (close: Price, last: Price): string => `closed at ${plain(close)} after ${plain(last)}`;

/**
 * Parts bars (oldest first, one security, as sent) into those to use and those to show only. Bars held back earlier
 * are passed again, ahead of the new ones, so that a new bar can confirm them. All lists keep the order of time;
 * `confirmed` are those of the good bars that were held back on their own day, until the next one confirmed them.
 */
export function reviewBars(
  bars: readonly Bar[],
  splits: readonly SplitEvent[],
  { lastGood, released, overrides }: ReviewOptions = {},
): { good: Bar[]; confirmed: Bar[]; suspect: SuspectBar[] } {
  const good: Bar[] = [];
  const confirmedBars: Bar[] = [];
  const suspect: SuspectBar[] = [];
  let last = lastGood;
  let waiting: SuspectBar | undefined;
  for (const bar of bars) {
    const isReleased = released?.has(bar.date) === true;
    const impossible = isReleased ? undefined : whyImpossible(bar);
    if (impossible !== undefined) {
      suspect.push({ bar, kind: 'impossible', reason: impossible });
      continue;
    }
    const confirmed = waiting !== undefined && !differsBy(bar.close, waiting.bar.close, confirmedWithin);
    const jumps = last !== undefined && isJump(bar.close, last.close) && !isNearSplit(bar.date, splits, overrides);
    if (last !== undefined && jumps && !confirmed && !isReleased) {
      waiting = { bar, kind: 'jump', reason: jumpReason(bar.close, last.close) };
      suspect.push(waiting);
      continue;
    }
    if (waiting !== undefined && confirmed) {
      suspect.splice(suspect.indexOf(waiting), 1);
      good.push(waiting.bar);
      confirmedBars.push(waiting.bar);
    }
    waiting = undefined;
    good.push(bar);
    last = bar;
  }
  return { good, confirmed: confirmedBars, suspect };
}

/** Why a quote is not to be used, judged against the last good close; undefined when it may be. */
export function whySuspect(
  quote: Quote,
  on: LocalDate,
  splits: readonly SplitEvent[],
  lastGood: LastClose | undefined,
  overrides?: CalendarOverrides,
): string | undefined {
  const { price, low, high } = quote;
  if (price === undefined) return undefined;
  if (!isPositive(price)) return `trades at ${plain(price)}, which is not above zero`;
  if ((low !== undefined && compare(price, low) < 0) || (high !== undefined && compare(price, high) > 0)) {
    return `trades at ${plain(price)} outside ${low ? plain(low) : '–'} to ${high ? plain(high) : '–'}`;
  }
  if (lastGood === undefined || !isJump(price, lastGood.close) || isNearSplit(on, splits, overrides)) return undefined;
  return `trades at ${plain(price)} after ${plain(lastGood.close)}`;
}
