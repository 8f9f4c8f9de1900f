/** A list of securities as it is shown: sorted, filtered, measured. Pure; selection and window by row id. */
import { visibleRows } from './layout.ts';
import type { ListState } from './state.ts';
import { type MeasuredColumn, measureColumns, type Sort, type TableColumn, type TableRow } from './table.ts';

export type SortKey<R> = {
  readonly column: string;
  /** What the direction is when a user turns to this column. */
  readonly direction: Sort['direction'];
  /** Unknown sorts last, whatever the direction. */
  readonly of: (record: R) => number | string | undefined;
};

export type ListDefinition<R> = {
  readonly columns: readonly TableColumn[];
  readonly rowOf: (record: R) => TableRow;
  readonly sorts: readonly SortKey<R>[];
};

export type ListModel = {
  readonly columns: readonly MeasuredColumn[];
  /** The rows that the filter leaves, in order. */
  readonly rows: readonly TableRow[];
  /** How many there are without the filter. */
  readonly total: number;
  readonly totals: TableRow | undefined;
  /** The columns that `s` goes through. */
  readonly sorts: readonly Sort[];
};

/** Rows and widths of all records, made once for the records. */
export type ListRows<R> = {
  readonly definition: ListDefinition<R>;
  readonly records: readonly R[];
  readonly rows: readonly TableRow[];
  readonly columns: readonly MeasuredColumn[];
  readonly totals: TableRow | undefined;
  /** The totals of what a filter leaves. */
  readonly totalsOf: ((records: readonly R[]) => TableRow) | undefined;
};

export function listRows<R>(
  definition: ListDefinition<R>,
  records: readonly R[],
  totals?: TableRow,
  totalsOf?: ListRows<R>['totalsOf'],
): ListRows<R> {
  const rows = records.map(definition.rowOf);
  const columns = measureColumns(definition.columns, totals === undefined ? rows : [...rows, totals]);
  return { definition, records, rows, columns, totals, totalsOf };
}

type Keyed = { readonly row: TableRow; readonly key: number | string | undefined };
type Kept<R> = Keyed & { readonly record: R };

function compareKeys(a: Keyed, b: Keyed, direction: Sort['direction']): number {
  if (a.key === undefined || b.key === undefined) {
    if (a.key !== b.key) return a.key === undefined ? 1 : -1;
  } else if (a.key !== b.key) return a.key < b.key === (direction === 'ascending') ? -1 : 1;
  return a.row.id < b.row.id ? -1 : a.row.id > b.row.id ? 1 : 0;
}

const textOf = (row: TableRow, column: string): string => {
  const cell = row.cells[column];
  return cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text;
};

/** Whether code or name contain every word. */
function matches(row: TableRow, words: readonly string[]): boolean {
  const text = `${textOf(row, 'code')} ${textOf(row, 'name')}`.toLowerCase();
  return words.every(word => text.includes(word));
}

export function listModel<R>(all: ListRows<R>, state: Pick<ListState, 'sort' | 'filter'>): ListModel {
  const { definition, records, rows, columns, totals, totalsOf } = all;
  const { sort, filter } = state;
  const key = definition.sorts.find(each => each.column === sort.column) ?? definition.sorts[0];
  const words = filter.text.toLowerCase().split(' ').filter(Boolean);
  const keyed = records.flatMap((record, index): Kept<R>[] => {
    const row = rows[index];
    return row === undefined || !matches(row, words) ? [] : [{ row, record, key: key?.of(record) }];
  });
  return {
    columns,
    rows: keyed.sort((a, b) => compareKeys(a, b, sort.direction)).map(each => each.row),
    total: records.length,
    totals: keyed.length === records.length ? totals : (totalsOf?.(keyed.map(each => each.record)) ?? totals),
    sorts: definition.sorts.map(({ column, direction }) => ({ column, direction })),
  };
}

/** The rows as they come: neither sorted nor filtered. */
export const plainList = <R>({ columns, rows, totals }: ListRows<R>): ListModel => ({
  columns,
  rows,
  total: rows.length,
  totals,
  sorts: [],
});

/** The place of the selected row among those shown: the first one where the chosen is not there; undefined for none. */
export function selectedIndex(model: ListModel, state: Pick<ListState, 'selected'>): number | undefined {
  if (model.rows.length === 0) return undefined;
  const found = model.rows.findIndex(row => row.id === state.selected);
  return found === -1 ? 0 : found;
}

export const selectedId = (model: ListModel, state: Pick<ListState, 'selected'>): string | undefined => {
  const index = selectedIndex(model, state);
  return index === undefined ? undefined : model.rows[index]?.id;
};

/** The list with its selection moved by `rows` (clamped), and its window after it; `height` rows are in view. */
export function moveSelection(model: ListModel, state: ListState, rows: number, height: number): Partial<ListState> {
  const index = selectedIndex(model, state);
  if (index === undefined) return {};
  const wanted = Math.max(0, Math.min(model.rows.length - 1, index + rows));
  const window = visibleRows(wanted, state.top, height, model.rows.length);
  return { selected: model.rows[wanted]?.id, top: window.start };
}

/** The sort after this one. */
export function nextSort(model: ListModel, sort: Sort): Sort {
  const at = model.sorts.findIndex(each => each.column === sort.column);
  return model.sorts[(at + 1) % model.sorts.length] ?? sort;
}
