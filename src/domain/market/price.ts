/**
 * Prices as the market and EODHD tell them.
 *
 * Two series are never mixed: as-traded prices value a holding, adjusted prices serve returns and signals. What is
 * stored is what was sent (`sent` below), with its source and the instant it was fetched; the rest is derived.
 */

import type { Instant, LocalDate } from '../date.ts';
import type { Decimal, Price } from '../decimal.ts';
import type { Code } from './security.ts';

/** One day of one security, as EODHD sent it. `volume` is split-adjusted by EODHD and may be fractional. */
export type Bar = {
  readonly date: LocalDate;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly adjustedClose: Price;
  readonly volume: Decimal;
};

/** A delayed quote. `price` is the last trade; any field that EODHD answered with "NA" is undefined. */
export type Quote = {
  readonly code: Code;
  /** When the price was traded. */
  readonly at?: Instant | undefined;
  readonly open?: Price | undefined;
  readonly high?: Price | undefined;
  readonly low?: Price | undefined;
  readonly price?: Price | undefined;
  readonly volume?: Decimal | undefined;
  readonly previousClose?: Price | undefined;
};

/** A declared dividend or distribution. `perUnit` is the cash as paid (EODHD's unadjustedValue). */
export type DeclaredDividend = {
  readonly code: Code;
  readonly exDate: LocalDate;
  readonly paidOn?: LocalDate | undefined;
  readonly recordDate?: LocalDate | undefined;
  readonly declaredOn?: LocalDate | undefined;
  readonly perUnit: Price;
  /** Per unit, scaled for later splits and demergers (EODHD's value). */
  readonly adjustedPerUnit?: Price | undefined;
  readonly currency: string;
  /** 0 to 100; undefined is unknown, not unfranked. */
  readonly frankedPct?: Decimal | undefined;
};

/** A split (2:1) or consolidation (1:10) as EODHD sends it: `newUnits` for each `oldUnits`. */
export type SplitEvent = {
  readonly code: Code;
  readonly date: LocalDate;
  readonly newUnits: Decimal;
  readonly oldUnits: Decimal;
};
