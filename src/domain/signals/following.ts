/** How following a model is simulated: the prices of each session, and what trading is taken to cost. */
import type { LocalDate } from '../date.ts';
import { dayKey } from '../returns/closes.ts';
import type { BacktestRules, SessionPrices } from './backtest.ts';
import type { SignalBars } from './bars.ts';

/** Percent of the price between bid and ask: usual of what passes the gate of turnover. */
const spreadPct = 0.3;
const capital = 100_000;

export const followingRules = ({
  brokerageFlat,
  brokeragePct,
}: {
  readonly brokerageFlat: string;
  readonly brokeragePct: string;
}): BacktestRules => ({
  capital,
  brokerageFlat: Number(brokerageFlat),
  brokeragePct: Number(brokeragePct),
  spreadPct,
});

/** Adjusted opens and closes, one for each session; NaN where there is no bar. */
export function sessionPrices(bars: SignalBars | undefined, sessions: readonly LocalDate[]): SessionPrices {
  const places = new Map(sessions.map((date, index) => [dayKey(date), index]));
  const open = new Float64Array(sessions.length).fill(Number.NaN);
  const close = open.slice();
  if (bars === undefined) return { open, close };
  for (const [bar, day] of bars.days.entries()) {
    const place = places.get(day);
    if (place === undefined) continue;
    open[place] = bars.open[bar] as number;
    close[place] = bars.close[bar] as number;
  }
  return { open, close };
}
