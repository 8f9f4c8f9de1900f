/** What was said against what happened: a scorecard of each model, and what following it would have brought. */
import type { App } from '../app.ts';
import { readScore } from '../db/scorecards.ts';
import { readSignalBars } from '../db/signal-bars.ts';
import { readOverrides } from '../db/trading-days.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { tradingDays } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import { type Backtest, backtest } from '../domain/signals/backtest.ts';
import type { SignalBars } from '../domain/signals/bars.ts';
import { followingRules, sessionPrices } from '../domain/signals/following.ts';
import type { ModelName } from '../domain/signals/logged.ts';
import type { Scorecard } from '../domain/signals/scorecard.ts';

export type ModelScore = {
  readonly model: ModelName;
  readonly card: Scorecard;
  readonly backtest: Backtest | { readonly reason: string };
};

/** Of one model, or of all three. */
export function scoreSignals(app: App, models: readonly ModelName[]): ModelScore[] {
  const { db, config } = app;
  const asOf = latestCloseDue(app.now());
  const bars = new Map<Code, SignalBars>();
  return models.map(model => {
    const { card, said, first, most } = readScore(db, model, asOf, bars);
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
