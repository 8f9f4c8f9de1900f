/**
 * How each class of signal did: a class that says buy hits where the price rose within the 21 bars, one that says sell
 * where it fell. What counts is by how much it hit more often than all that was judged on the same dates, as in a rising
 * market any buy hits. A hold says neither, so it has returns and no hits.
 */
import { isBearish, isBullish, type SignalClass, signalClasses } from '../classes.ts';
import { type BlockFigure, blockFigure } from './blocks.ts';
import { type Judged, perDate } from './judged.ts';

export type ClassRecord = {
  readonly signal: SignalClass;
  readonly count: number;
  /** Undefined for a hold, and where nothing was said. */
  readonly hitRate: number | undefined;
  /** The share of all judged rows that moved that way, on the same dates, each weighted by the class's rows there. */
  readonly baseRate: number | undefined;
  /** By how much the hit rate of a date is above its base rate. */
  readonly excess: BlockFigure | undefined;
  readonly meanReturn: number | undefined;
  /** The mean return of all judged rows, weighted as the base rate is. */
  readonly baseReturn: number | undefined;
};

type DateSums = { count: number; hits: number; returns: number; all: number; movers: number; allReturns: number };

export const classRecords = (judged: Judged): ClassRecord[] => signalClasses.map(signal => recordOf(judged, signal));

/** All classes that say buy or sell together: how often the price went the way that was said. */
export type SidesRecord = {
  readonly count: number;
  readonly hitRate: number | undefined;
  /** The share of all judged rows of the same dates that went the way, weighted by the rows that said it. */
  readonly baseRate: number | undefined;
  readonly excess: BlockFigure;
};

export function sidesRecord(judged: Judged): SidesRecord {
  const { signal, forward } = judged;
  const dates = perDate(judged, (from, to) => {
    let [buys, sells, rose, fell, hits] = [0, 0, 0, 0, 0];
    for (let row = from; row < to; row += 1) {
      const [said, change] = [signal[row], forward[row] as number];
      if (change > 0) rose += 1;
      else if (change < 0) fell += 1;
      if (said === undefined) continue;
      if (isBullish(said)) buys += 1;
      else if (isBearish(said)) sells += 1;
      if ((isBullish(said) && change > 0) || (isBearish(said) && change < 0)) hits += 1;
    }
    return { count: buys + sells, hits, expected: (buys * rose + sells * fell) / (to - from) };
  });
  const sum = (of: (date: (typeof dates)[number]) => number): number =>
    dates.reduce((whole, date) => whole + of(date), 0);
  const count = sum(date => date.count);
  return {
    count,
    hitRate: count === 0 ? undefined : sum(date => date.hits) / count,
    baseRate: count === 0 ? undefined : sum(date => date.expected) / count,
    excess: blockFigure(
      judged.sessions,
      dates.map(date => (date.count === 0 ? undefined : (date.hits - date.expected) / date.count)),
    ),
  };
}

function recordOf(judged: Judged, signal: SignalClass): ClassRecord {
  const moved = (change: number): boolean => (isBearish(signal) ? change < 0 : change > 0);
  const dates = perDate(judged, (from, to) => sumsOf(judged, signal, from, to, moved));
  const count = total(dates, date => date.count);
  const share = (of: (date: DateSums) => number): number | undefined =>
    count === 0 ? undefined : total(dates, of) / count;
  const hasHits = isBullish(signal) || isBearish(signal);
  return {
    signal,
    count,
    hitRate: hasHits ? share(date => date.hits) : undefined,
    baseRate: hasHits ? share(date => (date.count * date.movers) / date.all) : undefined,
    excess: hasHits
      ? blockFigure(
          judged.sessions,
          dates.map(date => (date.count === 0 ? undefined : date.hits / date.count - date.movers / date.all)),
        )
      : undefined,
    meanReturn: share(date => date.returns),
    baseReturn: share(date => (date.count * date.allReturns) / date.all),
  };
}

const total = (dates: readonly DateSums[], of: (date: DateSums) => number): number =>
  dates.reduce((sum, date) => (date.count === 0 ? sum : sum + of(date)), 0);

function sumsOf(
  { signal, forward }: Judged,
  wanted: SignalClass,
  from: number,
  to: number,
  moved: (change: number) => boolean,
): DateSums {
  const sums = { count: 0, hits: 0, returns: 0, all: to - from, movers: 0, allReturns: 0 };
  for (let row = from; row < to; row += 1) {
    const change = forward[row] as number;
    if (moved(change)) sums.movers += 1;
    sums.allReturns += change;
    if (signal[row] !== wanted) continue;
    sums.count += 1;
    sums.returns += change;
    if (moved(change)) sums.hits += 1;
  }
  return sums;
}
