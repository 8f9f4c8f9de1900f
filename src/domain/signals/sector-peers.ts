/**
 * Where a metric stands among the known companies of its sector. Shown beside a score, and never part of it.
 *
 * The percentile is the share of the peers that are below, ties by half, in percent of the others: 100 is above all of
 * them. With fewer than five peers nothing is said.
 */
import type { MetricName } from '../fundamentals/metrics.ts';
import type { Quality } from './model-b.ts';
import { categories } from './quality-anchors.ts';

export type SectorPeers = ReadonlyMap<string, ReadonlyMap<MetricName, readonly number[]>>;

const fewestPeers = 5;

/** The known values of each metric, sorted, by sector. */
export function sectorPeers(all: Iterable<Quality>): SectorPeers {
  const found = new Map<string, Map<MetricName, number[]>>();
  for (const { sector, categories: scored } of all) {
    if (sector === undefined) continue;
    const metrics = found.get(sector) ?? new Map<MetricName, number[]>();
    found.set(sector, metrics);
    const seen = new Set<MetricName>();
    for (const category of categories) {
      for (const { name, figure } of scored[category].metrics) {
        // Amounts and counts of different companies are not set against each other.
        if (figure.value === undefined || figure.unit !== 'ratio' || seen.has(name)) continue;
        seen.add(name);
        const values = metrics.get(name);
        if (values === undefined) metrics.set(name, [figure.value]);
        else values.push(figure.value);
      }
    }
  }
  for (const metrics of found.values()) for (const values of metrics.values()) values.sort((a, b) => a - b);
  return found;
}

export type Standing = {
  /** 0 to 100, of the company's own value among the others'. */
  readonly percentile: number;
  readonly below: number;
  readonly equal: number;
  /** Companies of the sector with a value, without this one. */
  readonly peers: number;
  readonly median: number;
};

/** The standing of a company that is one of the peers; undefined where the sector or too many of the peers are unknown. */
export function standingOf(
  peers: SectorPeers,
  sector: string | undefined,
  name: MetricName,
  value: number | undefined,
): Standing | undefined {
  const values = sector === undefined ? undefined : peers.get(sector)?.get(name);
  if (values === undefined || value === undefined || values.length <= fewestPeers) return undefined;
  const below = values.filter(each => each < value).length;
  const equal = values.filter(each => each === value).length - 1;
  const others = values.length - 1;
  return { percentile: (100 * (below + equal / 2)) / others, below, equal, peers: others, median: medianOf(values) };
}

/** Of a sorted list that is not empty. */
function medianOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  return ((values[Math.floor(middle)] as number) + (values[Math.ceil(middle)] as number)) / 2;
}
