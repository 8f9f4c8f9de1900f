/**
 * What was last said of a security, in the width of a table: the classes of both models and of the ensemble, and model
 * B's grade, with the day that they are of.
 *
 * A signal is of 21 sessions that begin the day after it, so one that is more than five sessions behind the last close
 * tells of another market: it is shown with its day, and nothing is bought or sold for it.
 */
import type { LocalDate } from '../date.ts';
import { type CalendarOverrides, sessionsBetween } from '../market/calendar.ts';
import type { Code } from '../market/security.ts';
import type { SignalClass } from './classes.ts';
import type { Grade } from './model-b.ts';

export type ShortSignal = {
  readonly code: Code;
  readonly asOf: LocalDate;
  /** Undefined where the model abstained, as `signal` of the ensemble is where either did. */
  readonly signalA: SignalClass | undefined;
  readonly signalB: SignalClass | undefined;
  readonly signal: SignalClass | undefined;
  /** Of the ensemble. */
  readonly score: number | undefined;
  /** Of model A, and the return that it expects, as a fraction. */
  readonly probability: number | undefined;
  readonly expectedReturn: number | undefined;
  /** The score of model B. */
  readonly quality: number | undefined;
  /** Of both models, as the ensemble names them. */
  readonly version: string;
  readonly grade: Grade | undefined;
  /** Why the ensemble has no class. */
  readonly abstained: string | undefined;
  readonly isOld: boolean;
};

/** Sessions that a signal may be behind the last close. */
export const signalLastsSessions = 5;

export const isOldSignal = (asOf: LocalDate, closed: LocalDate, overrides?: CalendarOverrides): boolean =>
  sessionsBetween(asOf, closed, overrides) > signalLastsSessions;
