/**
 * What was said of a security: model A, model B and the ensemble side by side; model B's categories; what was said before
 * on the line of its price; and in a list what model A's word is made of. What a model does not know stands in words.
 */
import { blockChart, brailleChart, type Mark } from '../../chart.ts';
import type { ChartStyle } from '../../config.ts';
import { isBearish, isBullish } from '../../domain/signals/classes.ts';
import { categories, categoryWeights } from '../../domain/signals/quality-anchors.ts';
import { datesInWords, formatCount, formatDate, formatNumber, unknown } from '../../format.ts';
import type { PriceChart } from '../../usecases/view-security.ts';
import type { SecuritySignals, SignalRow } from '../../usecases/view-signals.ts';
import { categoryTitles } from '../../words/fundamentals-words.ts';
import { formatScore, formatShare } from '../../words/signal-words.ts';
import { beside, fitBlock, heading, indent } from '../blocks.ts';
import type { ListModel } from '../list-model.ts';
import { classCell } from '../signal-cells.ts';
import type { ListState } from '../state.ts';
import { measureColumns, type TableColumn, type TableRow, tableLines } from '../table.ts';
import type { Line } from '../text.ts';
import { wrap } from '../wrap.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const gap = 3;
const twoColumnsFrom = 110;
const leftWidth = 50;
const leastList = 7;
const leastChart = 5;
const mostChart = 14;

export function votesTab(
  { row, history }: SecuritySignals,
  chart: PriceChart,
  list: ListModel,
  state: ListState,
  style: ChartStyle,
  { width, height }: Room,
): Line[] {
  if (width >= twoColumnsFrom) {
    const head = [...headLines(row, leftWidth), [], ...categoryLines(row, leftWidth), []];
    const room = { width: leftWidth, height: Math.min(mostChart, height - head.length) };
    const left = fitBlock([...head, ...pastLines(history, chart, style, room)], leftWidth, height);
    const right = listLines(list, state, new Set(), { width: width - leftWidth - gap - margin, height });
    return beside(
      left.map(line => indent(line, margin)),
      right,
      leftWidth + margin,
      gap,
    );
  }
  const above = aboveVotes({ row, history }, chart, style, { width, height });
  return [...above, ...listLines(list, state, new Set(), { width, height: height - above.length })];
}

/** Lines that the list of reasons has of the room of the tab. */
export const votesListHeight = (said: SecuritySignals, chart: PriceChart, { width, height }: Room): number =>
  width >= twoColumnsFrom ? height : height - aboveVotes(said, chart, 'braille', { width, height }).length;

/** The most important first: the votes, then what is there room for. */
function aboveVotes(
  { row, history }: SecuritySignals,
  chart: PriceChart,
  style: ChartStyle,
  { width, height }: Room,
): Line[] {
  const room = width - 2 * margin;
  const lines: Line[] = [...headLines(row, room)];
  const scores = categoryLine(row, room);
  if (lines.length + scores.length + leastList < height) lines.push(...scores);
  const left = height - lines.length - leastList - 1;
  if (left >= leastChart) lines.push(...pastLines(history, chart, style, { width: room, height: Math.min(9, left) }));
  if (lines.length + leastList < height) lines.push([]);
  return lines.map(line => indent(line, margin));
}

const columns: readonly TableColumn[] = [
  { id: 'what', title: '', kind: 'text', priority: 1 },
  { id: 'a', title: 'Model A', kind: 'text', priority: 2 },
  { id: 'b', title: 'Model B', kind: 'text', priority: 3 },
  { id: 'both', title: 'Ensemble', kind: 'text', priority: 1 },
];

/** The votes side by side, and what a model does not know in words. */
function headLines(row: SignalRow, width: number): Line[] {
  const { a, b, said } = row;
  const rows: TableRow[] = [
    {
      id: 'signal',
      cells: { what: 'signal', a: classCell(a.signal), b: classCell(b.signal), both: classCell(row.signal) },
    },
    {
      id: 'score',
      cells: {
        what: 'score',
        a: a.signal === undefined ? unknown : `P ${formatScore(a.probability)}`,
        b: b.signal === undefined ? unknown : `${formatScore(b.score)} · ${b.grade}`,
        both: formatScore(row.score),
      },
    },
    {
      id: 'expected',
      cells: {
        what: '21 d',
        a: a.signal === undefined ? unknown : signedShare(a.expectedReturn),
        b: said.b?.expectedReturn === undefined ? unknown : `${signedShare(said.b.expectedReturn)} assumed`,
        both: '',
      },
    },
    {
      id: 'rank',
      cells: { what: 'rank', a: rank(said.a?.rank), b: rank(said.b?.rank), both: rank(row.rank) },
    },
  ];
  const table = tableLines(measureColumns(columns, rows), rows, { width: width + 3 }).map(withoutGutter);
  const words = notes(row).flatMap(([text, isTrouble]) =>
    wrap(text, width).map((each): Line => [{ text: each, token: isTrouble ? 'warning' : 'dim' }]),
  );
  return [...table, ...words];
}

