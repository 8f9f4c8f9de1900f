/** The watched securities as a list: price, change, where the price stands in its year, and a sparkline. */

import { sparkline } from '../chart.ts';
import { toFloat } from '../domain/decimal.ts';
import { harmless } from '../domain/text.ts';
import { direction, formatNumber, formatPrice } from '../format.ts';
import type { PriceRow } from '../usecases/view-watchlist.ts';
import { changeToken, pctCell } from './figures.ts';
import type { ListDefinition } from './list-model.ts';
import { signalCells, signalColumns } from './signal-cells.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

const sparkWidth = 20;
const rangeWidth = 12;

const columns: readonly TableColumn[] = [
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'price', title: 'Price', kind: 'price', priority: 2 },
  { id: 'change', title: 'Day', kind: 'price', priority: 4 },
  { id: 'changePct', title: 'Day %', kind: 'number', priority: 3 },
  { id: 'low', title: '52w low', kind: 'price', priority: 6, group: 'year' },
  { id: 'range', title: 'in range', kind: 'text', priority: 8 },
  { id: 'high', title: '52w high', kind: 'price', priority: 7, group: 'year' },
  { id: 'spark', title: 'last 20 closes', kind: 'text', priority: 9 },
  { id: 'name', title: 'Name', kind: 'name', priority: 5 },
];
const columnsWithSignals: readonly TableColumn[] = columns.flatMap(column =>
  column.id === 'low' ? [...signalColumns(5.5, 10), column] : [column],
);

/** Where the price stands between the year's low and high: `──●───────`. */
function rangeBar(row: PriceRow): string {
  const { low52w: low, high52w: high, price } = row;
  if (low === undefined || high === undefined || price === undefined || high <= low) return '';
  const part = (toFloat(price.price) - low) / (high - low);
  const at = Math.max(0, Math.min(rangeWidth - 1, Math.round(part * (rangeWidth - 1))));
  return `${'─'.repeat(at)}●${'─'.repeat(rangeWidth - 1 - at)}`;
}

function changeCell(row: PriceRow): Cell {
  const token = changeToken(row.change, 4);
  const cents = row.price === undefined || toFloat(row.price.price) >= 2;
  const text = formatPrice(row.change, { sign: true, places: cents ? 2 : 3 });
  return token === undefined || direction(row.change, 4) === '' ? text : { text, token };
}

/** Closes have few decimals as they are; adjusted ones are cut to four. */
const yearPrice = (value: number | undefined): string =>
  formatNumber(value, { places: value !== undefined && value < 2 ? 3 : 2 });

const stale = (row: PriceRow): boolean => row.price?.stale === true;

const nameOf = (row: PriceRow): Cell => {
  const name = harmless(row.note === undefined ? (row.name ?? '') : `${row.name ?? row.code} · ${row.note}`);
  return row.price === undefined ? { text: `no price${name === '' ? '' : ` · ${name}`}`, token: 'warning' } : name;
};

const rowOf = (row: PriceRow): TableRow => ({
  id: row.code,
  cells: {
    code: row.code,
    price: stale(row) ? { text: formatPrice(row.price?.price), dim: true } : formatPrice(row.price?.price),
    change: changeCell(row),
    changePct: pctCell(row.changePct),
    low: yearPrice(row.low52w),
    range: rangeBar(row),
    high: yearPrice(row.high52w),
    ...signalCells(row.said),
    spark: sparkline(row.recent, sparkWidth),
    name: nameOf(row),
  },
});

/** The columns of signals are there once anything was said of what is watched. */
export const watchlistDefinition = (watched: readonly PriceRow[]): ListDefinition<PriceRow> => ({
  columns: watched.every(row => row.said === undefined) ? columns : columnsWithSignals,
  rowOf,
  sorts: [
    { column: 'code', direction: 'ascending', of: row => row.code },
    { column: 'changePct', direction: 'descending', of: row => row.changePct },
    { column: 'price', direction: 'descending', of: row => row.price && toFloat(row.price.price) },
  ],
});
