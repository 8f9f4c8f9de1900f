/**
 * What the Signals screen shows, from the log. A run is read once: what it said stays as it is, so that a refresh of
 * prices changes nothing here.
 */
import type { App } from '../app.ts';
import type { Code } from '../domain/market/security.ts';
import type { SignalClass } from '../domain/signals/classes.ts';
import {
  type EnsembleFilter,
  type EnsembleStatistics,
  ensembleStatistics,
  filterVotes,
} from '../domain/signals/ensemble.ts';
import { type ModelScore, scoreSignals } from '../usecases/score-signals.ts';
import {
  type DriftView,
  type SignalRow,
  type SignalsView,
  viewDrift,
  viewModel,
  viewRanks,
  viewRuns,
  viewSignals,
} from '../usecases/view-signals.ts';
import { keepLast } from './keep-last.ts';
import { type ListModel, type ListRows, listModel } from './list-model.ts';
import { type Reading, rowsOfA, rowsOfB, rowsOfBoth, rowsOfDrift } from './signals-lists.ts';
import type { ListState, SignalsScreen, SignalsTab, State } from './state.ts';
import type { Sort } from './table.ts';
import type { TextField } from './text-field.ts';

export type SignalRun = NonNullable<SignalsView['run']>;
export type StoredModel = NonNullable<ReturnType<typeof viewModel>>;

export type SignalsModel = {
  readonly kind: 'signals';
  readonly tab: SignalsTab;
  readonly keep: EnsembleFilter['keep'];
  readonly signal: SignalClass | undefined;
  /** Undefined while the signals were never run. */
  readonly run: SignalRun | undefined;
  /** Of the list of the tab, before its filter of text. */
  readonly rows: readonly SignalRow[];
  /** Of all rows of the run. */
  readonly statistics: EnsembleStatistics;
  readonly said: number;
  /** Of the tabs that are lists. */
  readonly list: ListModel;
  /** Of the tab Drift, the newest run first. */
  readonly drift: readonly DriftView[];
  /** Of the tab Model card; undefined where nothing is trained. */
  readonly model: StoredModel | undefined;
  /** What was said against what happened, where any of it is old enough. */
  readonly record: readonly ModelScore[];
};

type Stamp = readonly [revision: number, day: string];
type Own = Pick<ListState, 'sort' | 'filter'>;

/** Each row of a list sorted and filtered as it was last. */
const sorted = <R>() => {
  const kept = keepLast((rows: ListRows<R>, sort: Sort, filter: TextField) => listModel(rows, { sort, filter }));
  return (rows: ListRows<R>, { sort, filter }: Own): ListModel => kept(rows, sort, filter);
};

export function openSignalsModel(app: App) {
  const runs = keepLast((..._: Stamp) => viewRuns(app));
  // The log only grows: another count of runs, or another newest one, is all that can have changed.
  const view = keepLast((..._: [newest: string | undefined, count: number]) => viewSignals(app));
  const weights = keepLast(
    (run: SignalRun): ReadonlyMap<Code, number> =>
      new Map(viewRanks(app, run).map(({ code, weight }) => [code, weight])),
  );
  const kept = keepLast((rows: readonly SignalRow[], keep: EnsembleFilter['keep'], signal: SignalClass | undefined) => {
    const codes = new Set(filterVotes(rows, { keep, signal }).map(row => row.code));
    return rows.filter(row => codes.has(row.code));
  });
  const statistics = keepLast((rows: readonly SignalRow[]) => ensembleStatistics(rows));
  const ofA = keepLast(rowsOfA);
  const ofB = keepLast(rowsOfB);
  const ofBoth = keepLast(rowsOfBoth);
  const ofDrift = keepLast(rowsOfDrift);
  const drift = keepLast((..._: [newest: string | undefined, count: number]) => viewDrift(app));
  const model = keepLast((version: string) => viewModel(app, version));
  const record = keepLast((..._: [newest: string | undefined, count: number, day: string]) =>
    scoreSignals(app, ['A', 'B', 'ensemble']),
  );
  const [sortedA, sortedB, sortedBoth] = [sorted<SignalRow>(), sorted<SignalRow>(), sorted<SignalRow>()];
  const sortedDrift = sorted<Reading>();
  const noReadings: readonly Reading[] = [];
  const noWeights: ReadonlyMap<Code, number> = new Map();

  return {
    of({ lists }: State, screen: SignalsScreen, stamp: Stamp): SignalsModel {
      const { tab = 'ensemble', keep = 'all', signal } = screen;
      const all = runs(...stamp);
      const key = [all[0]?.id, all.length] as const;
      const { rows, run } = view(...key);
      const shown = tab === 'ensemble' ? kept(rows, keep, signal) : rows;
      const found = tab === 'drift' ? drift(...key) : [];
      const listOf = (): ListModel => {
        switch (tab) {
          case 'modelA':
            return sortedA(ofA(rows, run === undefined ? noWeights : weights(run)), lists.modelA);
          case 'modelB':
            return sortedB(ofB(rows), lists.modelB);
          case 'drift':
            return sortedDrift(ofDrift(found[0]?.readings ?? noReadings), lists.drift);
          default:
            return sortedBoth(ofBoth(shown), lists.ensemble);
        }
      };
      const isOfCard = tab === 'card' && run !== undefined;
      return {
        kind: 'signals',
        tab,
        keep,
        signal,
        run,
        rows: shown,
        statistics: statistics(rows),
        said: rows.length,
        list: listOf(),
        drift: found,
        model: isOfCard ? model(run.version) : undefined,
        record: isOfCard ? record(...key, stamp[1]) : [],
      };
    },
    /** The model of a version, where it is stored. */
    model,
  };
}
