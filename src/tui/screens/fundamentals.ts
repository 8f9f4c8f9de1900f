/**
 * The fundamentals of a company: the grade, its categories as bars, the Piotroski score and the years at the left, every
 * metric in a list beside them; on a narrow terminal beneath.
 */
import { blockChart, brailleChart, sparkline } from '../../chart.ts';
import type { ChartStyle } from '../../config.ts';
import { type YearFigure, yearFigures } from '../../domain/fundamentals/yearly-history.ts';
import { gradeWords } from '../../domain/signals/model-b.ts';
import { categories } from '../../domain/signals/quality-anchors.ts';
import { datesInWords, formatDate, formatNumber, formatPct, unknown } from '../../format.ts';
import type { FundamentalsView } from '../../usecases/view-fundamentals.ts';
import { categoryTitles, formatMillions, formatScore } from '../../words/fundamentals-words.ts';
import { beside, fitBlock, heading, indent, inline } from '../blocks.ts';
import type { ListModel } from '../list-model.ts';
import type { ListState } from '../state.ts';
import { displayWidth, type Line } from '../text.ts';
import { wrap } from '../wrap.ts';
import { paragraph } from './empty.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const gap = 3;
const twoColumnsFrom = 110;
const leftWidth = 42;
/** From here on the years stand beside the bars, where the list is beneath. */
const yearsBesideFrom = 76;
const labelWidth = 17;
/** Lines that a list beneath should have, its title included. */
const leastList = 6;

export function fundamentalsTab(
  view: FundamentalsView,
  list: ListModel,
  state: ListState,
  style: ChartStyle,
  { width, height }: Room,
): Line[] {
  if (width >= twoColumnsFrom) {
    const left = [
      ...gradeLines(view, leftWidth),
      [],
      ...barLines(view, leftWidth),
      [],
      ...yearCharts(view, style, { width: leftWidth, height: height - 12 }),
    ];
    const right = listLines(list, state, new Set(), { width: width - leftWidth - gap - margin, height });
    const column = fitBlock(left, leftWidth, height).map(line => indent(line, margin));
    return beside(column, right, leftWidth + margin, gap);
  }
  const above = aboveLines(view, { width, height });
  return [...above, ...listLines(list, state, new Set(), { width, height: height - above.length })];
}

/** Lines above the list of metrics. */
export const aboveMetrics = (view: FundamentalsView, room: Room): number =>
  room.width >= twoColumnsFrom || view.shape !== 'company' ? 0 : aboveLines(view, room).length;

function aboveLines(view: FundamentalsView, { width, height }: Room): Line[] {
  const room = width - 2 * margin;
  const grade = gradeLines(view, room).map(line => indent(line, margin));
  const half = Math.floor((room - gap) / 2);
  const bars =
    width >= yearsBesideFrom
      ? beside(barLines(view, half), yearLines(view, half), half, gap)
      : [...barLines(view, room), ...(height > 24 ? [[], ...yearLines(view, room)] : [])];
  const body = bars.map(line => indent(line, margin));
  const whole = [...grade, ...body, []];
  // What does not leave room for the list goes: the bars' numbers are in the list's explanations too.
  return whole.length + leastList <= height ? whole : grade;
}

/** A fund, or an answer with nothing in it. */
export const noCompany = ({ quality, shape }: FundamentalsView, width: number): Line[] => [
  [],
  ...paragraph(
    shape === 'fund'
      ? 'This is a fund: it has no statements of its own, so there is no grade. Its price and what it distributes are on the other tabs.'
      : `There is no grade: ${quality.abstained ?? 'nothing is known'}. f asks again.`,
    width,
  ),
];

