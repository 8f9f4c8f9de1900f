/** What is known of a security when an alert is judged; a part that no rule asked for was not read. */
import type { Instant, LocalDate } from '../date.ts';
import type { KnownPrice } from '../market/known-price.ts';
import type { SplitEvent } from '../market/price.ts';
import type { Code } from '../market/security.ts';
import type { ShortSignal } from '../signals/short-signal.ts';
import type { DatedEvent } from './rule.ts';

/** The closes of the 52 weeks before the session of the price, in the units of today. */
export type YearOfCloses = {
  readonly low: number;
  readonly high: number;
  readonly first: LocalDate;
  /** Whether they reach back to the beginning of the 52 weeks. */
  readonly isWhole: boolean;
};

export type Weight = { readonly portfolio: string; readonly weightPct: number; readonly targetPct: number };

export type SecurityFacts = {
  readonly code: Code;
  readonly price: KnownPrice | undefined;
  /** Sessions that have opened since that of the price. */
  readonly age: number | undefined;
  /** Of the last year or so, oldest first. */
  readonly splits: readonly SplitEvent[];
  /** The close so many sessions before that of the price, in the units of today. */
  readonly closeBefore?: ((sessions: number) => number | undefined) | undefined;
  /** What was traded in the latest session, so far. */
  readonly volume?: number | undefined;
  /** Of the sessions before that, in the units of today. */
  readonly volumes?: readonly number[] | undefined;
  readonly year?: YearOfCloses | undefined;
  readonly said?: ShortSignal | undefined;
  /** Where it is held: the gain in percent of its cost base over all portfolios, or why there is none. */
  readonly gain?: { readonly pct: number } | { readonly why: string } | undefined;
  /** In the portfolios that have a target for it, or why none can be judged. */
  readonly weights?: readonly Weight[] | { readonly why: string } | undefined;
  /** From today on, soonest first. */
  readonly dates?: Readonly<Record<DatedEvent, readonly LocalDate[]>> | undefined;
};

export type CheckTime = {
  readonly now: Instant;
  readonly today: LocalDate;
  /** The last trading day whose session has opened. */
  readonly session: LocalDate;
  /** The trading day so many sessions before that. */
  readonly sessionBefore: (sessions: number) => LocalDate;
};
