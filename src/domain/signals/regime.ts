/**
 * The regime of the market, from the benchmark's adjusted closes: *risk-on* where the close is above its 200-bar average
 * and the annual volatility of the last 60 returns is under 16%, *risk-off* where it is below and the volatility over
 * 20%, else *neutral*. Figures are compared after rounding to 1e-9.
 *
 * What a user sees in place of it: how many bars the benchmark has and how many it takes.
 */
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import { yearly } from '../returns/risk.ts';
import { dayOfBar, lastBarOn, type SignalBars } from './bars.ts';
import { atEdge } from './classes.ts';
import { deviationOfReturns } from './moments.ts';
import { average200, barsOfTrend, sideOfAverage } from './trend.ts';

export type Regime = {
  readonly benchmark: Code;
  /** The day of the bar that it is of; undefined where there is none. */
  readonly date: LocalDate | undefined;
} & (
  | {
      readonly regime: 'risk-on' | 'neutral' | 'risk-off';
      readonly close: number;
      readonly average: number;
      /** A year, as a share. */
      readonly volatility: number;
    }
  | { readonly regime: undefined; readonly reason: string }
);

const volatilityOver = 60;
const calm = 0.16;
const wild = 0.2;

export function marketRegime(benchmark: SignalBars, asOf: LocalDate): Regime {
  const at = lastBarOn(benchmark, asOf);
  const of = { benchmark: benchmark.code, date: dayOfBar(benchmark, at) };
  if (at + 1 < barsOfTrend.average) {
    return { ...of, regime: undefined, reason: `needs ${barsOfTrend.average} bars, has ${at + 1}` };
  }
  const { close } = benchmark;
  const volatility = deviationOfReturns(close, at, volatilityOver) * yearly;
  const side = sideOfAverage(close, at);
  const edge = atEdge(volatility);
  const regime = side > 0 && edge < calm ? 'risk-on' : side < 0 && edge > wild ? 'risk-off' : 'neutral';
  return { ...of, regime, close: close[at] as number, average: average200(close, at), volatility };
}
