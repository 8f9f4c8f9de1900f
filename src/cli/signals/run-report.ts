/** Reports of runs: one that has just ended, and those there were. */
import { isoInstant } from '../../domain/date.ts';
import { type SignalClass, signalClasses } from '../../domain/signals/classes.ts';
import type { BlockFigure } from '../../domain/signals/evaluation/blocks.ts';
import { edgeWords } from '../../domain/signals/evaluation/edge.ts';
import { formatCount, formatDate } from '../../format.ts';
import type { SignalsReport } from '../../usecases/run-signals.ts';
import { formatSignal } from '../../words/short-signal-words.ts';
import { formatShare } from '../../words/signal-words.ts';
import { formatInstant } from '../figures.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Run = SignalsReport['run'];

const regimeData = ({ regime }: Run['details']) =>
  regime?.regime === undefined
    ? undefined
    : {
        benchmark: regime.benchmark,
        regime: regime.regime,
        close: regime.close,
        average: regime.average,
        volatility: regime.volatility,
      };

/** A run as JSON carries it. */
export const runData = ({ id, asOf, universe, version, startedAt, finishedAt, details }: Run) => ({
  id,
  asOf,
  universe,
  version,
  startedAt: isoInstant(startedAt),
  finishedAt: isoInstant(finishedAt),
  securities: details.securities,
  votesA: details.votesA,
  votesB: details.votesB,
  both: details.both,
  regime: regimeData(details),
  cash: details.cash,
  scale: details.scale,
  turnover: details.turnover,
  missing: details.missing,
  record: details.record && recordData(details.record),
});

const recordData = ({ judged, open, sides, isEdgeShown }: NonNullable<Run['details']['record']>) => ({
  judged,
  open,
  // What is unknown is not stored, and null here.
  count: sides.count,
  hitRate: sides.hitRate,
  baseRate: sides.baseRate,
  excess: blocksData(sides.excess),
  edgeShown: isEdgeShown,
});

const blocksData = ({ value, low, high, t, blocks, reason }: BlockFigure) => ({ value, low, high, t, blocks, reason });

const turnoverOf = ({ details }: Run): number | undefined => details.turnover;
const turnoverWords = (row: Run): string => (row.details.turnover === undefined ? '' : formatShare(turnoverOf(row)));

const columns: readonly Column<Run>[] = [
  { title: 'As of', field: 'asOf', text: row => formatDate(row.asOf), value: row => row.asOf },
  { title: 'Universe', field: 'universe', text: row => row.universe },
  { title: 'Model A', field: 'version', text: row => row.version },
  { title: 'Securities', field: 'securities', align: 'right', text: row => String(row.details.securities) },
  { title: 'Both votes', field: 'both', align: 'right', text: row => String(row.details.both) },
  { title: 'Regime', field: 'regime', rank: 2, text: row => row.details.regime?.regime ?? '' },
  { title: 'Turnover', field: 'turnover', align: 'right', rank: 3, text: row => turnoverWords(row), value: turnoverOf },
  { title: 'Finished', field: 'finishedAt', rank: 1, text: row => formatInstant(row.finishedAt) },
];

export const runsReport = (runs: readonly Run[], today: string): Report => ({
  schema: 'signal-runs/1',
  asOf: runs[0]?.asOf ?? today,
  data: { runs: runs.map(runData) },
  sections: runs.length === 0 ? [lines('There were no runs. Start one: asxos signals run.')] : [table(runs, columns)],
  csv: csvOf(runs, columns),
});

/** How often each class was said, strongest first. */
function countsOf(added: SignalsReport['added'], model: 'A' | 'B' | 'ensemble'): string {
  const own = added.filter(row => row.model === model);
  const of = (signal: SignalClass): number => own.filter(row => row.signal === signal).length;
  const said = signalClasses.flatMap(signal => (of(signal) === 0 ? [] : [`${of(signal)} ${formatSignal(signal)}`]));
  const abstained = own.filter(row => row.signal === undefined).length;
  return [...said, ...(abstained === 0 ? [] : [`${abstained} abstained`])].join(', ');
}

export function runReport(report: SignalsReport, notified: number, failed: readonly string[]): Report {
  const { run, added, trained, drift } = report;
  const { details } = run;
  const drifting = drift.filter(each => each.drifting).map(each => each.input);
  const judged = drift.some(each => each.psi !== undefined);
  const sentences = [
    added.length === 0
      ? `As of ${formatDate(run.asOf)} all of this was said before: nothing was added.`
      : `As of ${formatDate(run.asOf)} · ${formatCount(details.securities, 'security', 'securities')} of "${run.universe}", ${details.both} with both votes.`,
    ...(trained === undefined
      ? [`Model A ${run.version}.`]
      : [
          `Model A was trained: ${trained.version}, on ${formatCount(trained.card.rows, 'row')} of ${formatCount(trained.card.securities, 'security', 'securities')}; ${edgeWords(trained.card.evaluation.ranking)} on what it had not seen.`,
        ]),
    ...(added.length === 0
      ? []
      : [
          `Model A: ${countsOf(added, 'A')}`,
          `Model B: ${countsOf(added, 'B')}`,
          `Ensemble: ${countsOf(added, 'ensemble')}`,
        ]),
    ...(details.regime?.regime === undefined
      ? []
      : [
          `Market: ${details.regime.regime} by ${details.regime.benchmark}; the ranked portfolio holds ${formatShare(details.cash, 0)} cash${details.turnover === undefined ? '' : `, turnover ${formatShare(details.turnover, 0)}`}.`,
        ]),
    drifting.length > 0
      ? `Drift: ${drifting.join(', ')}. See asxos signals drift.`
      : judged
        ? 'Drift: none.'
        : 'Drift: too few securities to judge.',
    ...(notified === 0 ? [] : [`${formatCount(notified, 'notification')} in the inbox.`]),
  ];
  const troubles = Object.entries(details.troubles).flatMap(([code, all]) => all.map(each => `${code}: ${each}`));
  return {
    schema: 'signals-run/1',
    asOf: run.asOf,
    data: {
      run: runData(run),
      added: added.length,
      trained: trained?.version,
      drifting,
      notified,
      troubles: details.troubles,
    },
    coverage: details.securities === 0 ? 1 : details.both / details.securities,
    warnings: [
      ...(details.missing === undefined ? [] : [`Model A has no probabilities: ${details.missing}`]),
      ...failed,
      ...troubles,
    ],
    sections: [lines(...sentences)],
    csv: csvOf([run], columns),
    exitCode: failed.length > 0 ? 3 : 0,
  };
}
