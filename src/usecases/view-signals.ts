/** What was last said of securities: model A, model B and the ensemble side by side, with what each rests on. */
import type { App } from '../app.ts';
import { findModel, latestModel, type StoredModel } from '../db/models.ts';
import { findSecurity, securitiesOf } from '../db/securities.ts';
import { codesSaidOn, latestSignals, saidAt, signalHistory } from '../db/signal-log.ts';
import { driftOf, listRuns, ranksOn, type SignalRun, type StoredDrift, type StoredRank } from '../db/signal-runs.ts';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import {
  type EnsembleFilter,
  type EnsembleStatistics,
  type EnsembleVote,
  ensembleStatistics,
  filterVotes,
} from '../domain/signals/ensemble.ts';
import { type LoggedSignal, type SaidOf, voteOfA, voteOfB } from '../domain/signals/logged.ts';

/** One security: its vote as the ensemble has it, and the rows of the log that it is made of. */
export type SignalRow = EnsembleVote & {
  readonly name: string;
  readonly asOf: LocalDate;
  readonly said: SaidOf;
};

export type SignalsView = {
  /** Undefined while nothing was ever said. */
  readonly run: SignalRun | undefined;
  /** By code. */
  readonly rows: readonly SignalRow[];
  /** Of the rows. */
  readonly statistics: EnsembleStatistics;
};

/** The ensemble's row as it was logged; the votes are those of its day. */
function rowOf(said: SaidOf, name: string): SignalRow {
  const { code, a, b, ensemble } = said;
  return {
    code,
    name,
    asOf: (ensemble ?? a ?? b)?.asOf as LocalDate,
    said,
    a: voteOfA(a),
    b: voteOfB(b),
    signal: ensemble?.signal,
    score: ensemble?.score,
    rank: ensemble?.rank,
    conflict: ensemble?.details.conflict ?? false,
    agreement: ensemble?.details.agree ?? false,
    reason: ensemble?.details.reason ?? ensemble?.abstained,
  };
}

/** The newest run, or that of a day, with the rows that a filter keeps. */
export function viewSignals(
  app: App,
  { asOf, filter = { keep: 'all' } }: { asOf?: LocalDate | undefined; filter?: EnsembleFilter } = {},
): SignalsView {
  const { db } = app;
  const run = listRuns(db).find(each => asOf === undefined || each.asOf <= asOf);
  if (run === undefined) return { run, rows: [], statistics: ensembleStatistics([]) };
  const codes = codesSaidOn(db, run.asOf);
  const names = securitiesOf(db, codes);
  const said = latestSignals(db, codes, { upTo: run.asOf });
  const rows = [...said.values()].map(each => rowOf(each, names.get(each.code)?.name ?? each.code));
  const kept = new Set(filterVotes(rows, filter).map(row => row.code));
  const shown = rows.filter(row => kept.has(row.code));
  return { run, rows: shown, statistics: ensembleStatistics(shown) };
}

/** The ranked list of a run with its target weights. */
export const viewRanks = (app: App, run: SignalRun): StoredRank[] => ranksOn(app.db, run.asOf, run.version);

export type SecuritySignals = {
  readonly row: SignalRow;
  /** All that was ever said of it, oldest first. */
  readonly history: readonly LoggedSignal[];
};

/** Undefined where nothing was ever said of it. */
export function viewSecuritySignals(app: App, code: Code): SecuritySignals | undefined {
  const said = latestSignals(app.db, [code]).get(code);
  if (said === undefined) return undefined;
  return {
    row: rowOf(said, findSecurity(app.db, code)?.name ?? code),
    history: signalHistory(app.db, code),
  };
}

/** When the run ended that said what is the newest of it. */
export function whenSaid(app: App, { ensemble, a, b }: SaidOf): Instant | undefined {
  const newest = ensemble ?? a ?? b;
  return newest && saidAt(app.db, newest);
}

export type DriftView = { readonly run: SignalRun; readonly readings: readonly StoredDrift[] };

/** The drift that each of the last runs found, the newest first. */
export const viewDrift = (app: App, limit = 12): DriftView[] =>
  listRuns(app.db, limit).map(run => ({ run, readings: driftOf(app.db, run.id) }));

export const viewRuns = (app: App, limit?: number): SignalRun[] => listRuns(app.db, limit);

/** The model of a version, or the newest one. */
export const viewModel = (app: App, version?: string): StoredModel | undefined =>
  version === undefined ? latestModel(app.db, app.today()) : findModel(app.db, version);
