/**
 * Stored bars that cannot be believed, as `sanity` judges them, and moves that stayed without an explanation.
 *
 * A close that is held back is a finding whatever the ledger says: it is not used. One that the next bar confirmed is
 * used, and is a finding where nothing explains it: no split within 5 sessions, no entry of the user's that changes what
 * a unit is (split, consolidation, bonus issue, demerger, return of capital), no dividend that leaves 40% or less of the
 * move, and the user has not accepted it. The next bar releases a close that was held back in the same table in which the user accepts one; what was
 * released before that bar's closing auction was released by the user, who is believed.
 */
import type { Instant, LocalDate } from '../date.ts';
import { decimal, isPositive, plain } from '../decimal.ts';
import { type CalendarOverrides, session, sessionsBetween } from './calendar.ts';
import type { Bar, DeclaredDividend, SplitEvent } from './price.ts';
import { isNearSplit, reviewBars, type SuspectBar } from './sanity.ts';

export type JudgedPrices = {
  /** Exact, oldest first, as sent. */
  readonly bars: readonly Bar[];
  readonly splits: readonly SplitEvent[];
  readonly dividends: readonly DeclaredDividend[];
  /** Days of entries that change what a unit is. */
  readonly actions: readonly LocalDate[];
  /** Days whose held-back close was released, and when; `byHand` where the user did so after the next bar had. */
  readonly released: ReadonlyMap<LocalDate, { readonly at: Instant; readonly byHand: boolean }>;
};

type JumpFinding = { readonly kind: SuspectBar['kind']; readonly date: LocalDate; readonly detail: string };

const nearby = 5;
const largestMove = decimal('0.4');

export function jumps(prices: JudgedPrices, overrides: CalendarOverrides | undefined): JumpFinding[] {
  const { bars, splits } = prices;
  const accepted = acceptedDays(prices, overrides);
  const { suspect, confirmed } = reviewBars(bars, splits, { released: accepted, overrides });
  const isNear = (a: LocalDate, b: LocalDate): boolean =>
    sessionsBetween(a, b, overrides) <= nearby && sessionsBetween(b, a, overrides) <= nearby;
  const stayed = confirmed.flatMap((bar): JumpFinding[] => {
    const before = bars[bars.indexOf(bar) - 1];
    const isExplained =
      isNearSplit(bar.date, splits, overrides) ||
      prices.actions.some(day => isNear(day, bar.date)) ||
      // The way back from a close that the user has accepted.
      [...accepted].some(day => day < bar.date && isNear(day, bar.date)) ||
      (before !== undefined && isPaidOut(before, bar, prices.dividends));
    if (isExplained) return [];
    const move = before === undefined ? `moved to ${plain(bar.close)}` : moveOf(before, bar);
    return [{ kind: 'jump', date: bar.date, detail: `${move} and stayed, with no split or other action near it` }];
  });
  return [...suspect.map(({ bar, kind, reason }) => ({ kind, date: bar.date, detail: reason })), ...stayed];
}

const moveOf = (before: Bar, bar: Bar): string => `moved from ${plain(before.close)} to ${plain(bar.close)}`;

/** Whether dividends that the price went without from one bar to the next leave a believable move. */
function isPaidOut(before: Bar, bar: Bar, dividends: readonly DeclaredDividend[]): boolean {
  const left = dividends
    .filter(each => each.currency === 'AUD' && each.exDate > before.date && each.exDate <= bar.date)
    .reduce((price, each) => price.minus(each.perUnit), before.close as typeof largestMove);
  return isPositive(left) && bar.close.minus(left).abs().lte(left.times(largestMove));
}

function acceptedDays({ bars, released }: JudgedPrices, overrides?: CalendarOverrides): Set<LocalDate> {
  const isByUser = ([date, { at, byHand }]: readonly [LocalDate, { at: Instant; byHand: boolean }]): boolean => {
    if (byHand) return true;
    const next = bars.find(bar => bar.date > date);
    const closes = next && session(next.date, overrides)?.auctionAt;
    return closes === undefined || at < closes;
  };
  return new Set([...released].filter(isByUser).map(([date]) => date));
}
