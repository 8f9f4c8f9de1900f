/**
 * When a job that runs by itself is due, from when it last ended well and when it was last tried.
 *
 * Prices and histories need no such rule: what is stored tells what is stale (see `market/due`). The others run once in
 * so long, and after a failure wait before they try again, so that a line that cron runs every quarter of an hour does
 * not ask in vain each time. However long the machine slept, a job that is due is due once. What the record says of
 * later than now, as after the clock was set back, is not looked at.
 */
import { type Instant, type LocalDate, minute } from '../date.ts';

export type Tried = {
  /** The start of the last run that ended well, and of the last run at all, none of them after now. */
  readonly doneAt: Instant | undefined;
  readonly triedAt: Instant | undefined;
};

export type Rhythm = {
  /** Milliseconds from a run that ended well to the next. */
  readonly every: number;
  /** Milliseconds from any run to the next. */
  readonly pause: number;
};

export const isJobDue = (now: Instant, { doneAt, triedAt }: Tried, { every, pause }: Rhythm): boolean =>
  (doneAt === undefined || now - doneAt >= every) && (triedAt === undefined || now - triedAt >= pause);

/** Every quarter of an hour; cron's line does not start to the second. */
const syncRhythm = { every: 14 * minute, pause: 14 * minute };

/** Whether to sync: every so often, and at once where something changed since a run that ended well, and no run since. */
export const isSyncDue = (now: Instant, tried: Tried, changedAt: Instant | undefined): boolean =>
  isJobDue(now, tried, syncRhythm) ||
  (changedAt !== undefined && tried.doneAt !== undefined && tried.triedAt === tried.doneAt && changedAt > tried.doneAt);

/** Whether a closed day has come of which the signals say nothing yet. */
export const areSignalsDue = (
  now: Instant,
  days: { readonly newestBar: LocalDate | undefined; readonly said: LocalDate | undefined },
  tried: Pick<Tried, 'triedAt'>,
  pause: number,
): boolean =>
  days.newestBar !== undefined &&
  (days.said === undefined || days.said < days.newestBar) &&
  (tried.triedAt === undefined || now - tried.triedAt >= pause);
