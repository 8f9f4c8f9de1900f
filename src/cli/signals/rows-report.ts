/** Reports of what was last said: the ensemble's list, one security, two models side by side. */
import { confidence } from '../../domain/signals/classes.ts';
import { type EnsembleStatistics, ensembleStatistics } from '../../domain/signals/ensemble.ts';
import { formatCount, formatDate, unknown } from '../../format.ts';
import type { SecuritySignals, SignalRow, SignalsView } from '../../usecases/view-signals.ts';
import { formatSignal } from '../../words/short-signal-words.ts';
import { formatRecord, formatScore, formatShare } from '../../words/signal-words.ts';
import type { ModelOf } from '../explained-signals.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';

/** Each row as JSON carries it. */
export function signalData(row: SignalRow) {
  const { a, b, said } = row;
  return {
    code: row.code,
    name: row.name,
    asOf: row.asOf,
    signal: row.signal,
    score: row.score,
    rank: row.rank,
    modelA: {
      signal: a.signal,
      probability: a.signal && a.probability,
      expectedReturn: a.signal && a.expectedReturn,
      conviction: a.signal && a.conviction,
      rank: said.a?.rank,
      version: said.a?.version,
      abstained: a.signal === undefined ? a.reason : undefined,
    },
    modelB: {
      signal: b.signal,
      score: b.signal && b.score,
      grade: b.signal && b.grade,
      rank: said.b?.rank,
      version: said.b?.version,
      abstained: b.signal === undefined ? b.reason : undefined,
    },
    confidence: row.score === undefined ? undefined : confidence(row.signal, row.score),
    agree: row.agreement,
    conflict: row.conflict,
    conflictReason: row.conflict ? row.reason : undefined,
    abstained: row.signal === undefined ? row.reason : undefined,
  };
}

export const statisticsData = ({ total, agreementRate, conflictRate }: EnsembleStatistics) => ({
  total,
  agreementRate,
  conflictRate,
});

const columns: readonly Column<SignalRow>[] = [
  { title: '#', field: 'rank', align: 'right', rank: 4, text: row => String(row.rank ?? ''), value: row => row.rank },
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Name', field: 'name', isName: true, rank: 3, text: row => row.name },
  { title: 'Model A', field: 'signalA', text: row => formatSignal(row.a.signal), value: row => row.a.signal },
  {
    title: 'P',
    field: 'probability',
    align: 'right',
    text: row => formatScore(row.a.signal && row.a.probability, 2),
    value: row => row.a.signal && row.a.probability,
  },
  {
    title: '21 d',
    field: 'expectedReturn',
    align: 'right',
    rank: 2,
    text: row => formatShare(row.a.signal && row.a.expectedReturn),
    value: row => row.a.signal && row.a.expectedReturn,
  },
  { title: 'Model B', field: 'signalB', text: row => formatSignal(row.b.signal), value: row => row.b.signal },
  {
    title: 'B',
    field: 'scoreB',
    align: 'right',
    text: row => formatScore(row.b.signal && row.b.score, 2),
    value: row => row.b.signal && row.b.score,
  },
  {
    title: 'Grade',
    field: 'grade',
    text: row => (row.b.signal && row.b.grade) ?? unknown,
    value: row => row.b.signal && row.b.grade,
  },
  { title: 'Ensemble', field: 'signal', text: row => formatSignal(row.signal), value: row => row.signal },
  {
    title: 'Score',
    field: 'score',
    align: 'right',
    text: row => formatScore(row.score),
    value: row => row.score,
  },
  { title: '', field: 'reason', rank: 1, isName: true, text: row => row.reason ?? '', value: row => row.reason },
];

/** The strongest first; what has no score comes last, by code. */
export const byScore = (a: SignalRow, b: SignalRow): number =>
  (b.score ?? -1) - (a.score ?? -1) || (a.code < b.code ? -1 : 1);

const nothingSaid = 'Nothing was said yet. Run the signals: asxos signals run.';

function sentenceOf({ run, statistics }: SignalsView, shown: number, all: number): string {
  const { total, agreementRate, conflictRate } = statistics;
  const rates =
    total === 0 ? '' : ` · agree ${formatShare(agreementRate, 0)} · conflict ${formatShare(conflictRate, 0)}`;
  const part = shown < all ? `${shown} of ` : '';
  return `As of ${formatDate(run?.asOf)} · ${part}${formatCount(all, 'security', 'securities')}, ${total} with both votes${rates}`;
}

/** `signals latest` and `signals ensemble`. */
export function listReport(
  view: SignalsView,
  { today, limit, modelOf }: { today: string; limit: number | undefined; modelOf: ModelOf },
): Report {
  const { run } = view;
  const sorted = [...view.rows].sort(byScore);
  const rows = limit === undefined ? sorted : sorted.slice(0, limit);
  const statistics = ensembleStatistics(rows);
  return {
    schema: 'signals/1',
    asOf: run?.asOf ?? today,
    data: { universe: run?.universe, signals: rows.map(signalData), statistics: statisticsData(statistics) },
    coverage: rows.length === 0 ? 1 : statistics.total / rows.length,
    explain: async () => (await import('../explained-signals.ts')).explainSignals(rows, modelOf),
    warnings: run?.details.missing === undefined ? [] : [`Model A has no probabilities: ${run.details.missing}`],
    sections:
      run === undefined
        ? [lines(nothingSaid)]
        : [
            lines(
              sentenceOf({ ...view, statistics }, rows.length, view.rows.length),
              `The record of the ensemble: ${formatRecord(run.details.record)}.`,
            ),
            table(rows, columns),
          ],
    csv: csvOf(rows, columns),
  };
}

