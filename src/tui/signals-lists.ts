/** The signals of a run as lists: model A's ranked list, model B's grades, the ensemble, and the drift of the inputs. */
import type { Code } from '../domain/market/security.ts';
import { harmless } from '../domain/text.ts';
import { datesInWords, formatNumber, formatPct, unknown } from '../format.ts';
import type { SignalRow } from '../usecases/view-signals.ts';
import { featureTitle, formatShare } from '../words/signal-words.ts';
import { type ListDefinition, type ListRows, listRows } from './list-model.ts';
import { classCell } from './signal-cells.ts';
import { whyA, whyB, whyBoth } from './signal-why.ts';
import type { Cell, TableColumn } from './table.ts';

const fraction = (value: number | undefined, places = 2): string =>
  value === undefined ? unknown : formatNumber(value, { places }).replace(/^(-?)0(?=[.])/, '$1');
const whole = (value: number | undefined): string => (value === undefined ? unknown : String(value));
const signed = (value: number | undefined, places = 2): string =>
  value === undefined ? unknown : formatNumber(value, { places, sign: true });
const dim = (text: string): Cell => ({ text, token: 'dim' });
/** A reason of an abstention is read as one; what speaks for a class is beside it. */
const whyCell = (text: string, isAbstained: boolean): Cell => (isAbstained ? dim(harmless(text)) : harmless(text));

const columnsOfA: readonly TableColumn[] = [
  { id: 'rank', title: '#', kind: 'number', priority: 6 },
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'signal', title: 'Class', kind: 'text', priority: 2 },
  { id: 'probability', title: 'P', kind: 'number', priority: 3 },
  { id: 'expected', title: 'R 21 d', kind: 'number', priority: 4 },
  { id: 'rankScore', title: 'Score', kind: 'number', priority: 5 },
  { id: 'mom_12_1', title: '12-1', kind: 'number', priority: 8, group: 'parts' },
  { id: 'mom_6', title: '6 mo', kind: 'number', priority: 8, group: 'parts' },
  { id: 'weight', title: 'Weight', kind: 'number', priority: 7 },
  { id: 'why', title: 'Why', kind: 'name', priority: 9, min: 14 },
];

/** Weights are of the target portfolio that the ranked list stands for; 0 below its last place. */
const definitionOfA = (weights: ReadonlyMap<Code, number>): ListDefinition<SignalRow> => ({
  columns: columnsOfA,
  rowOf: row => {
    const { a } = row.said;
    const parts = a?.details.rankParts ?? {};
    const isRanked = a?.rank !== undefined;
    return {
      id: row.code,
      cells: {
        rank: isRanked ? whole(a.rank) : dim(unknown),
        code: row.code,
        signal: classCell(a?.signal),
        probability: fraction(a?.score),
        expected: a?.signal === undefined ? unknown : formatPct((a.expectedReturn ?? 0) * 100, { sign: true }),
        rankScore: isRanked ? signed(a.details.rankScore) : unknown,
        mom_12_1: signed(parts['mom_12_1']),
        mom_6: signed(parts['mom_6']),
        weight: weights.has(row.code) ? formatShare(weights.get(row.code), 2) : unknown,
        why: whyCell(whyA(a), a?.signal === undefined),
      },
    };
  },
  sorts: [
    { column: 'rank', direction: 'ascending', of: row => row.said.a?.rank },
    { column: 'probability', direction: 'descending', of: row => row.said.a?.score },
    { column: 'expected', direction: 'descending', of: row => row.said.a?.expectedReturn },
    { column: 'weight', direction: 'descending', of: row => weights.get(row.code) },
    { column: 'code', direction: 'ascending', of: row => row.code },
  ],
});

const columnsOfB: readonly TableColumn[] = [
  { id: 'rank', title: '#', kind: 'number', priority: 5 },
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'signal', title: 'Class', kind: 'text', priority: 2 },
  { id: 'grade', title: 'Grade', kind: 'text', priority: 3 },
  { id: 'score', title: 'Score', kind: 'number', priority: 4 },
  { id: 'profitability', title: 'Profit', kind: 'number', priority: 7, group: 'categories' },
  { id: 'health', title: 'Health', kind: 'number', priority: 7, group: 'categories' },
  { id: 'growth', title: 'Growth', kind: 'number', priority: 7, group: 'categories' },
  { id: 'valuation', title: 'Value', kind: 'number', priority: 7, group: 'categories' },
  { id: 'income', title: 'Income', kind: 'number', priority: 8 },
  { id: 'coverage', title: 'Covered', kind: 'number', priority: 6 },
  { id: 'name', title: 'Name', kind: 'name', priority: 9, min: 14 },
];

const definitionOfB: ListDefinition<SignalRow> = {
  columns: columnsOfB,
  rowOf: row => {
    const { b } = row.said;
    const scores = b?.details.categories ?? {};
    const score = (name: keyof typeof scores): string => formatNumber(scores[name], { places: 0 });
    return {
      id: row.code,
      cells: {
        rank: b?.rank === undefined ? dim(unknown) : whole(b.rank),
        code: row.code,
        signal: classCell(b?.signal),
        grade: b?.details.grade ?? unknown,
        score: fraction(b?.score),
        profitability: score('profitability'),
        health: score('health'),
        growth: score('growth'),
        valuation: score('valuation'),
        income: dim(score('income')),
        coverage: formatShare(b?.details.coverage, 0),
        name: b?.signal === undefined ? whyCell(whyB(b), true) : harmless(row.name),
      },
    };
  },
  sorts: [
    { column: 'score', direction: 'descending', of: row => row.said.b?.score },
    { column: 'grade', direction: 'ascending', of: row => row.said.b?.details.grade },
    { column: 'profitability', direction: 'descending', of: row => row.said.b?.details.categories.profitability },
    { column: 'valuation', direction: 'descending', of: row => row.said.b?.details.categories.valuation },
    { column: 'code', direction: 'ascending', of: row => row.code },
  ],
};

