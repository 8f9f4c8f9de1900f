/**
 * As-traded prices from the bars that EODHD sends.
 *
 * EODHD sends open, high, low and close as traded except before a demerger, where all of them are multiplied by one
 * factor (BHP on 2021-08-04: traded 54.06, sent 48.1354, factor 0.890407). Splits are not in them, but volume is
 * multiplied by the ratio of every later split. Hence:
 *
 *   as-traded price  = sent / factor, rounded to the tick     (as sent where nothing was re-based)
 *   as-traded volume = sent / product of the later new:old ratios, in whole units
 *   turnover         = as-traded close x as-traded volume
 *
 * A re-base shows in the closes, which leave the price ladder before it, and its factor in the dividends, which carry
 * both the cash paid and the re-based amount. Where the factor is not known the prices stay as sent and the bar is
 * marked `rebasedByProvider`: a valuation that reaches back there carries a warning.
 */
import type { LocalDate } from '../date.ts';
import {
  compare,
  cost,
  type Decimal,
  decimal,
  isPositive,
  type Money,
  type Price,
  round,
  type Units,
} from '../decimal.ts';
import type { Bar, DeclaredDividend, SplitEvent } from './price.ts';
import { roundToTick, tickSize } from './tick.ts';

/** Days before `before` (and from `from` on, if stated) were sent multiplied by `factor`; undefined is unknown. */
export type Rebase = {
  readonly from?: LocalDate | undefined;
  readonly before: LocalDate;
  readonly factor?: Decimal | undefined;
};

export type TradedBar = {
  readonly date: LocalDate;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: Units;
  readonly turnover: Money;
  /** The prices are the provider's, not the market's, because the factor is unknown. */
  readonly rebasedByProvider: boolean;
};

const one = decimal('1');
const two = decimal('2');
const sameFactor = decimal('0.01');
const barsToJudge = 20;
const offLadderToRebase = 16;

/** New units for one old unit over the splits after `date`. */
function laterSplits(splits: readonly SplitEvent[], date: LocalDate): Decimal {
  let ratio = one;
  for (const split of splits) if (split.date > date) ratio = ratio.times(split.newUnits).div(split.oldUnits);
  return ratio;
}

/** The bar as the market traded it. `rebase` is what `findRebase` found or the user's demerger says. */
export function asTraded(bar: Bar, splits: readonly SplitEvent[], rebase?: Rebase): TradedBar {
  const isRebased = rebase !== undefined && bar.date < rebase.before;
  const isCovered = isRebased && (rebase.from === undefined || bar.date >= rebase.from);
  const factor = isCovered ? rebase.factor : undefined;
  const traded = (sent: Price): Price => (factor === undefined ? sent : roundToTick(sent.div(factor) as Price));
  const volume = round(bar.volume.div(laterSplits(splits, bar.date)), 0) as Units;
  const close = traded(bar.close);
  return {
    date: bar.date,
    open: traded(bar.open),
    high: traded(bar.high),
    low: traded(bar.low),
    close,
    volume,
    turnover: cost(close, volume),
    rebasedByProvider: isRebased && factor === undefined,
  };
}

const isWhole = (value: Decimal): boolean => value.eq(value.round(0));
/** A price on the ladder, or half a step off it, could have been traded. */
const couldBeTraded = (close: Price): boolean => isWhole(close.div(tickSize(close)).times(two));

/**
 * The first day of as-traded prices: before it, at least 16 of 20 closes are off the price ladder. The newest bar is
 * never re-based, so a series that is off the ladder to its end (an index, an unlisted fund) has no such day.
 */
function rebasedBefore(bars: readonly Bar[]): LocalDate | undefined {
  const offLadder = bars.map(bar => !couldBeTraded(bar.close));
  let count = offLadder.slice(-barsToJudge).filter(Boolean).length;
  for (let last = bars.length - 1; last >= barsToJudge - 1; last -= 1) {
    if (offLadder[last] === true && count >= offLadderToRebase) return bars[last + 1]?.date;
    count += Number(offLadder[last - barsToJudge] === true) - Number(offLadder[last] === true);
  }
  return undefined;
}

/** The middle value, or the mean of the two middle ones; undefined for none. */
function median(values: readonly Decimal[]): Decimal | undefined {
  const sorted = [...values].sort(compare);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : upper.plus(lower).div(two);
}

/**
 * The factor of a re-base, from the dividends before it: the median of re-based amount / cash paid, splits taken out.
 * An earlier re-base of its own shows as an older run of dividends with another ratio; the factor then holds from the
 * ex-date after that run.
 */
function factorBefore(
  before: LocalDate,
  dividends: readonly DeclaredDividend[],
  splits: readonly SplitEvent[],
): Rebase {
  const newestFirst = dividends
    .filter(dividend => dividend.exDate < before && isPositive(dividend.perUnit))
    .sort((a, b) => (a.exDate < b.exDate ? 1 : -1));
  const agreed: Decimal[] = [];
  let from: LocalDate | undefined;
  for (const { exDate, perUnit, adjustedPerUnit } of newestFirst) {
    if (adjustedPerUnit === undefined) continue;
    const found = adjustedPerUnit.div(perUnit).times(laterSplits(splits, exDate));
    const factor = median(agreed) ?? found;
    if (found.minus(factor).abs().gt(factor.times(sameFactor))) return { from, before, factor };
    agreed.push(found);
    from = exDate;
  }
  return { before, factor: median(agreed) };
}

/**
 * The latest re-base in a whole history (oldest bar first), or undefined when the prices are as traded. The factor is
 * undefined when no dividend tells it.
 */
export function findRebase(
  bars: readonly Bar[],
  dividends: readonly DeclaredDividend[],
  splits: readonly SplitEvent[],
): Rebase | undefined {
  const before = rebasedBefore(bars);
  return before === undefined ? undefined : factorBefore(before, dividends, splits);
}