type Named = { readonly name: string; readonly value: string };
const namedColumns: readonly Column<Named>[] = [
  { title: '', field: 'name', text: row => row.name },
  { title: '', field: 'value', align: 'right', text: row => row.value },
];

function reasonsOfA({ said }: SignalRow): Section[] {
  const details = said.a?.details;
  if (details?.reasons === undefined) {
    return details?.gates === undefined
      ? []
      : [lines('Model A: gates not passed', ...details.gates.map(each => `  ${each}`))];
  }
  const rows = [
    { name: 'bias', value: formatScore(details.bias, 4) },
    ...details.reasons.map(each => ({
      name: `${each.feature}${each.value === undefined ? ' (unknown)' : ` ${Number(each.value.toPrecision(4))}`}`,
      value: formatScore(each.logOdds, 4),
    })),
    { name: 'log-odds before calibration', value: formatScore(details.logOdds, 4) },
  ];
  return [table(rows, namedColumns, 'Model A: what each input adds to the log-odds')];
}

function reasonsOfB({ said }: SignalRow): Section[] {
  const scores = Object.entries(said.b?.details.categories ?? {});
  if (scores.length === 0) return [];
  const rows = scores.map(([name, score]) => ({ name, value: formatScore(score, 0) }));
  return [table(rows, namedColumns, 'Model B: categories, 0 to 100')];
}

/** What each model said of one security, and why. */
export function showReport(found: SecuritySignals, modelOf: ModelOf): Report {
  const { row, history } = found;
  const said = history.filter(each => each.model === 'ensemble').slice(-10);
  const abstentions = [
    ...(row.a.signal === undefined ? [`Model A abstains: ${row.a.reason}`] : []),
    ...(row.b.signal === undefined ? [`Model B abstains: ${row.b.reason}`] : []),
    ...(row.conflict ? [`The models conflict: ${row.reason}`] : []),
  ];
  return {
    schema: 'signals/1',
    asOf: row.asOf,
    data: {
      signals: [signalData(row)],
      statistics: statisticsData(ensembleStatistics([row])),
      reasons: {
        bias: row.said.a?.details.bias,
        logOdds: row.said.a?.details.logOdds,
        features: row.said.a?.details.reasons ?? [],
        rankParts: row.said.a?.details.rankParts,
        gates: row.said.a?.details.gates ?? [],
        categories: row.said.b?.details.categories,
      },
      history: history.map(({ asOf, model, version, signal, score, abstained }) => ({
        asOf,
        model,
        version,
        signal,
        score,
        abstained,
      })),
    },
    explain: async () => (await import('../explained-signals.ts')).explainSecurity(found, modelOf),
    sections: [
      lines(`${row.code} ${row.name} · as of ${formatDate(row.asOf)}`),
      table(
        [row],
        columns.filter(column => !['code', 'name', 'reason'].includes(column.field ?? '')),
      ),
      ...(abstentions.length === 0 ? [] : [lines(...abstentions)]),
      ...reasonsOfA(row),
      ...reasonsOfB(row),
      ...(said.length < 2
        ? []
        : [
            lines(
              'Said before',
              ...said.map(
                each => `  ${formatDate(each.asOf)}  ${formatSignal(each.signal)} ${formatScore(each.score)}`,
              ),
            ),
          ]),
    ],
    csv: csvOf([row], columns),
  };
}

const toldOf = (text: string): string | undefined => (text === '' || text === unknown ? undefined : text);

/** One security's votes under each other: the columns of a comparison. */
export function compareReport({ row }: SecuritySignals, modelOf: ModelOf): Report {
  const { a, b, said } = row;
  type Line = { readonly what: string; readonly a: string; readonly b: string; readonly both: string };
  const rows: Line[] = [
    { what: 'Signal', a: formatSignal(a.signal), b: formatSignal(b.signal), both: formatSignal(row.signal) },
    {
      what: 'Score',
      a: formatScore(a.signal && a.probability),
      b: formatScore(b.signal && b.score),
      both: formatScore(row.score),
    },
    {
      what: 'Expected over 21 sessions',
      a: formatShare(a.signal && a.expectedReturn),
      b: `${formatShare(said.b?.expectedReturn)}${said.b?.expectedReturn === undefined ? '' : ' (assumed)'}`,
      both: '',
    },
    {
      what: 'Rank',
      a: String(said.a?.rank ?? unknown),
      b: String(said.b?.rank ?? unknown),
      both: String(row.rank ?? unknown),
    },
    { what: 'Grade', a: '', b: (b.signal && b.grade) ?? unknown, both: '' },
    { what: 'Version', a: said.a?.version ?? unknown, b: said.b?.version ?? unknown, both: '' },
  ];
  const of: readonly Column<Line>[] = [
    { title: '', field: 'figure', text: line => line.what },
    { title: 'Model A', field: 'a', align: 'right', text: line => line.a, value: line => toldOf(line.a) },
    { title: 'Model B', field: 'b', align: 'right', text: line => line.b, value: line => toldOf(line.b) },
    { title: 'Ensemble', field: 'ensemble', align: 'right', text: line => line.both, value: line => toldOf(line.both) },
  ];
  const word = row.conflict
    ? `They conflict: ${row.reason}.`
    : row.agreement
      ? 'They agree.'
      : (row.reason ?? 'One of them says HOLD.');
  return {
    schema: 'signals/1',
    asOf: row.asOf,
    data: { signals: [signalData(row)], statistics: statisticsData(ensembleStatistics([row])) },
    explain: async () => (await import('../explained-signals.ts')).explainSignals([row], modelOf),
    sections: [lines(`${row.code} ${row.name} · as of ${formatDate(row.asOf)}`), table(rows, of), lines(word)],
    csv: csvOf(rows, of),
  };
}
