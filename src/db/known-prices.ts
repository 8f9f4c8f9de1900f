/** The prices that holdings are valued at, from what is stored. */
import { addDays, type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import type { Decimal } from '../domain/decimal.ts';
import { findRebase } from '../domain/market/as-traded.ts';
import { closeOn, currentPrice, type KnownPrice } from '../domain/market/known-price.ts';
import type { SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { lastBars } from './last-bars.ts';
import { barsOf } from './prices.ts';
import { quotesOf } from './quotes.ts';
import { splitsOf, splitsSince } from './splits.ts';
import { releasedDays } from './suspects.ts';
import { readOverrides } from './trading-days.ts';

type Options = {
  readonly now: Instant;
  /** A past day to value at its close; without it, now. */
  readonly asOf?: LocalDate | undefined;
  readonly unitFactors?: ((code: Code) => (date: LocalDate) => Decimal) | undefined;
  /** The ledger's own splits and consolidations: a price that jumps by one is believed before the provider lists it. */
  readonly recordedSplits?: ((code: Code) => readonly SplitEvent[]) | undefined;
};

/** A security that trades seldom may have its last dozen bars months back. */
const daysToReview = 400;

export function readPrices(db: Database, codes: Iterable<Code>, options: Options): Map<Code, KnownPrice> {
  const wanted = [...codes];
  return options.asOf === undefined ? pricesNow(db, wanted, options) : pricesOn(db, wanted, options.asOf, options);
}

function pricesNow(db: Database, codes: readonly Code[], options: Options): Map<Code, KnownPrice> {
  const { now, unitFactors, recordedSplits } = options;
  const found = new Map<Code, KnownPrice>();
  const recent = lastBars(db, codes);
  const quotes = quotesOf(db, codes);
  const released = releasedDays(db);
  const overrides = readOverrides(db);
  const splits = Map.groupBy(splitsSince(db, addDays(sydneyDate(now), -daysToReview)), split => split.code);
  for (const code of codes) {
    const known = currentPrice(
      {
        bars: recent.get(code) ?? [],
        quote: quotes.get(code),
        splits: [...(splits.get(code) ?? []), ...(recordedSplits?.(code) ?? [])],
        released: released.get(code),
        unitsSince: unitFactors?.(code),
      },
      now,
      overrides,
    );
    if (known) found.set(code, known);
  }
  return found;
}

function pricesOn(
  db: Database,
  codes: readonly Code[],
  asOf: LocalDate,
  { unitFactors, recordedSplits }: Options,
): Map<Code, KnownPrice> {
  const found = new Map<Code, KnownPrice>();
  const released = releasedDays(db);
  const overrides = readOverrides(db);
  for (const code of codes) {
    const bars = barsOf(db, code, addDays(asOf, -daysToReview));
    const splits = splitsOf(db, code);
    // A re-base is judged on the run of closes up to today, not up to the day.
    const rebase = findRebase(bars, dividendsOf(db, code), splits);
    const inputs = {
      bars,
      splits: [...splits, ...(recordedSplits?.(code) ?? [])],
      released: released.get(code),
      unitsSince: unitFactors?.(code),
    };
    const known = closeOn(inputs, asOf, rebase, overrides);
    if (known) found.set(code, known);
  }
  return found;
}
