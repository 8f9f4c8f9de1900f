/**
 * Bars as sent made into bars for signals.
 *
 * Adjusted open, high and low are the sent ones x adjusted close / close of the bar. Turnover is the close as traded x the
 * volume as traded: EODHD multiplies volume by every later split but leaves prices as they were, so their product is
 * no turnover before a split. A split dated after the last bar is in no volume yet.
 *
 * A series with something odd in it is judged bar by bar by the rules of `sanity`: what cannot be believed is left out, and
 * a demerger's re-base is taken out of what was traded (`as-traded`). Adjusted closes can break where the closes do not,
 * because a provider or an old download missed an adjustment: 5.11 before a consolidation and 146 after it. Returns
 * across such a day are nonsense, so the bars before it are left out.
 *
 * What a user sees: each of these with its day, like "2026-03-04 closed at 41.71 after 75.82".
 */

import type { LocalDate } from '../date.ts';
import { isNegative, isPositive, toFloat } from '../decimal.ts';
import { asTraded, findRebase, type Rebase } from '../market/as-traded.ts';
import type { CalendarOverrides } from '../market/calendar.ts';
import type { Bar, DeclaredDividend, SplitEvent } from '../market/price.ts';
import { isNearSplit, reviewBars } from '../market/sanity.ts';
import type { Code } from '../market/security.ts';
import { dayKey } from '../returns/closes.ts';
import type { SignalBars } from './bars.ts';
import type { SentBars } from './sent-bars.ts';

/** Close x volume as traded: a later split, and only one that is in the volume, is taken out of it. */
function turnoverOf(traded: Float64Array, { days, volume }: SentBars, splits: readonly SplitEvent[]): Float64Array {
  const ratios = new Float64Array(days.length).fill(1);
  for (const split of splits) {
    const key = dayKey(split.date);
    const ratio = toFloat(split.newUnits) / toFloat(split.oldUnits);
    for (let bar = 0; bar < days.length && (days[bar] as number) < key; bar += 1) {
      ratios[bar] = (ratios[bar] as number) * ratio;
    }
  }
  return traded.map((close, bar) => close * Math.round((volume[bar] as number) / (ratios[bar] as number)));
}

/** Ordinary bars, none of which wants judging. `splits` are those that are in the volume. */
export const ordinaryBars = (code: Code, sent: SentBars, splits: readonly SplitEvent[]): SignalBars => ({
  ...adjustedPrices(code, sent),
  traded: sent.close,
  turnover: turnoverOf(sent.close, sent, splits),
  confirmedLater: new Set(),
  troubles: [],
});

type Adjusted = Omit<SignalBars, 'traded' | 'turnover' | 'confirmedLater' | 'troubles'>;

function adjustedPrices(code: Code, { days, open, high, low, close, adjusted, volume }: SentBars): Adjusted {
  const scaled = (prices: Float64Array): Float64Array =>
    prices.map((price, bar) => {
      const [own, to] = [close[bar] as number, adjusted[bar] as number];
      // A price at the close is the adjusted close itself, not a rounding beside it.
      return price === own ? to : (price * to) / own;
    });
  return { code, days, open: scaled(open), high: scaled(high), low: scaled(low), close: adjusted, volume };
}

export type Judging = {
  /** All that are known of the security. */
  readonly splits: readonly SplitEvent[];
  /** The last day of which a bar is stored: later splits are not in the volume. */
  readonly lastDay: LocalDate;
  /** Those that may tell the factor of a re-base. */
  readonly dividends: readonly DeclaredDividend[];
  readonly released: ReadonlySet<LocalDate> | undefined;
  readonly overrides: CalendarOverrides | undefined;
  /** How many of the newest bars are asked for; more are passed, so that the first of them can be judged. */
  readonly most: number;
};

