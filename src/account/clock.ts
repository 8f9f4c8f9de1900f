/**
 * Hybrid logical clocks (Kulkarni et al., 2014): when a version was made, as text whose order is the order of versions.
 *
 * Model: twelve hex digits of milliseconds since 1970, four of a counter, twelve of the node that made it. A version is
 * later than the one it was made from, whatever the clocks of the two machines say: its milliseconds are the wall's or
 * those of that version, whichever is more, and the counter goes on within one millisecond. Versions that know nothing
 * of each other are ordered by wall clocks, and in the end by node.
 *
 * Troubles a user sees: none here; a clock that is far ahead is merged all the same, and told by `isAhead`.
 */
import type { Instant } from '../domain/date.ts';

/** Fixed in width, so that text order is the order of time. */
export type Clock = string;

const form = /^([0-9a-f]{12})-([0-9a-f]{4})-([0-9a-f]{12})$/;
const lastCount = 0xffff;
const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

export const isClock = (text: string): boolean => form.test(text);

/** The milliseconds of a clock. */
export const clockTime = (clock: Clock): Instant => Number.parseInt(clock.slice(0, 12), 16);

/** The clock of a version that is made at `wall` by `node` (twelve hex digits) from the versions at `after`. */
export function nextClock(wall: Instant, node: string, after: readonly Clock[] = []): Clock {
  const last = after.reduce<Clock | undefined>(
    (most, each) => (most === undefined || each > most ? each : most),
    undefined,
  );
  const own = Math.max(0, Math.trunc(wall));
  if (last === undefined || own > clockTime(last)) return `${hex(own, 12)}-0000-${node}`;
  const count = Number.parseInt(last.slice(13, 17), 16);
  return count < lastCount
    ? `${last.slice(0, 12)}-${hex(count + 1, 4)}-${node}`
    : `${hex(clockTime(last) + 1, 12)}-0000-${node}`;
}

/** How far ahead of this machine's clock another one may be before it is told. */
const tolerance = 3_600_000;

export const isAhead = (clock: Clock, now: Instant): boolean => clockTime(clock) > now + tolerance;
