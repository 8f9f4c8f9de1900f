/**
 * What a figure is worth: its mean over independent blocks of time, with a 95% interval.
 *
 * What happens in the 21 sessions after a day is nearly what happens after the next day, and on one day all securities
 * move together. So neither rows nor days are independent: a binomial interval over rows finds an edge where there is
 * none in half of all cases. Of the days that have a value one is taken in each block of 21 sessions, so that no two
 * look at the same session, and the interval is Student's over these.
 */
import { tooFew } from '../../returns/figure.ts';
import { mean, sampleDeviation } from '../../returns/statistics.ts';
import { student95 } from './student.ts';

export const blockSessions = 21;
/** Below it the spread of the blocks says too little. */
const leastBlocks = 6;

export type BlockFigure = {
  /** The mean over the blocks; undefined where there is none. */
  readonly value: number | undefined;
  /** The 95% interval and the t-value of the mean against 0, or against `chance` where that is said. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly t: number | undefined;
  readonly blocks: number;
  /** Why there is no interval. */
  readonly reason: string | undefined;
};

/** The days with a value that are at least a block apart, from the first on; `sessions` number the days, ascending. */
export function blockDays(sessions: readonly number[], values: readonly (number | undefined)[]): number[] {
  const days: number[] = [];
  let next = Number.NEGATIVE_INFINITY;
  for (const [day, session] of sessions.entries()) {
    if (values[day] === undefined || session < next) continue;
    days.push(day);
    next = session + blockSessions;
  }
  return days;
}

/** Of a value per day, against what chance would give. */
export function blockFigure(
  sessions: readonly number[],
  values: readonly (number | undefined)[],
  chance = 0,
): BlockFigure {
  const taken = blockDays(sessions, values).flatMap(day => values[day] ?? []);
  const blocks = taken.length;
  const none = { low: undefined, high: undefined, t: undefined, blocks };
  const short = tooFew(blocks, leastBlocks, 'independent block');
  if (short !== undefined) return { ...none, value: blocks === 0 ? undefined : mean(taken), reason: short };
  const value = mean(taken);
  const error = sampleDeviation(taken) / Math.sqrt(blocks);
  if (error === 0) return { ...none, value, reason: 'every block has the same value' };
  const half = student95(blocks - 1) * error;
  return { value, low: value - half, high: value + half, t: (value - chance) / error, blocks, reason: undefined };
}