/** Bars of a series with something odd in it, oldest first. */
export function judgedBars(code: Code, bars: readonly Bar[], judging: Judging): SignalBars {
  const { splits, dividends, released, overrides, most, lastDay } = judging;
  const faults = bars.map(bar => ({ date: bar.date, reason: faultOf(bar) }));
  const faulty = new Set(faults.filter(each => each.reason !== undefined).map(each => each.date));
  const possible = bars.filter(bar => !faulty.has(bar.date));
  const { good, confirmed, suspect } = reviewBars(possible, splits, { released, overrides });
  const broken = adjustedBreak(good, splits, overrides);
  const kept = good.slice(Math.max(broken?.at ?? 0, good.length - most));
  const first = kept[0]?.date;
  const inVolume = splits.filter(split => split.date <= lastDay);
  const rebase = dividends.length === 0 ? undefined : findRebase(good, dividends, inVolume);
  const sent = sentOf(kept);
  const traded = rebase === undefined ? sent.close : Float64Array.from(kept, bar => closeTraded(bar, rebase));
  const odd = [...suspect.map(({ bar, reason }) => ({ date: bar.date, reason })), ...faults].filter(
    each => each.reason !== undefined && (first === undefined || each.date >= first),
  );
  return {
    ...adjustedPrices(code, sent),
    traded,
    turnover: turnoverOf(traded, sent, inVolume),
    confirmedLater: new Set(confirmed.map(bar => dayKey(bar.date))),
    troubles: [
      ...(broken === undefined || good.length - broken.at > most ? [] : [broken.reason]),
      ...odd.map(({ date, reason }) => `${date} ${reason}`).sort(),
    ],
  };
}

/** What a bar lacks to be judged at all. */
function faultOf({ open, high, low, close, adjustedClose, volume }: Bar): string | undefined {
  if (![open, high, low, close].every(isPositive)) return 'has a price that is not above zero';
  if (!isPositive(adjustedClose)) return 'has an adjusted close that is not above zero';
  return isNegative(volume) ? 'has a volume below zero' : undefined;
}

const closeTraded = (bar: Bar, rebase: Rebase): number => toFloat(asTraded(bar, [], rebase).close);

const sentOf = (bars: readonly Bar[]): SentBars => ({
  days: Int32Array.from(bars, bar => dayKey(bar.date)),
  open: Float64Array.from(bars, bar => toFloat(bar.open)),
  high: Float64Array.from(bars, bar => toFloat(bar.high)),
  low: Float64Array.from(bars, bar => toFloat(bar.low)),
  close: Float64Array.from(bars, bar => toFloat(bar.close)),
  adjusted: Float64Array.from(bars, bar => toFloat(bar.adjustedClose)),
  volume: Float64Array.from(bars, bar => toFloat(bar.volume)),
});

/** As the move of a close that is looked at by `sanity`. */
const largestMove = 0.4;

/** The last bar whose adjusted close does not follow from the one before: it moved far, and the close did not with it. */
function adjustedBreak(
  bars: readonly Bar[],
  splits: readonly SplitEvent[],
  overrides: CalendarOverrides | undefined,
): { readonly at: number; readonly reason: string } | undefined {
  for (let at = bars.length - 1; at > 0; at -= 1) {
    const [before, bar] = [bars[at - 1] as Bar, bars[at] as Bar];
    const move = toFloat(bar.adjustedClose) / toFloat(before.adjustedClose);
    if (Math.abs(move - 1) <= largestMove) continue;
    const apart = move / (toFloat(bar.close) / toFloat(before.close));
    const isAlike = apart <= 1 + largestMove && apart >= 1 / (1 + largestMove);
    // A split moves the close and not the adjusted one; where both moved, it was never adjusted for.
    if (isAlike && !isNearSplit(bar.date, splits, overrides)) continue;
    const levels = `${bar.adjustedClose.toFixed()} after ${before.adjustedClose.toFixed()}`;
    return { at, reason: `adjusted closes break on ${bar.date}: ${levels}; bars before it are left out` };
  }
  return undefined;
}
