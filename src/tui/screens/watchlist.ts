/** Watchlist: securities followed without being held. */
import { fitBlock } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import type { State } from '../state.ts';
import type { Line } from '../text.ts';
import type { WatchlistModel } from '../views.ts';
import { emptyWatchlist } from './empty.ts';
import { filterTitle } from './filter-title.ts';
import { listLines } from './list.ts';

/** The rule above the list. */
const above = 1;

/** Lines that the list has of the screen's room. */
export const watchlistListHeight = (height: number): number => height - above;

export function watchlistScreen(
  { list }: WatchlistModel,
  state: State,
  { width, height }: { readonly width: number; readonly height: number },
): Line[] {
  const own = state.lists.watchlist;
  const rule = ruleLine(width, filterTitle(list, own));
  if (list.total === 0) return fitBlock([rule, ...emptyWatchlist(width)], width, height);
  const room = { width, height: watchlistListHeight(height) };
  return fitBlock([rule, ...listLines(list, own, state.tinted, room)], width, height);
}
