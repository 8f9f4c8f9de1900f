/** Holdings: every security held, what it is worth and how it moved; beside it, where there is room, its parcels. */
import type { Money } from '../../domain/decimal.ts';
import type { Holding } from '../../domain/ledger/holding.ts';
import { harmless } from '../../domain/text.ts';
import { datesInWords, formatDate, formatMoney, formatPrice, formatUnits } from '../../format.ts';
import type { PortfolioView } from '../../usecases/view-portfolio.ts';
import { parcelRow } from '../../usecases/view-security.ts';
import { beside, fitBlock, heading, inline } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import { changeSpans, dayChangeOf, moneyChange, pctChange } from '../figures.ts';
import { selectedId } from '../list-model.ts';
import type { State } from '../state.ts';
import { measureColumns, type TableColumn, type TableRow, tableLines, wholeWidth } from '../table.ts';
import { type Line, shorten } from '../text.ts';
import type { HoldingsModel } from '../views.ts';
import { wrap } from '../wrap.ts';
import { emptyPortfolio } from './empty.ts';
import { filterTitle } from './filter-title.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };

const paneWidth = 42;
const gap = 2;
/** The totals and the rule above the list. */
const above = 2;

/** Lines that the list has of the screen's room. */
export const holdingsListHeight = (height: number): number => height - above;

const labelled = (label: string, spans: Line): Line => [{ text: `${label} `, token: 'dim' }, ...spans];

/** Value, today and gain of the portfolio, as far as there is room. */
export function totalsLine({ totals }: PortfolioView, width: number): Line {
  const whole: readonly (Line | undefined)[] = [
    labelled('Value', [{ text: formatMoney(totals.value), bold: true }]),
    labelled('Day', dayChangeOf(totals)),
    labelled('Gain', changeSpans(totals.gain, totals.gainPct, 1)),
    totals.unpriced > 0 ? [{ text: `${totals.unpriced} unpriced`, token: 'warning' }] : undefined,
    totals.cash === undefined ? undefined : labelled('Cash', [{ text: formatMoney(totals.cash) }]),
  ];
  const parts = whole.filter((part): part is Line => part !== undefined);
  return [{ text: '  ' }, ...inline(parts, width - 3)];
}

export function holdingsScreen(model: HoldingsModel, state: State, { width, height }: Room): Line[] {
  const { portfolio, list } = model;
  if (portfolio.holdings.length === 0) {
    const words = 'Holdings lists every security you hold: units, cost, price, value and gain.';
    return fitBlock([ruleLine(width), ...emptyPortfolio(words, width)], width, height);
  }
  const own = state.lists.holdings;
  // The table's columns come first.
  const withPane = width - paneWidth - gap >= wholeWidth(list.columns);
  const listWidth = withPane ? width - paneWidth - gap : width;
  const listHeight = holdingsListHeight(height);
  const lines = listLines(list, own, state.tinted, { width: listWidth, height: listHeight });
  const chosen = selectedId(list, own);
  const holding = portfolio.holdings.find(row => row.code === chosen);
  const pane = withPane && holding !== undefined ? holdingPane(holding, paneWidth, listHeight) : [];
  const body = withPane ? beside(lines, pane, listWidth, gap) : lines;
  return fitBlock([totalsLine(portfolio, width), ruleLine(width, filterTitle(list, own)), ...body], width, height);
}

const parcelColumns: readonly TableColumn[] = [
  { id: 'acquired', title: 'Acquired', kind: 'text', priority: 1 },
  { id: 'units', title: 'Units', kind: 'number', priority: 2 },
  { id: 'gain', title: 'Gain', kind: 'number', priority: 3 },
  { id: 'cost', title: 'Cost base', kind: 'number', priority: 4 },
];

const fact = (label: string, spans: Line): Line => [{ text: label.padEnd(12), token: 'dim' }, ...spans];
const figure = (value: Money | undefined): Line => [{ text: formatMoney(value) }];

/** The selected holding: its figures, then its parcels, oldest first, as many as there is room for. */
function holdingPane(row: Holding, width: number, height: number): Line[] {
  const name = harmless(row.name ?? '');
  const facts: Line[] = [
    [...heading(row.code), { text: shorten(` ${name}`, width - row.code.length) }],
    fact('price', [{ text: formatPrice(row.price?.price) }]),
    fact('cost base', [...figure(row.costBase), { text: ` at ${formatPrice(row.averageCost)}`, token: 'dim' }]),
    fact('value', figure(row.value)),
    fact(
      'gain',
      row.gain === undefined ? figure(undefined) : [moneyChange(row.gain), { text: ' ' }, pctChange(row.gainPct, 1)],
    ),
    ...wrap(datesInWords(harmless(row.price?.reason ?? '')), width).map((text): Line => [{ text, token: 'warning' }]),
    [],
  ];
  const rows: TableRow[] = row.parcels.map(parcel => {
    const { gain } = parcelRow(parcel, row.price);
    return {
      id: parcel.id,
      cells: {
        acquired: formatDate(parcel.acquiredOn),
        units: formatUnits(parcel.units),
        cost: formatMoney(parcel.cost),
        gain: moneyChange(gain),
      },
    };
  });
  const room = Math.max(0, height - facts.length - 1);
  const shown = rows.length > room ? rows.slice(0, Math.max(0, room - 1)) : rows;
  const table = tableLines(measureColumns(parcelColumns, rows), shown, { width: width + 3 }).map(withoutGutter);
  const more: Line[] =
    shown.length < rows.length ? [[{ text: `and ${rows.length - shown.length} more parcels`, token: 'dim' }]] : [];
  return [...facts, ...table, ...more];
}

/** Tables begin with room for a selection mark; a pane has none. */
const withoutGutter = ([first, ...rest]: Line): Line =>
  first === undefined ? [] : [{ ...first, text: first.text.replace(/^ {3}/, '') }, ...rest];
