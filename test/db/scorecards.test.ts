import { expect, test } from 'vitest';
import { replaceHistory } from '../../src/db/prices.ts';
import { recordOfEnsemble } from '../../src/db/scorecards.ts';
import { logSignals } from '../../src/db/signal-log.ts';
import { storeRun } from '../../src/db/signal-runs.ts';
import { addDays } from '../../src/domain/date.ts';
import { tradingDays } from '../../src/domain/market/calendar.ts';
import type { SignalClass } from '../../src/domain/signals/classes.ts';
import { bar } from '../usecases/stored-market.ts';
import { code, date, open } from './open-database.ts';

const saidOn = date('2026-03-02');
const sessions = tradingDays(addDays(saidOn, -10), addDays(saidOn, 45));
/** The 21st session after the day. */
const over = tradingDays(addDays(saidOn, 1), addDays(saidOn, 45))[20]!;

/** What the ensemble said of each code, and whether its price then rose, fell or stood. */
function recordOf(said: Record<string, readonly [SignalClass, 'rose' | 'fell' | 'stood']>, asOf = over) {
  const db = open();
  const details = { securities: 4, votesA: 4, votesB: 4, both: 4, cash: 0, scale: 1, troubles: {} };
  const run = { asOf: saidOn, universe: 'held', version: 'v', startedAt: 1, finishedAt: 2, details };
  const step = { rose: 0.02, fell: -0.02, stood: 0 };
  db.transaction(() => {
    storeRun(db, { id: 'one', ...run });
    for (const [name, [, way]] of Object.entries(said)) {
      const bars = sessions.map((on, index) => bar(on, (10 + index * step[way]).toFixed(2)));
      replaceHistory(db, code(name), bars, { at: 1, source: 'eodhd' });
    }
    logSignals(
      db,
      'one',
      Object.entries(said).map(([name, [signal]]) => ({
        asOf: saidOn,
        model: 'ensemble',
        version: 'v',
        code: code(name),
        signal,
        abstained: undefined,
        score: 0.6,
        expectedReturn: undefined,
        rank: undefined,
        details: { agree: true, conflict: false, reason: '', weightA: 0.6, weightB: 0.4 },
      })),
    );
  });
  return recordOfEnsemble(db, asOf);
}

const four = {
  AAA: ['BUY', 'rose'],
  BBB: ['STRONG_BUY', 'fell'],
  CCC: ['SELL', 'fell'],
  DDD: ['HOLD', 'rose'],
} as const;

test('what said buy or sell is judged when its 21 sessions are over', () => {
  // Two of three went the way that was said; two of four rose and two fell.
  expect(recordOf(four)).toMatchObject({ judged: 4, open: 0, sides: { count: 3, hitRate: 2 / 3, baseRate: 0.5 } });
});

test('a session before that, all is open', () => {
  expect(recordOf(four, addDays(over, -1))).toMatchObject({ judged: 0, open: 4, sides: { count: 0 } });
});
