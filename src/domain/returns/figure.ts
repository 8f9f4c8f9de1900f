/**
 * A figure of statistics, with what it takes to believe it: the days it is of and how many observations.
 *
 * A figure that cannot be made has a reason in words where its value would stand. Nothing here is ever NaN, infinite, or
 * a 0 that means "not known".
 */
import type { LocalDate } from '../date.ts';

export type Figure = Window & {
  /** How many days, or how many holdings, the figure is made of. */
  readonly observations: number;
} & Known;

type Known =
  | { readonly value: number; readonly reason: undefined }
  | { readonly value: undefined; readonly reason: string };

/** The first and last day that observations are of; undefined where there are none. */
export type Window = { readonly from: LocalDate | undefined; readonly to: LocalDate | undefined };

/** The return of one day: 0.01 is 1%. */
export type DailyReturn = { readonly date: LocalDate; readonly rate: number };

export const windowOf = (days: readonly { readonly date: LocalDate }[]): Window => ({
  from: days[0]?.date,
  to: days.at(-1)?.date,
});

/** The figure that `result` is: a number, or the reason why there is none. */
export function figureOf(result: number | string, window: Window, observations: number): Figure {
  const { from, to } = window;
  const known: Known =
    typeof result === 'string'
      ? { value: undefined, reason: result }
      : Number.isFinite(result)
        ? // A figure of -0 would be written with a minus.
          { value: result + 0, reason: undefined }
        : { value: undefined, reason: 'the numbers are too large to measure' };
  return { from, to, observations, ...known };
}

/** Why a figure of so many observations is unknown; undefined where there are enough. */
export const tooFew = (count: number, least: number, what: string): string | undefined =>
  count >= least ? undefined : `${count} ${what}${count === 1 ? ' is' : 's are'} too few; it takes ${least}`;

/** As `figureOf`, for days in order of time; with fewer than `least` of them the figure is unknown and says so. */
export const figureOfDays = <Day extends { readonly date: LocalDate }>(
  days: readonly Day[],
  least: number,
  measure: (days: readonly Day[]) => number | string,
): Figure => figureOf(tooFew(days.length, least, 'daily return') ?? measure(days), windowOf(days), days.length);
