/**
 * Whether the inputs of a model are still those that it learned on: the population stability index (PSI) of each.
 *
 * Values are winsorised, not standardised. The baseline, the training period, is cut into ten bins at its own deciles, the
 * outer ones open; a boolean has two. PSI = sum over the bins of (c - b) ln(c / b), b and c the shares of the baseline
 * and of the latest 21 sessions, each at least 1e-6 (Siddiqi, Credit Risk Scorecards, 2006). Under .10 is stable, to .25
 * moderate, over it large.
 *
 * Features of one market move together and slowly, so a PSI over .25 is nothing unusual of 21 sessions in a market that does
 * not drift. *Drift* is therefore said only where it is also above the 95th percentile of the same statistic over all
 * windows of 21 sessions of the training period itself.
 *
 * What a user sees in place of a verdict: fewer than 100 securities are too few to judge, and so is a training period of
 * few windows.
 */
import { sessionsBetween } from '../market/calendar.ts';
import { mapInSteps, type Steps } from '../steps.ts';
import type { Panel } from './panel.ts';
import { quantile, sortedKnown, winsorisedColumn } from './winsorise.ts';

export type DriftBaseline = {
  readonly input: string;
  /** Upper ends of all bins but the last, ascending; a value on one lies below it. */
  readonly edges: readonly number[];
  /** The share of the training period in each bin. */
  readonly shares: readonly number[];
  /** The 95th percentile of the PSI of the training period's own windows; undefined where there are too few. */
  readonly usual: number | undefined;
  readonly windows: number;
};

export type DriftBand = 'stable' | 'moderate' | 'large';

export type DriftReading = {
  readonly input: string;
  readonly psi: number | undefined;
  readonly band: DriftBand | undefined;
  readonly usual: number | undefined;
  readonly drifting: boolean;
  /** Securities with a known value in the latest window. */
  readonly securities: number;
  /** Why there is no verdict. */
  readonly reason: string | undefined;
  readonly bins: readonly { readonly upTo: number | undefined; readonly baseline: number; readonly latest: number }[];
};

/** Sessions that the latest window has. */
export const windowSessions = 21;
const bins = 10;
const leastShare = 1e-6;
const moderateFrom = 0.1;
const largeAbove = 0.25;
const usualShare = 0.95;
const leastSecurities = 100;
const leastWindows = 20;
/** Between 0 and 1, where a boolean's two bins meet. */
const booleanEdges = [0.5];

/** The population stability index of two lists of shares. */
export function stabilityIndex(baseline: readonly number[], latest: readonly number[]): number {
  return baseline.reduce((sum, share, bin) => {
    const b = Math.max(share, leastShare);
    const c = Math.max(latest[bin] as number, leastShare);
    return sum + (c - b) * Math.log(c / b);
  }, 0);
}

export const driftBand = (psi: number): DriftBand =>
  psi > largeAbove ? 'large' : psi >= moderateFrom ? 'moderate' : 'stable';

/** What each input of a training panel looks like, an input a step; `booleans` are the inputs that are 0 or 1. Inputs never known are left out. */
export function driftBaselines(training: Panel, booleans: ReadonlySet<string>): DriftBaseline[] {
  return training.features.flatMap((input, feature) => {
    const column = winsorisedColumn(training, feature);
    const sorted = sortedKnown(column);
    if (sorted.length === 0) return [];
    const edges = booleans.has(input) ? booleanEdges : decileEdges(sorted);
    const byDate = countsByDate(training, column, edges);
    const shares = sharesOf(summed(byDate));
    const found = windowsOf(training).map(({ from, to }) => sharesOf(summed(byDate.slice(from, to + 1))));
    const indexes = Float64Array.from(
      found.filter(each => each.length > 0),
      each => stabilityIndex(shares, each),
    ).sort();
    const usual = indexes.length < leastWindows ? undefined : quantile(indexes, usualShare);
    return [{ input, edges, shares, usual, windows: indexes.length }];
  });
}

