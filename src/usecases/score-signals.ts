/** What was said against what happened: a scorecard of each model, and what following it would have brought. */
import type { App } from '../app.ts';
import { readSignalBars } from '../db/signal-bars.ts';
import { signalsOfModel } from '../db/signal-log.ts';
import { readOverrides } from '../db/trading-days.ts';
import type { LocalDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';

import { sessionsBetween, tradingDays } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import { dateOfKey } from '../domain/returns/closes.ts';
import { type Backtest, backtest } from '../domain/signals/backtest.ts';
import type { SignalBars } from '../domain/signals/bars.ts';
import { followingRules, sessionPrices } from '../domain/signals/following.ts';
import type { ModelName } from '../domain/signals/logged.ts';
import { type DatedCloses, type Scorecard, scorecard } from '../domain/signals/scorecard.ts';

export type ModelScore = {
  readonly model: ModelName;
  readonly card: Scorecard;
  readonly backtest: Backtest | { readonly reason: string };
};

const seed = 1;

/** Of one model, or of all three. */
export function scoreSignals(app: App, models: readonly ModelName[]): ModelScore[] {
  const { db, config } = app;
  const asOf = latestCloseDue(app.now());
  const bars = new Map<Code, SignalBars>();
  return models.map(model => {
    const said = signalsOfModel(db, model);
    const first = said[0]?.asOf ?? asOf;
    const most = Math.max(1, sessionsBetween(first, asOf)) + 30;
    const missing = [...new Set(said.map(row => row.code))].filter(code => !bars.has(code));
    for (const each of readSignalBars(db, missing, { asOf, most })) bars.set(each.code, each);
    const rules = { isProbability: model === 'A', knownUntil: newestDay([...bars.values()]) ?? asOf, seed };
    const card = scorecard(said, code => closesOf(bars.get(code)), rules);
    if (config.benchmark === undefined) {
      return { model, card, backtest: { reason: 'there is no benchmark: the setting benchmark is none' } };
    }
    const sessions = tradingDays(first, asOf, readOverrides(db));
    const [benchmark] = readSignalBars(db, [config.benchmark], { asOf, most });
    const rows = said.flatMap(row =>
      row.score === undefined ? [] : [{ date: row.asOf, code: row.code, score: row.score }],
    );
    const market = {
      sessions,
      prices: new Map([...bars].map(([code, each]) => [code, sessionPrices(each, sessions)])),
      benchmark: sessionPrices(benchmark, sessions),
    };
    return { model, card, backtest: backtest(rows, market, followingRules(config)) };
  });
}

/** The last day of which any of them has a bar. */
function newestDay(bars: readonly SignalBars[]): LocalDate | undefined {
  const newest = Math.max(...bars.map(({ days }) => days.at(-1) ?? 0));
  return newest > 0 ? dateOfKey(newest) : undefined;
}

const closesOf = (bars: SignalBars | undefined): DatedCloses | undefined =>
  bars && { dates: Array.from(bars.days, dateOfKey), closes: Array.from(bars.close) };
