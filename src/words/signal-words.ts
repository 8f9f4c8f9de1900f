/** How the figures of signals are written, at the command line and in the console. */
import type { BlockFigure } from '../domain/signals/evaluation/blocks.ts';
import type { SidesRecord } from '../domain/signals/evaluation/class-record.ts';
import { edgeWords } from '../domain/signals/evaluation/edge.ts';
import { type FeatureName, features } from '../domain/signals/features.ts';
import { formatNumber, formatPct, unknown } from '../format.ts';

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

type Record = {
  readonly judged: number;
  readonly sides: SidesRecord;
  readonly isEdgeShown: boolean;
};

/** `hit rate 54% ±6, base 52%: no edge shown`; the interval is of what it is above the base. */
export function formatRecord(record: Record | undefined): string {
  if (record === undefined || record.judged === 0) return 'none judged yet: it takes 21 sessions';
  const { count, hitRate, baseRate, excess } = record.sides;
  if (count === 0) return 'only HOLD was judged';
  const { low, high } = excess;
  const within = low === undefined || high === undefined ? '' : ` ±${Math.round((high - low) * 50)}`;
  const rates = `hit rate ${formatShare(hitRate, 0)}${within}, base ${formatShare(baseRate, 0)}`;
  return `${rates}: ${edgeWords(record)}`;
}

const kinds: ReadonlyMap<string, (typeof features)[number]> = new Map(features.map(each => [each.name, each]));

/** What an input is, in words; one that this version does not compute by its name. */
export const featureTitle = (name: string): string => kinds.get(name)?.title ?? name;

/** `mom_12_1` as `mom 12-1`. */
export const shortFeature = (name: string): string =>
  name
    .replace(/_pct$/, ' %')
    .replace(/_(\d+)_(\d+)$/, ' $1-$2')
    .replaceAll('_', ' ');

const inPercent: ReadonlySet<string> = new Set<FeatureName>([
  'ret_1d',
  'mom_1',
  'mom_3',
  'mom_6',
  'mom_9',
  'mom_12_1',
  'vol_30',
  'vol_60',
  'vol_90',
  'atr_pct',
  'macd_hist_pct',
]);

export const isYesOrNo = (name: string): boolean => kinds.get(name)?.kind === 'boolean';

/** The value of an input as a table writes it. */
export function formatFeature(name: string, value: number | undefined): string {
  if (value === undefined) return unknown;
  if (isYesOrNo(name)) return value === 1 ? 'yes' : 'no';
  if (inPercent.has(name)) return formatPct(value * 100, { places: Math.abs(value) < 0.01 ? 2 : 1 });
  if (Math.abs(value) >= 1000) return formatNumber(value, { places: 0 });
  return Math.abs(value) < 0.01 && value !== 0 ? formatPct(value * 100, { places: 3 }) : formatNumber(value);
}
