/** Dashboard: how much, how it moved, what needs attention. */

import { blockChart, brailleChart } from '../../chart.ts';
import type { ChartStyle } from '../../config.ts';
import { countAhead } from '../../domain/ledger/ahead.ts';
import { isPricedOn } from '../../domain/ledger/holding.ts';
import {
  formatCount,
  formatDateShort,
  formatDay,
  formatDollars,
  formatFinancialYear,
  formatMoney,
  formatNoChange,
  formatPrice,
} from '../../format.ts';
import type { IncomeSummary } from '../../usecases/view-dashboard.ts';
import { beside, fitBlock, heading, indent, inline } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import { changeSpans, dayChangeOf, moneyChange, pctChange, shortDollars } from '../figures.ts';
import { needRows } from '../need-rows.ts';
import { rangeLine } from '../range-line.ts';
import type { State } from '../state.ts';
import { measureColumns, type TableColumn, type TableRow, tableLines } from '../table.ts';
import { type Line, lineWidth } from '../text.ts';
import type { DashboardModel } from '../views.ts';
import { signalLines } from './dashboard-signals.ts';
import { emptyPortfolio } from './empty.ts';

type Room = { readonly width: number; readonly height: number };

const twoColumnsFrom = 110;
const needsWidth = 42;
const gap = 3;
const margin = 2;
const fewMovers = 5;
const leastChart = 4;
const mostChart = 24;
/** Lines that what needs attention keeps above the signals. */
const leastNeeds = 6;

export function dashboardScreen(
  model: DashboardModel,
  state: State,
  style: ChartStyle,
  { width, height }: Room,
): Line[] {
  if (model.portfolio.holdings.length === 0) {
    const words = 'The Dashboard shows what your portfolio is worth, how it moved, and what needs you.';
    return fitBlock([ruleLine(width), ...emptyPortfolio(words, width)], width, height);
  }
  const top = [ruleLine(width), ...headline(model, width), []];
  const room = { width: width - 2 * margin, height: height - top.length };
  const body =
    room.width >= twoColumnsFrom - 2 * margin ? wide(model, state, style, room) : narrow(model, state, style, room);
  return fitBlock([...top, ...body.map(line => indent(line, margin))], width, height);
}

const labelled = (label: string, spans: Line): Line => [{ text: `${label} `, token: 'dim' }, ...spans];

const fullWidth = (parts: readonly Line[]): number =>
  parts.reduce((sum, part) => sum + lineWidth(part), 3 * (parts.length - 1));

/** The value, then today, gain and cash: in one line, or in two where the terminal is narrow. */
function headline({ portfolio }: DashboardModel, width: number): Line[] {
  const { totals } = portfolio;
  const cash: Line = totals.cash === undefined ? [] : [{ text: ` + ${formatMoney(totals.cash)} cash`, token: 'dim' }];
  const value: Line = [{ text: formatDollars(totals.value), bold: true }, ...cash];
  const today = formatDay(portfolio.sessionDay, portfolio.asOf);
  const day: Line =
    totals.moved === 0
      ? [{ text: formatNoChange(today, isPricedOn(portfolio.holdings, portfolio.sessionDay)), token: 'dim' }]
      : labelled(today, dayChangeOf(totals));
  const gain = labelled('gain', changeSpans(totals.gain, totals.gainPct, 1));
  const unpriced: Line[] = totals.unpriced > 0 ? [[{ text: `${totals.unpriced} unpriced`, token: 'warning' }]] : [];
  const parts = [value, day, gain, ...unpriced];
  const room = width - 2 * margin;
  for (const between of [8, 5, 3]) {
    const line = inline(parts, room, between);
    const whole = parts.reduce((sum, part) => sum + lineWidth(part), between * (parts.length - 1));
    if (lineWidth(line) === whole) return [indent(line, margin)];
  }
  // Of how many holdings the change is gives way to the gain.
  const brief = totals.moved === 0 ? day : labelled(today, changeSpans(totals.dayChange, totals.dayChangePct));
  const short = [brief, gain, ...unpriced];
  const second = [parts.slice(1), short]
    .map(list => inline(list, room))
    .find(line => lineWidth(line) >= fullWidth(short));
  return [inline([value], room), second ?? inline(short, room)].map(line => indent(line, margin));
}

/** The value at each close. While nothing has a price a line of cash alone would mislead. */
function chartLines({ series, portfolio }: DashboardModel, style: ChartStyle, { width, height }: Room): Line[] {
  if (portfolio.totals.value === undefined) {
    const words = 'The chart appears with the first prices.';
    return fitBlock([[], [{ text: words, token: 'dim' }]], width, height);
  }
  const values = (series?.points ?? []).map(point => point.value);
  const options = { width, height, baseline: values.find(value => value !== undefined), label: shortDollars };
  return [...(style === 'block' ? blockChart : brailleChart)(values, options).rows];
}

/** The ranges, and what the line above is of. */
function captionLine({ series, portfolio }: DashboardModel, state: State, width: number): Line {
  const what = portfolio.totals.cash === undefined ? 'value of holdings' : 'value of holdings and cash';
  const without = series === undefined || series.excluded.length === 0 ? '' : `, without ${series.excluded.join(', ')}`;
  const ahead = countAhead(portfolio.entries, portfolio.asOf);
  const words: Line[] = [[{ text: what + without, token: 'dim' }]];
  if (ahead > 0) words.unshift([{ text: `without ${formatCount(ahead, 'later entry')}`, token: 'warning' }]);
  return inline([rangeLine(state.range), ...words], width);
}

