/** How signals are written: the same words and places in every report of them. */
import type { BlockFigure } from '../../domain/signals/evaluation/blocks.ts';
import { formatPct, unknown } from '../../format.ts';

export { formatSignal } from '../../short-signal-words.ts';

/** A probability, a score or a statistic. */
export const formatScore = (value: number | undefined, places = 3): string => value?.toFixed(places) ?? unknown;

export const formatShare = (fraction: number | undefined, places = 1): string =>
  fraction === undefined ? unknown : formatPct(fraction * 100, { places });

/** `0.036 (-0.017 to 0.088)`, or the value alone where there is no interval. */
export function formatBlocks({ value, low, high }: BlockFigure, places = 3): string {
  if (value === undefined) return unknown;
  const within = low === undefined || high === undefined ? '' : ` (${low.toFixed(places)} to ${high.toFixed(places)})`;
  return `${value.toFixed(places)}${within}`;
}
