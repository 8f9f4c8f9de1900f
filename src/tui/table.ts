/**
 * Tables as lines of spans. `measureColumns` looks at every row once (memoise it on the rows: widths must not jump while
 * scrolling); `tableLines` draws the rows in view only.
 */
import { alignOnPoint, columnGap, type FittedColumn, fitColumns, leastWidth, tailWidth } from './layout.ts';
import { displayWidth, fitText, type Line, lineWidth, type Span } from './text.ts';

/**
 * `number` is right-aligned on its decimal point, and a `price` has besides as many decimals as the longest one of its
 * column; `text` is left-aligned and whole, `name` may end in an ellipsis.
 */
export type ColumnKind = 'text' | 'number' | 'price' | 'name';
export type TableColumn = {
  readonly id: string;
  readonly title: string;
  readonly kind: ColumnKind;
  /** 1 is kept longest as the terminal narrows. */
  readonly priority: number;
  /** The fewest cells of a `name` column; 12 when not given. */
  readonly min?: number;
  /** Columns of one group are shown together or not at all. */
  readonly group?: string;
};
/** Formatted text, with a look only where it carries meaning. Unknown is `–`, made by the formatter. */
export type Cell = string | Span;
export type TableRow = {
  readonly id: string;
  readonly cells: Readonly<Record<string, Cell | undefined>>;
  readonly bold?: boolean;
  readonly dim?: boolean;
};
export type MeasuredColumn = TableColumn & {
  readonly width: number;
  readonly flexible: boolean;
  readonly tail: number;
  /** The decimals of each number in a column of prices. */
  readonly places: number;
};
export type Sort = { readonly column: string; readonly direction: 'ascending' | 'descending' };
export type TableOptions = {
  readonly width: number;
  /** The id of the selected row. */
  readonly selected?: string | undefined;
  readonly sort?: Sort | undefined;
};

const gutter = 3;
/** The sort arrow of the last column stands here, so sorting never moves or drops a column. */
const rightMargin = 1;

const textOf = (cell: Cell | undefined): string =>
  cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text;

const isNumeric = ({ kind }: TableColumn): boolean => kind === 'number' || kind === 'price';

/** A sign, digits, decimals, and what may follow them, such as a currency. */
const numberText = /^([-+]?[\d,]+)(?:\.(\d+))?( [A-Z]+)?$/;
const mostDecimals = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, numberText.exec(text)?.[2]?.length ?? 0), 0);

function withDecimals(text: string, places: number): string {
  const [, whole, decimals = '', unit = ''] = numberText.exec(text) ?? [];
  return whole === undefined || places === 0 ? text : `${whole}.${decimals.padEnd(places, '0')}${unit}`;
}

/** Column widths over all rows. */
export function measureColumns(columns: readonly TableColumn[], rows: readonly TableRow[]): MeasuredColumn[] {
  return columns.map(column => {
    let head = 0;
    let tail = 0;
    let whole = displayWidth(column.title);
    const places = column.kind === 'price' ? mostDecimals(rows.map(row => textOf(row.cells[column.id]))) : 0;
    for (const row of rows) {
      const text = withDecimals(textOf(row.cells[column.id]), places);
      const width = displayWidth(text);
      const after = isNumeric(column) ? tailWidth(text) : undefined;
      whole = Math.max(whole, width);
      if (after === undefined) continue;
      head = Math.max(head, width - after);
      tail = Math.max(tail, after);
    }
    return { ...column, width: Math.max(whole, head + tail), flexible: column.kind === 'name', tail, places };
  });
}

/** The width from which on no column is dropped. */
export const wholeWidth = (columns: readonly MeasuredColumn[]): number =>
  gutter + rightMargin + columns.reduce((sum, column) => sum + leastWidth(column) + columnGap, -columnGap);

type Fitted = FittedColumn<MeasuredColumn>;

function cellText(cell: Cell | undefined, { column, width }: Fitted): string {
  const text = withDecimals(textOf(cell), column.places);
  return isNumeric(column) ? fitText(alignOnPoint(text, column.tail), width, 'right') : fitText(text, width);
}

const arrow = (sort: Sort | undefined, id: string): string =>
  sort?.column !== id ? '' : sort.direction === 'ascending' ? '▲' : '▼';

/** The arrow follows its title into the gap, which leaves every width as it was. */
function titleLine(fitted: readonly Fitted[], sort: Sort | undefined): Line {
  let text = ' '.repeat(gutter);
  let at = gutter;
  for (const { column, width } of fitted) {
    const title = fitText(column.title, width, isNumeric(column) ? 'right' : 'left');
    text = fitText(text, at) + title.trimEnd() + arrow(sort, column.id);
    at += width + columnGap;
  }
  return [{ text, token: 'dim' }];
}

function rowLine(row: TableRow, fitted: readonly Fitted[], options: TableOptions): Line {
  const selected = options.selected === row.id;
  const marks = {
    ...(selected ? { selected: true } : {}),
    ...(selected || row.bold === true ? { bold: true } : {}),
    ...(row.dim === true ? { dim: true } : {}),
  };
  const spans: Span[] = [
    selected ? { text: ' › ', token: 'accent', ...marks } : { text: ' '.repeat(gutter), ...marks },
  ];
  for (const [index, place] of fitted.entries()) {
    const cell = row.cells[place.column.id];
    const look = typeof cell === 'object' ? cell : undefined;
    const text = cellText(cell, place);
    const last = spans.at(-1);
    if (last === undefined) continue;
    const before = last.text + (index === 0 ? '' : ' '.repeat(columnGap));
    const joins = look === undefined && last.token === undefined;
    spans[spans.length - 1] = { ...last, text: joins ? before + text : before };
    if (!joins) spans.push({ ...marks, ...look, text });
  }
  const room = options.width - lineWidth(spans);
  if (selected && room > 0) spans.push({ ...marks, text: ' '.repeat(room) });
  return spans;
}

/**
 * The title line, then one line for each of `rows` (those in view), none wider than `width`. The selected row reaches
 * from edge to edge.
 */
export function tableLines(
  columns: readonly MeasuredColumn[],
  rows: readonly TableRow[],
  options: TableOptions,
): Line[] {
  const fitted = fitColumns(columns, options.width - gutter - rightMargin);
  return [titleLine(fitted, options.sort), ...rows.map(row => rowLine(row, fitted, options))];
}