function needLines(model: DashboardModel, width: number, height: number): Line[] {
  const { extras } = model;
  if (extras.needs.length === 0) return [heading('Needs you'), [{ text: 'nothing right now', token: 'dim' }]];
  const all = extras.needs.map(need => needRows(need, model.portfolio.asOf, width));
  const rowsOf = (count: number): number => all.slice(0, count).reduce((sum, rows) => sum + rows.length, 0);
  let count = all.length;
  while (count > 0 && rowsOf(count) + 1 + (count < all.length ? 1 : 0) > height) count -= 1;
  const more: Line[] =
    count < all.length
      ? [[{ text: `  ${all.length - count}${count > 0 ? ' more' : ''}: n shows them`, token: 'dim' }]]
      : [];
  return [heading('Needs you'), ...all.slice(0, count).flat(), ...more];
}

const moverColumns: readonly TableColumn[] = [
  { id: 'code', title: '', kind: 'text', priority: 1 },
  { id: 'price', title: '', kind: 'price', priority: 3 },
  { id: 'pct', title: '', kind: 'number', priority: 2 },
  { id: 'change', title: '', kind: 'number', priority: 4 },
];

/** A table without its title line and without room for a selection. */
const bare = (columns: readonly TableColumn[], rows: readonly TableRow[], width: number): Line[] =>
  tableLines(measureColumns(columns, rows), rows, { width: width + 3 })
    .slice(1)
    .map(([first, ...rest]) => (first === undefined ? [] : [{ ...first, text: first.text.slice(3) }, ...rest]));

function moverLines({ extras, portfolio }: DashboardModel, width: number, count = fewMovers): Line[] {
  const day = formatDay(portfolio.sessionDay, portfolio.asOf);
  const title = `Movers ${day}`;
  const rows = extras.movers.slice(0, count).map(
    (row): TableRow => ({
      id: row.code,
      cells: {
        code: row.code,
        price: formatPrice(row.price?.price),
        pct: pctChange(row.dayChangePct),
        change: moneyChange(row.dayChange),
      },
    }),
  );
  if (rows.length === 0) {
    const words =
      portfolio.totals.moved === 0
        ? formatNoChange(day, isPricedOn(portfolio.holdings, portfolio.sessionDay))
        : 'nothing has moved';
    return [heading(title), [{ text: words, token: 'dim' }]];
  }
  return [heading(title), ...bare(moverColumns, rows, width)];
}

const incomeColumns: readonly TableColumn[] = [
  { id: 'label', title: '', kind: 'text', priority: 1 },
  { id: 'amount', title: '', kind: 'number', priority: 2 },
  { id: 'note', title: '', kind: 'text', priority: 3 },
];

function incomeLines({ extras: { income } }: DashboardModel, width: number): Line[] {
  const rows: TableRow[] = [
    { id: 'received', cells: { label: 'received', amount: formatMoney(income.received) } },
    { id: 'franking', cells: { label: 'franking', amount: formatMoney(income.franking), note: frankingNote(income) } },
  ];
  if (income.next !== undefined) {
    const { code, on, amount } = income.next;
    const note = `${code} on ${formatDateShort(on)}`;
    rows.push({
      id: 'next',
      cells: { label: 'next', amount: formatMoney(amount), note: { text: note, token: 'dim' } },
    });
  }
  return [heading(`Income ${formatFinancialYear(income.financialYear)}`), ...bare(incomeColumns, rows, width)];
}

const frankingNote = ({ unknownFranking }: IncomeSummary): string =>
  unknownFranking === 0 ? '' : `${unknownFranking} unknown`;

/** Chart, movers and income at the left, what needs attention at the right, and beneath it the signals. */
function wide(model: DashboardModel, state: State, style: ChartStyle, { width, height }: Room): Line[] {
  const leftWidth = width - needsWidth - gap;
  const half = Math.floor((leftWidth - gap) / 2);
  // The chart has an end; what is left beneath it is for more of the movers.
  const movers = moverLines(model, half, Math.max(fewMovers, height - mostChart - 4));
  const below = beside(movers, incomeLines(model, half), half, gap);
  const chartHeight = Math.max(leastChart, Math.min(mostChart, height - 3 - below.length));
  const left = [
    ...chartLines(model, style, { width: leftWidth, height: chartHeight }),
    captionLine(model, state, leftWidth),
    [],
    ...below,
  ];
  const signals = signalLines(model.portfolio, needsWidth);
  const isShown = signals.length > 0 && height - signals.length - 1 >= leastNeeds;
  const needs = needLines(model, needsWidth, isShown ? height - signals.length - 1 : height);
  return beside(left, isShown ? [...needs, [], ...signals] : needs, leftWidth, gap);
}

/** All under each other, the most important kept: chart, what needs attention, movers and income. */
function narrow(model: DashboardModel, state: State, style: ChartStyle, { width, height }: Room): Line[] {
  const paired = width >= 70;
  const half = paired ? Math.floor((width - gap) / 2) : width;
  const movers = moverLines(model, half);
  const below = paired ? beside(movers, incomeLines(model, half), half, gap) : movers;
  const needs = needLines(model, width, height < 20 ? 4 : 7);
  const parts: Line[] = [];
  let left = height - leastChart - 1;
  const signals = signalLines(model.portfolio, width);
  for (const part of [needs, below, ...(paired ? [] : [incomeLines(model, width)]), signals]) {
    if (part.length === 0 || part.length + 1 > left) continue;
    parts.push([], ...part);
    left -= part.length + 1;
  }
  const chartHeight = Math.max(0, Math.min(mostChart, height - 1 - parts.length));
  return [...chartLines(model, style, { width, height: chartHeight }), captionLine(model, state, width), ...parts];
}