const withoutGutter = ([first, ...rest]: Line): Line =>
  first === undefined ? [] : [{ ...first, text: first.text.slice(3) }, ...rest];

const rank = (value: number | undefined): string => (value === undefined ? unknown : `#${value}`);
const signedShare = (fraction: number): string => `${fraction > 0 ? '+' : ''}${formatShare(fraction)}`;

/** When, whether they agree, and what is not known. */
function notes({ a, b, said, agreement, conflict, asOf, signal }: SignalRow): (readonly [string, boolean])[] {
  const together = conflict
    ? 'the models conflict, which makes a HOLD'
    : agreement
      ? 'the models agree'
      : signal === undefined
        ? 'the ensemble needs both votes'
        : 'one of them says HOLD, so the score decides';
  const unknowns = said.a?.details.reasons?.filter(each => each.value === undefined).map(each => each.feature) ?? [];
  const gates = said.a?.details.gates ?? [];
  return [
    [`As of ${formatDate(asOf)}: ${together}.`, conflict],
    ...(a.signal === undefined ? [[`Model A abstains: ${datesInWords(a.reason)}.`, true] as const] : []),
    ...(b.signal === undefined ? [[`Model B abstains: ${datesInWords(b.reason)}.`, true] as const] : []),
    ...(a.signal !== undefined && gates.length > 0
      ? [[`No rank: ${datesInWords(gates.join('; '))}.`, false] as const]
      : []),
    ...(unknowns.length > 0 ? [[`Unknown to model A: ${unknowns.join(', ')}.`, false] as const] : []),
  ];
}

const barCells = 16;

/** Model B's categories as bars. */
function categoryLines({ said: { b } }: SignalRow, width: number): Line[] {
  if (b === undefined) return [];
  const covered = b.details.coverage < 1 ? `, ${formatShare(b.details.coverage, 0)} of the score covered` : '';
  return [
    [...heading('Model B'), { text: ` 0 to 100 by category${covered}`, token: 'dim' }],
    ...categories.map((name): Line => {
      const score = b.details.categories[name];
      const filled = score === undefined ? 0 : Math.round((score / 100) * barCells);
      const isWeighed = categoryWeights[name] > 0;
      return [
        { text: categoryTitles[name].padEnd(width > 40 ? 18 : 17), ...(isWeighed ? {} : { token: 'dim' as const }) },
        { text: '█'.repeat(filled), token: isWeighed ? 'chart' : 'dim' },
        { text: '░'.repeat(barCells - filled), token: 'rule' },
        { text: formatNumber(score, { places: 0 }).padStart(5) },
      ];
    }),
  ];
}

/** The same in a line or two. */
function categoryLine({ said: { b } }: SignalRow, width: number): Line[] {
  if (b === undefined || Object.keys(b.details.categories).length === 0) return [];
  const words = categories
    .map(name => `${categoryTitles[name].toLowerCase()} ${formatNumber(b.details.categories[name], { places: 0 })}`)
    .join(' · ');
  return wrap(`Model B: ${words}`, width).map((text): Line => [{ text, token: 'dim' }]);
}

/** Where what the ensemble says turned to another class, on the line of the price. */
function pastLines(
  history: SecuritySignals['history'],
  chart: PriceChart,
  style: ChartStyle,
  { width, height }: Room,
): Line[] {
  if (height < leastChart) return [];
  if (chart.bars.length === 0) return [[{ text: 'no prices of it are stored in this range', token: 'dim' }]];
  const said = history.filter(each => each.model === 'ensemble' && each.signal !== undefined);
  const turns = said.filter((each, index) => each.signal !== said[index - 1]?.signal);
  const places = new Map(chart.bars.map((bar, index) => [bar.date, index]));
  const marks = turns.flatMap(({ asOf, signal }): Mark[] => {
    const index = places.get(asOf);
    if (index === undefined || signal === undefined) return [];
    return [{ index, kind: isBullish(signal) ? 'buy' : isBearish(signal) ? 'sell' : 'hold' }];
  });
  const values = chart.bars.map(bar => bar.close);
  const label = (value: number): string => formatNumber(value, { places: value < 2 ? 3 : 2 });
  const drawn = (style === 'block' ? blockChart : brailleChart)(values, { width, height: height - 1, marks, label });
  return [...drawn.rows, legend(marks.length, said.length)];
}

const legend = (marks: number, said: number): Line =>
  marks === 0
    ? [
        {
          text: said === 0 ? 'the ensemble never had a word on it' : 'what was said lies outside this range',
          token: 'dim',
        },
      ]
    : [
        { text: `${formatCount(marks, 'turn')} to `, token: 'dim' },
        { text: '▲', token: 'gain' },
        { text: ' buy  ', token: 'dim' },
        { text: '▼', token: 'loss' },
        { text: ' sell  ', token: 'dim' },
        { text: '○ hold', token: 'dim' },
      ];