const decileEdges = (sorted: Float64Array): number[] =>
  Array.from({ length: bins - 1 }, (_, index) => quantile(sorted, (index + 1) / bins));

/** How the latest 21 sessions of a panel compare with what was learned on, input by input, an input a step. */
export function readingsInSteps(baselines: readonly DriftBaseline[], panel: Panel): Steps<DriftReading[]> {
  const latest = windowsOf(panel, false).at(-1);
  return mapInSteps(baselines, baseline => {
    const { input, edges, shares, usual } = baseline;
    const feature = panel.features.indexOf(input);
    const column = feature < 0 ? new Float64Array(panel.rows).fill(Number.NaN) : winsorisedColumn(panel, feature);
    const byDate = latest === undefined ? [] : countsByDate(panel, column, edges).slice(latest.from, latest.to + 1);
    const now = sharesOf(summed(byDate));
    const securities = latest === undefined ? 0 : knownCodes(panel, column, latest).size;
    const reason = whyNoVerdict(securities, baseline);
    const psi = securities < leastSecurities ? undefined : stabilityIndex(shares, now);
    return {
      input,
      psi,
      band: psi === undefined ? undefined : driftBand(psi),
      usual,
      drifting:
        reason === undefined && psi !== undefined && psi > largeAbove && psi > (usual ?? Number.POSITIVE_INFINITY),
      securities,
      reason,
      bins: shares.map((share, bin) => ({ upTo: edges[bin], baseline: share, latest: now[bin] ?? 0 })),
    };
  });
}

function whyNoVerdict(securities: number, { usual, windows }: DriftBaseline): string | undefined {
  if (securities < leastSecurities) {
    return `too few to judge: ${securities} ${securities === 1 ? 'security' : 'securities'}, it takes ${leastSecurities}`;
  }
  if (usual !== undefined) return undefined;
  return `too few to judge: the training period has ${windows} windows of ${windowSessions} sessions, it takes ${leastWindows}`;
}

type Stretch = { readonly from: number; readonly to: number };

/** The windows of 21 sessions that end on each date, as places in `dates`; without the first ones, which are not whole. */
function windowsOf({ dates }: Panel, whole = true): Stretch[] {
  const first = dates[0];
  if (first === undefined) return [];
  const sessions = dates.map(date => sessionsBetween(first, date));
  let from = 0;
  const found: Stretch[] = [];
  for (const [to, session] of sessions.entries()) {
    while (session - (sessions[from] as number) >= windowSessions) from += 1;
    if (!whole || session >= windowSessions - 1) found.push({ from, to });
  }
  return found;
}

/** Of each date, how many known values lie in each bin. */
function countsByDate({ dates, dateOf }: Panel, column: Float64Array, edges: readonly number[]): number[][] {
  const counts = dates.map(() => Array<number>(edges.length + 1).fill(0));
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] as number;
    if (Number.isNaN(value)) continue;
    let bin = 0;
    while (bin < edges.length && value > (edges[bin] as number)) bin += 1;
    const own = counts[dateOf[row] as number] as number[];
    own[bin] = (own[bin] as number) + 1;
  }
  return counts;
}

function summed(counts: readonly (readonly number[])[]): number[] {
  const total = counts[0]?.map(() => 0) ?? [];
  for (const each of counts) for (const [bin, count] of each.entries()) total[bin] = (total[bin] as number) + count;
  return total;
}

/** Shares of the whole; none of nothing. */
function sharesOf(counts: readonly number[]): number[] {
  const whole = counts.reduce((sum, count) => sum + count, 0);
  return whole === 0 ? [] : counts.map(count => count / whole);
}

function knownCodes({ dateOf, codeOf }: Panel, column: Float64Array, { from, to }: Stretch): Set<number> {
  const codes = new Set<number>();
  for (let row = 0; row < column.length; row += 1) {
    const date = dateOf[row] as number;
    if (date >= from && date <= to && !Number.isNaN(column[row])) codes.add(codeOf[row] as number);
  }
  return codes;
}
