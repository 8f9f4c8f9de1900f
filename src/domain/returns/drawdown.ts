/**
 * The deepest fall of a linked index from a peak, and how long it took to come back.
 *
 * Flows do not count: the index is of returns. The close before the first day is a peak too. Sessions under water are
 * the trading days after the peak up to the one that reached it again, or up to the last day where none did.
 */
import type { LocalDate } from '../date.ts';
import type { PortfolioDay } from './portfolio-days.ts';
import { linkedIndex } from './time-weighted.ts';

export type Drawdown = {
  /** The loss in percent of the peak, above zero. */
  readonly maxPct: number;
  readonly peakOn: LocalDate;
  readonly troughOn: LocalDate;
  /** The first day at or above the peak again; undefined where there is none yet. */
  readonly recoveredOn: LocalDate | undefined;
  readonly sessionsUnderWater: number;
};

/** Undefined where the index never fell. Of two falls of the same depth the earlier one. */
export function maxDrawdown(
  days: readonly Pick<PortfolioDay, 'date' | 'isTradingDay' | 'timeWeighted'>[],
  baseline: LocalDate,
): Drawdown | undefined {
  const index = linkedIndex(days);
  let peak = { at: -1, level: 1 };
  let deepest = { fall: 0, from: peak, to: -1 };
  for (const [at, level] of index.entries()) {
    if (level >= peak.level) peak = { at, level };
    const fall = 1 - level / peak.level;
    if (fall > deepest.fall) deepest = { fall, from: peak, to: at };
  }
  const trough = days[deepest.to];
  if (trough === undefined) return undefined;
  const found = index.findIndex((level, at) => at > deepest.to && level >= deepest.from.level);
  const under = days.slice(deepest.from.at + 1, found < 0 ? days.length : found + 1);
  return {
    maxPct: deepest.fall * 100,
    peakOn: days[deepest.from.at]?.date ?? baseline,
    troughOn: trough.date,
    recoveredOn: days[found]?.date,
    sessionsUnderWater: under.filter(day => day.isTradingDay).length,
  };
}
