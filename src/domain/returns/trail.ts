/**
 * What the sums of a portfolio's days are made of, kept so that a figure can say why: each holding's units and close at
 * the ends of months, and each amount that went in, came out, was received or was paid.
 */
import type { Instant, LocalDate } from '../date.ts';
import type { Decimal, Units } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { Cents } from './cents.ts';

/** A holding, or the cash account, at the close of one day. */
export type Position = {
  readonly on: LocalDate;
  /** Undefined is cash. */
  readonly code: Code | undefined;
  /** The code that its contribution stands under. */
  readonly identity: Code | undefined;
  readonly value: Cents;
  /** Undefined for cash. */
  readonly held: { readonly units: Units; readonly close: CloseUsed } | undefined;
};

/** The close that valued a holding: `digits` x 10^-`places`, restated where the ledger split the units since. */
export type CloseUsed = {
  readonly digits: number;
  readonly places: number;
  /** The day by its digits, 20260302. */
  readonly day: number;
  readonly newPerOld: Decimal | undefined;
  /** When it was traded, where it is a quote. */
  readonly tradedAt: Instant | undefined;
};

/** An amount of a day's money in, money out or income; what has no entry of its own says what it is. */
export type FlowPart = {
  readonly on: LocalDate;
  readonly way: 'in' | 'out' | 'income';
  readonly amount: Cents;
  readonly entry: string | undefined;
  readonly words: string | undefined;
};

/** What one entry did to a holding's sums. */
export type Move = {
  readonly on: LocalDate;
  /** Undefined is cash. */
  readonly identity: Code | undefined;
  readonly entry: string | undefined;
  readonly words: string | undefined;
  readonly putIn: Cents;
  readonly takenOut: Cents;
  readonly income: Cents;
  readonly costs: Cents;
};

export type Trail = {
  /** The day before the first one. */
  readonly baseline: LocalDate;
  /** At the close before the first day, at the last close of each month, at the last one, and of the days asked for. */
  readonly positions: Position[];
  readonly flows: FlowPart[];
  readonly moves: Move[];
};

export const emptyTrail = (baseline: LocalDate): Trail => ({ baseline, positions: [], flows: [], moves: [] });

/** Which of the days' positions are kept: the first, the last, the last of each month, and all from `everyFrom` on. */
export const keptDays = (dates: readonly LocalDate[], everyFrom: LocalDate | undefined): readonly boolean[] =>
  dates.map(
    (date, index) =>
      index === 0 ||
      dates[index + 1]?.slice(0, 7) !== date.slice(0, 7) ||
      (everyFrom !== undefined && date >= everyFrom),
  );