const columnsOfBoth: readonly TableColumn[] = [
  { id: 'rank', title: '#', kind: 'number', priority: 9 },
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'signalA', title: 'Model A', kind: 'text', priority: 4 },
  { id: 'probability', title: 'P', kind: 'number', priority: 7 },
  { id: 'signalB', title: 'Model B', kind: 'text', priority: 5 },
  { id: 'scoreB', title: 'B', kind: 'number', priority: 8 },
  { id: 'grade', title: 'Grade', kind: 'text', priority: 6 },
  { id: 'signal', title: 'Ensemble', kind: 'text', priority: 2 },
  { id: 'score', title: 'Score', kind: 'number', priority: 3 },
  { id: 'why', title: 'Why', kind: 'name', priority: 10, min: 14 },
];

const definitionOfBoth: ListDefinition<SignalRow> = {
  columns: columnsOfBoth,
  rowOf: row => {
    const { a, b } = row;
    return {
      id: row.code,
      cells: {
        rank: row.rank === undefined ? dim(unknown) : whole(row.rank),
        code: row.code,
        signalA: classCell(a.signal),
        probability: fraction(a.signal && a.probability),
        signalB: classCell(b.signal),
        scoreB: fraction(b.signal && b.score),
        grade: (b.signal && b.grade) ?? unknown,
        signal: classCell(row.signal),
        score: fraction(row.score, 3),
        why: whyCell(whyBoth(row), row.signal === undefined),
      },
    };
  },
  sorts: [
    { column: 'score', direction: 'descending', of: row => row.score },
    { column: 'probability', direction: 'descending', of: row => row.a.signal && row.a.probability },
    { column: 'scoreB', direction: 'descending', of: row => row.b.signal && row.b.score },
    { column: 'rank', direction: 'ascending', of: row => row.rank },
    { column: 'code', direction: 'ascending', of: row => row.code },
  ],
};

export const rowsOfA = (rows: readonly SignalRow[], weights: ReadonlyMap<Code, number>): ListRows<SignalRow> =>
  listRows(definitionOfA(weights), rows);
export const rowsOfB = (rows: readonly SignalRow[]): ListRows<SignalRow> => listRows(definitionOfB, rows);
export const rowsOfBoth = (rows: readonly SignalRow[]): ListRows<SignalRow> => listRows(definitionOfBoth, rows);

const columnsOfDrift: readonly TableColumn[] = [
  { id: 'code', title: 'Input', kind: 'text', priority: 1 },
  { id: 'psi', title: 'PSI', kind: 'number', priority: 2 },
  { id: 'band', title: 'Band', kind: 'text', priority: 3 },
  { id: 'usual', title: 'Usual 95%', kind: 'number', priority: 5 },
  { id: 'says', title: '', kind: 'text', priority: 4 },
  { id: 'name', title: 'What it is', kind: 'name', priority: 6, min: 14 },
];

/** A reading as the run stored it. */
export type Reading = {
  readonly input: string;
  readonly psi: number | undefined;
  readonly band: 'stable' | 'moderate' | 'large' | undefined;
  readonly usual: number | undefined;
  readonly drifting: boolean;
  readonly reason: string | undefined;
};

const wordsOfReading = ({ drifting, reason, psi, band }: Reading): Cell =>
  drifting
    ? { text: 'drifting', token: 'warning', bold: true }
    : psi === undefined
      ? dim('not judged')
      : dim(reason !== undefined ? 'not judged' : band === 'large' ? 'large, and usual' : '');

export const rowsOfDrift = (readings: readonly Reading[]): ListRows<Reading> =>
  listRows(
    {
      columns: columnsOfDrift,
      rowOf: reading => ({
        id: reading.input,
        cells: {
          code: reading.input,
          psi: formatNumber(reading.psi, { places: 3 }),
          band: reading.band === 'large' ? { text: 'large', token: 'warning' } : (reading.band ?? unknown),
          usual: formatNumber(reading.usual, { places: 3 }),
          says: wordsOfReading(reading),
          name: dim(featureTitle(reading.input)),
        },
      }),
      sorts: [
        { column: 'psi', direction: 'descending', of: reading => reading.psi },
        { column: 'usual', direction: 'descending', of: reading => reading.usual },
        { column: 'code', direction: 'ascending', of: reading => reading.input },
      ],
    },
    readings,
  );

/** What stands beneath a list of the selected row, whole. */
export function wordsOfRow(row: SignalRow, tab: 'modelA' | 'modelB' | 'ensemble'): string {
  const why = tab === 'modelA' ? whyOfA(row) : tab === 'modelB' ? whyOfB(row) : whyBoth(row);
  return `${row.code} ${harmless(row.name)}: ${why}`;
}

function whyOfA({ said: { a } }: SignalRow): string {
  const gates = a?.details.gates ?? [];
  const unranked = a?.signal === undefined || gates.length === 0 ? '' : `; no rank: ${datesInWords(gates.join('; '))}`;
  return `${whyA(a)}${unranked}`;
}

function whyOfB({ said: { b } }: SignalRow): string {
  if (b?.signal === undefined) return whyB(b);
  return `grade ${b.details.grade}, ${whyB(b)}; expected ${formatShare(b.expectedReturn)} over 21 sessions, an assumption`;
}
