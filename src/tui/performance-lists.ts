/** Months, financial years and what each holding contributed, as lists. */
import { type Cents, toMoney } from '../domain/returns/cents.ts';
import { type Period, totalProfit } from '../domain/returns/periods.ts';
import type { Contribution } from '../domain/returns/portfolio-days.ts';
import { knownProfit } from '../domain/returns/portfolio-days.ts';
import { formatMoney, unknown } from '../format.ts';
import { moneyChange, pctCell } from './figures.ts';
import { type ListModel, listRows, plainList } from './list-model.ts';
import type { TableColumn, TableRow } from './table.ts';

const amount = (cents: Cents): string => formatMoney(toMoney(cents));
const change = (cents: Cents) => moneyChange(toMoney(cents));
const changeOrUnknown = (cents: Cents | undefined) => (cents === undefined ? unknown : change(cents));
const total = <Row>(rows: readonly Row[], of: (row: Row) => Cents): Cents =>
  rows.reduce((sum, row) => sum + of(row), 0);

const periodColumns = (title: string): TableColumn[] => [
  { id: 'name', title, kind: 'text', priority: 1 },
  { id: 'start', title: 'Start', kind: 'number', priority: 7 },
  { id: 'in', title: 'In', kind: 'number', priority: 5, group: 'flows' },
  { id: 'out', title: 'Out', kind: 'number', priority: 6, group: 'flows' },
  { id: 'income', title: 'Income', kind: 'number', priority: 4 },
  { id: 'profit', title: 'Profit', kind: 'number', priority: 3 },
  { id: 'return', title: 'Return %', kind: 'number', priority: 2 },
  { id: 'end', title: 'End', kind: 'number', priority: 8 },
];

/** The periods, newest first, with what they sum to. */
export function periodList(periods: readonly Period[], which: 'months' | 'years'): ListModel {
  const rowOf = (row: Period): TableRow => ({
    id: row.name,
    cells: {
      name: which === 'years' ? `FY${row.name}` : row.name,
      start: amount(row.startValue),
      in: amount(row.inflow),
      out: amount(row.outflow),
      income: amount(row.income),
      profit: changeOrUnknown(knownProfit(row)),
      return: pctCell(row.timeWeighted === undefined ? undefined : row.timeWeighted * 100),
      end: row.isValued ? amount(row.endValue) : unknown,
    },
  });
  const totals: TableRow = {
    id: 'total',
    bold: true,
    cells: {
      name: 'Total',
      in: amount(total(periods, row => row.inflow)),
      out: amount(total(periods, row => row.outflow)),
      income: amount(total(periods, row => row.income)),
      profit: changeOrUnknown(totalProfit(periods)),
    },
  };
  const columns = periodColumns(which === 'years' ? 'Year' : 'Month');
  return plainList(listRows({ columns, rowOf, sorts: [] }, periods.toReversed(), totals));
}

const contributionColumns: readonly TableColumn[] = [
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'price', title: 'Price', kind: 'number', priority: 3 },
  { id: 'income', title: 'Income', kind: 'number', priority: 4 },
  { id: 'costs', title: 'Costs', kind: 'number', priority: 5 },
  { id: 'profit', title: 'Profit', kind: 'number', priority: 2 },
  { id: 'start', title: 'Start', kind: 'number', priority: 7 },
  { id: 'end', title: 'End', kind: 'number', priority: 6 },
];

/** The id of the row of cash, which has no code. */
export const cashRow = 'cash';

export function contributionList(contributions: readonly Contribution[]): ListModel {
  const cells = (of: (figure: (row: Contribution) => Cents) => Cents): TableRow['cells'] => ({
    price: change(of(row => row.price)),
    income: amount(of(row => row.income)),
    costs: amount(of(row => -row.costs)),
    profit: change(of(row => row.profit)),
    start: amount(of(row => row.startValue)),
    end: amount(of(row => row.endValue)),
  });
  const rowOf = (row: Contribution): TableRow => ({
    id: row.code ?? cashRow,
    cells: { code: row.code ?? 'cash', ...cells(figure => figure(row)) },
  });
  const totals = { id: 'total', bold: true, cells: { code: 'Total', ...cells(of => total(contributions, of)) } };
  return plainList(listRows({ columns: contributionColumns, rowOf, sorts: [] }, contributions, totals));
}
