/** What a model said against what happened, from the log and the stored prices: what a score and a run share. */
import type { LocalDate } from '../domain/date.ts';
import { sessionsBetween } from '../domain/market/calendar.ts';
import type { Code } from '../domain/market/security.ts';
import { dateOfKey } from '../domain/returns/closes.ts';
import type { SignalBars } from '../domain/signals/bars.ts';
import type { LoggedSignal, ModelName } from '../domain/signals/logged.ts';
import { type DatedCloses, type Scorecard, scorecard } from '../domain/signals/scorecard.ts';
import type { Database } from './database.ts';
import { readSignalBars } from './signal-bars.ts';
import { signalsOfModel } from './signal-log.ts';
import type { RunRecord } from './signal-runs.ts';

const seed = 1;

export type StoredScore = {
  readonly card: Scorecard;
  readonly said: readonly LoggedSignal[];
  /** The day of the first of them, and the bars that it takes from there. */
  readonly first: LocalDate;
  readonly most: number;
};

/** Bars that were read for one model serve the next: they are kept in `bars`. */
export function readScore(db: Database, model: ModelName, asOf: LocalDate, bars: Map<Code, SignalBars>): StoredScore {
  const said = signalsOfModel(db, model);
  const first = said[0]?.asOf ?? asOf;
  const most = Math.max(1, sessionsBetween(first, asOf)) + 30;
  const missing = [...new Set(said.map(row => row.code))].filter(code => !bars.has(code));
  for (const each of readSignalBars(db, missing, { asOf, most })) bars.set(each.code, each);
  const rules = { isProbability: model === 'A', knownUntil: newestDay([...bars.values()]) ?? asOf, seed };
  return { card: scorecard(said, code => closesOf(bars.get(code)), rules), said, first, most };
}

/** How what the ensemble said before a day has turned out by then. */
export function recordOfEnsemble(db: Database, asOf: LocalDate): RunRecord {
  const { judged, open, evaluation } = readScore(db, 'ensemble', asOf, new Map()).card;
  return { judged, open, sides: evaluation.sides, isEdgeShown: evaluation.ranking.isEdgeShown };
}

/** The last day of which any of them has a bar. */
function newestDay(bars: readonly SignalBars[]): LocalDate | undefined {
  const newest = Math.max(...bars.map(({ days }) => days.at(-1) ?? 0));
  return newest > 0 ? dateOfKey(newest) : undefined;
}

const closesOf = (bars: SignalBars | undefined): DatedCloses | undefined =>
  bars && { dates: Array.from(bars.days, dateOfKey), closes: Array.from(bars.close) };
