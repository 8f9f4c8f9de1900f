/** The holdings as a list: which columns, kept in which order as the terminal narrows, and what they sort by. */
import { toFloat } from '../domain/decimal.ts';
import type { Holding, HoldingTotals } from '../domain/ledger/holding.ts';
import type { Code } from '../domain/market/security.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';
import { harmless } from '../domain/text.ts';
import { formatCount, formatMoney, formatPct, formatPrice, formatUnits } from '../format.ts';
import { moneyChange, pctCell } from './figures.ts';
import type { ListDefinition } from './list-model.ts';
import { signalCells, signalColumns } from './signal-cells.ts';
import type { Cell, TableColumn, TableRow } from './table.ts';

const columns: readonly TableColumn[] = [
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'units', title: 'Units', kind: 'number', priority: 6 },
  { id: 'averageCost', title: 'Avg cost', kind: 'price', priority: 12 },
  { id: 'costBase', title: 'Cost base', kind: 'number', priority: 9 },
  { id: 'price', title: 'Price', kind: 'price', priority: 5 },
  { id: 'value', title: 'Value', kind: 'number', priority: 2 },
  { id: 'weight', title: 'Weight', kind: 'number', priority: 11 },
  { id: 'dayChange', title: 'Day', kind: 'number', priority: 10 },
  { id: 'dayChangePct', title: 'Day %', kind: 'number', priority: 3 },
  { id: 'gain', title: 'Gain', kind: 'number', priority: 7 },
  { id: 'gainPct', title: 'Gain %', kind: 'number', priority: 4 },
  { id: 'name', title: 'Name', kind: 'name', priority: 8 },
];
const columnsWithSignals: readonly TableColumn[] = columns.flatMap(column =>
  column.id === 'name' ? [...signalColumns(8.5, 13), column] : [column],
);

type Signals = ReadonlyMap<Code, ShortSignal>;

/** Of a price that is old, dimmed. */
const aged = (text: string, stale: boolean): Cell => (stale ? { text, dim: true } : text);

/** A holding without a price says so where its name would be. */
const nameOf = (row: Holding): Cell =>
  row.price === undefined
    ? { text: row.name === undefined ? 'no price' : `no price · ${harmless(row.name)}`, token: 'warning' }
    : harmless(row.name ?? '');

const rowOf = (row: Holding, signals: Signals): TableRow => ({
  id: row.code,
  cells: {
    code: row.code,
    units: formatUnits(row.units),
    averageCost: formatPrice(row.averageCost, { places: 4 }),
    costBase: formatMoney(row.costBase),
    price: aged(formatPrice(row.price?.price), row.price?.stale === true),
    value: aged(formatMoney(row.value), row.price?.stale === true),
    weight: formatPct(row.weightPct),
    dayChange: moneyChange(row.dayChange),
    dayChangePct: pctCell(row.dayChangePct),
    gain: moneyChange(row.gain),
    gainPct: pctCell(row.gainPct, 1),
    ...signalCells(signals.get(row.code)),
    name: nameOf(row),
  },
});

/** The columns of signals are there once anything was said of a holding. */
export const holdingsDefinition = (signals: Signals): ListDefinition<Holding> => ({
  columns: signals.size === 0 ? columns : columnsWithSignals,
  rowOf: row => rowOf(row, signals),
  sorts: [
    { column: 'value', direction: 'descending', of: row => row.value && toFloat(row.value) },
    { column: 'dayChangePct', direction: 'descending', of: row => row.dayChangePct },
    { column: 'gainPct', direction: 'descending', of: row => row.gainPct },
    { column: 'code', direction: 'ascending', of: row => row.code },
  ],
});

/** The row beneath the list: of all holdings, or of those that a filter leaves, which it then says. */
export function totalsRow(totals: HoldingTotals, all = totals): TableRow {
  const count = totals.priced + totals.unpriced;
  const whole = all.priced + all.unpriced;
  return {
    id: 'total',
    bold: true,
    cells: {
      code: count < whole ? 'Shown' : 'Total',
      costBase: formatMoney(totals.costBase),
      value: formatMoney(totals.value),
      dayChange: moneyChange(totals.dayChange),
      dayChangePct: pctCell(totals.dayChangePct),
      gain: moneyChange(totals.gain),
      gainPct: pctCell(totals.gainPct, 1),
      name: count < whole ? `${count} of ${whole}` : formatCount(count, 'holding'),
    },
  };
}