function gradeLines({ quality, piotroski, periodTo, periodNote }: FundamentalsView, width: number): Line[] {
  const { grade, score, coverage, abstained } = quality;
  const dim = (text: string): Line => [{ text, token: 'dim' }];
  const nine =
    piotroski === undefined
      ? 'Piotroski n/a'
      : piotroski.score === undefined
        ? `Piotroski ${piotroski.passed} of ${piotroski.known} known`
        : `Piotroski ${piotroski.score} of 9`;
  const facts = [
    dim(nine),
    ...(periodTo === undefined ? [] : [dim(`year to ${formatDate(periodTo)}`)]),
    ...(coverage < 1 && grade !== undefined ? [dim(`${formatPct(coverage * 100, { places: 0 })} covered`)] : []),
  ];
  const note = periodNote === undefined ? [] : wrap(datesInWords(periodNote), width).map(dim);
  if (grade === undefined) {
    return [
      heading('No grade'),
      ...wrap(datesInWords(abstained ?? ''), width).map((text): Line => [{ text }]),
      inline(facts, width),
    ];
  }
  const big: Line = [
    { text: grade, bold: true, token: 'accent' },
    { text: `  ${gradeWords[grade]}  ` },
    { text: formatScore(score), bold: true },
  ];
  const one = inline([big, ...facts], width);
  return width >= 60 ? [one, ...note] : [big, inline(facts, width), ...note];
}

const full = '█';
const empty = '░';

/** `Valuation        ██████████░░░░░░   66`. */
function barLines({ quality }: FundamentalsView, width: number): Line[] {
  const cells = Math.max(6, Math.min(24, width - labelWidth - 5));
  return categories.map((category): Line => {
    const { score } = quality.categories[category];
    const filled = score === undefined ? 0 : Math.round((score / 100) * cells);
    const isWeighed = category !== 'income';
    return [
      { text: categoryTitles[category].padEnd(labelWidth), ...(isWeighed ? {} : { token: 'dim' as const }) },
      { text: full.repeat(filled), token: isWeighed ? 'chart' : 'dim' },
      { text: empty.repeat(cells - filled), token: 'rule' },
      { text: (score === undefined ? unknown : formatNumber(score, { places: 0 })).padStart(5) },
    ];
  });
}

const yearTitles: Readonly<Record<YearFigure, string>> = {
  revenue: 'Revenue',
  netIncome: 'Net income',
  eps: 'EPS',
  dividends: 'Dividends',
};

const formatYear = (figure: YearFigure, value: number | undefined): string =>
  figure === 'revenue' || figure === 'netIncome' ? formatMillions(value) : formatNumber(value, { places: 3 });

const valuesOf = ({ years }: FundamentalsView, figure: YearFigure): (number | undefined)[] =>
  years.map(year => year[figure].value);

function yearsHeading({ years }: FundamentalsView): Line {
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return [{ text: 'no full years are told', token: 'dim' }];
  const span = `${first.endsOn.slice(0, 4)} to ${last.endsOn.slice(0, 4)}`;
  const currency = last.currency === undefined ? '' : `, ${last.currency}`;
  return [{ text: `Years ${span}${currency}`, token: 'dim' }];
}

/** A line a figure: its years as a sparkline, and the last one. */
function yearLines(view: FundamentalsView, width: number): Line[] {
  if (view.years.length === 0) return [yearsHeading(view)];
  const cells = 2 * view.years.length;
  return [
    yearsHeading(view),
    ...yearFigures.map((figure): Line => {
      const values = valuesOf(view, figure);
      const last = formatYear(figure, values.at(-1));
      const line: Line = [
        { text: yearTitles[figure].padEnd(12), token: 'dim' },
        { text: sparkline(values, cells), token: 'chart' },
      ];
      const room = width - 12 - cells - 2;
      return displayWidth(last) > room ? line : [...line, { text: `  ${last.padStart(Math.min(room, 12))}` }];
    }),
  ];
}

const chartLines = 3;

/** As small charts where there is height for them, else as lines. */
function yearCharts(view: FundamentalsView, style: ChartStyle, { width, height }: Room): Line[] {
  if (view.years.length < 2 || height < 1 + yearFigures.length * (chartLines + 1)) return yearLines(view, width);
  const draw = style === 'block' ? blockChart : brailleChart;
  return [
    yearsHeading(view),
    ...yearFigures.flatMap((figure): Line[] => {
      const values = valuesOf(view, figure);
      if (values.every(value => value === undefined))
        return [[{ text: `${yearTitles[figure]} unknown`, token: 'dim' }]];
      const label = (value: number): string => formatYear(figure, value);
      const { rows } = draw(values, { width, height: chartLines, label });
      return [[{ text: yearTitles[figure], token: 'dim' }], ...rows];
    }),
  ];
}
