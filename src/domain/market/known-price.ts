/**
 * The price a holding is valued at, today or on a past day.
 *
 * Of the latest quote and the latest good close the newer one is used; a suspect one is held back and the price before
 * it stays, stale, with the reason. Where the ledger has a split or consolidation after the price was made, the price is
 * restated in today's units, so that value never jumps by an action. The close before is known only when the price is of
 * the latest session: yesterday's change is never shown as today's.
 *
 * What a user sees: the price, where it comes from, how old it is, and why it is not the newest.
 */
import { addDays, type Instant, type LocalDate, sydneyDate } from '../date.ts';
import { type Decimal, decimal, type Price } from '../decimal.ts';
import { isStale, type PriceStamp } from './age.ts';
import { asTraded, type Rebase } from './as-traded.ts';
import { type CalendarOverrides, latestSession, previousTradingDay } from './calendar.ts';
import type { Bar, Quote, SplitEvent } from './price.ts';
import { reviewBars, type SuspectBar, whySuspect } from './sanity.ts';

export type KnownPrice = {
  readonly price: Price;
  readonly stamp: PriceStamp;
  readonly source: 'quote' | 'close';
  /** The day it was traded. */
  readonly on: LocalDate;
  /** The close of the session before, in today's units; undefined unless the price is of the latest session. */
  readonly previousClose: Price | undefined;
  readonly stale: boolean;
  /** Why it is not simply the newest price, in one clause. */
  readonly reason: string | undefined;
};

export type StoredQuote = Quote & { readonly fetchedAt: Instant };

export type PriceInputs = {
  /** Oldest first; at least the last few sessions. */
  readonly bars: readonly Bar[];
  readonly quote?: StoredQuote | undefined;
  readonly splits: readonly SplitEvent[];
  readonly released?: ReadonlySet<LocalDate> | undefined;
  /** New units for one old one by the ledger's own actions dated after a day, up to the day of the valuation. */
  readonly unitsSince?: ((date: LocalDate) => Decimal) | undefined;
};

const one = decimal('1');

const restated = (price: Price, date: LocalDate, inputs: PriceInputs): Price => {
  const factor = inputs.unitsSince?.(date) ?? one;
  return factor.eq(one) ? price : (price.div(factor) as Price);
};

/** The price now: the newer of quote and close that may be believed. Undefined when there has never been one. */
export function currentPrice(inputs: PriceInputs, now: Instant, overrides?: CalendarOverrides): KnownPrice | undefined {
  const { good, suspect } = reviewBars(inputs.bars, inputs.splits, { released: inputs.released, overrides });
  const lastBar = good.at(-1);
  const quote = usableQuote(inputs, lastBar, overrides);
  const chosen = newest(lastBar, quote.quote);
  if (!chosen) return undefined;
  const { price, on, stamp, source } = chosen;
  const stale = isStale(stamp, now, overrides);
  const heldBack = quote.reason ?? heldBackReason(suspect, on);
  const factor = inputs.unitsSince?.(on) ?? one;
  const reason =
    heldBack ??
    (factor.eq(one) ? (stale ? `no newer price than ${on}` : undefined) : `price of ${on}, restated for later splits`);
  const isLatest = on === latestSession(now, overrides);
  return {
    price: restated(price, on, inputs),
    stamp,
    source,
    on,
    previousClose: isLatest ? closeBefore(on, quote.quote, good, inputs, overrides) : undefined,
    stale: stale || heldBack !== undefined,
    reason,
  };
}

type Usable = { price: Price; at: Instant; fetchedAt: Instant; previousClose: Price | undefined };

function usableQuote(
  { quote, splits }: PriceInputs,
  lastBar: Bar | undefined,
  overrides?: CalendarOverrides,
): { quote?: Usable; reason?: string } {
  if (quote?.price === undefined || quote.at === undefined) return {};
  const reason = whySuspect(quote, sydneyDate(quote.at), splits, lastBar, overrides);
  if (reason !== undefined) return { reason: `a quote is held back: ${reason}` };
  return {
    quote: { price: quote.price, at: quote.at, fetchedAt: quote.fetchedAt, previousClose: quote.previousClose },
  };
}

function newest(bar: Bar | undefined, quote: Usable | undefined) {
  const traded = quote && sydneyDate(quote.at);
  // The end-of-day close corrects the quote of its own day.
  if (quote && traded !== undefined && (bar === undefined || traded > bar.date)) {
    const stamp: PriceStamp = { kind: 'quote', tradedAt: quote.at, fetchedAt: quote.fetchedAt };
    return { price: quote.price, on: traded, stamp, source: 'quote' as const };
  }
  if (!bar) return undefined;
  return { price: bar.close, on: bar.date, stamp: { kind: 'close', on: bar.date } as const, source: 'close' as const };
}

function heldBackReason(suspect: readonly SuspectBar[], usedOn: LocalDate): string | undefined {
  const latest = suspect.at(-1);
  return latest && latest.bar.date > usedOn
    ? `the bar of ${latest.bar.date} is held back: ${latest.reason}`
    : undefined;
}

function closeBefore(
  on: LocalDate,
  quote: Usable | undefined,
  good: readonly Bar[],
  inputs: PriceInputs,
  overrides?: CalendarOverrides,
): Price | undefined {
  const dayBefore = previousTradingDay(on, overrides);
  const bar = good.findLast(each => each.date === dayBefore);
  if (bar) return restated(bar.close, bar.date, inputs);
  // The provider's own previous close is in the units of the day before.
  const told = quote && sydneyDate(quote.at) === on ? quote.previousClose : undefined;
  return told && restated(told, dayBefore, inputs);
}

/**
 * The as-traded close that held on a past day: the last good one up to it. `bars` is the history up to that day. Stale
 * when the day's own session, or the last one before it, has no bar.
 */
export function closeOn(
  inputs: PriceInputs,
  date: LocalDate,
  rebase: Rebase | undefined,
  overrides?: CalendarOverrides,
): KnownPrice | undefined {
  const { good } = reviewBars(inputs.bars, inputs.splits, { released: inputs.released, overrides });
  const upTo = good.filter(bar => bar.date <= date);
  const bar = upTo.at(-1);
  if (!bar) return undefined;
  const traded = asTraded(bar, inputs.splits, rebase);
  const before = upTo.at(-2);
  const expected = latestSessionOn(date, overrides);
  const stale = bar.date < expected;
  const isNextTo = before !== undefined && before.date === previousTradingDay(bar.date, overrides);
  return {
    price: restated(traded.close, bar.date, inputs),
    stamp: { kind: 'close', on: bar.date },
    source: 'close',
    on: bar.date,
    previousClose:
      !stale && isNextTo ? restated(asTraded(before, inputs.splits, rebase).close, before.date, inputs) : undefined,
    stale,
    reason: traded.rebasedByProvider
      ? `the price of ${bar.date} is re-based by the provider`
      : stale
        ? `no price on ${expected}, last one ${bar.date}`
        : undefined,
  };
}

const latestSessionOn = (date: LocalDate, overrides?: CalendarOverrides): LocalDate =>
  previousTradingDay(addDays(date, 1), overrides);
