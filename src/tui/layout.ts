/** Which columns and which rows are shown: pure arithmetic on cells. */

/** Cells between two columns. */
export const columnGap = 2;
export const smallest = { columns: 50, rows: 12 } as const;

/**
 * A column as the layout sees it. Columns are kept by `priority`, 1 first. `width` is what its widest cell takes. A
 * `flexible` column (a name, a reason) may be cut down to `min` cells and takes what is left; any other is shown whole
 * or not at all.
 */
export type LayoutColumn = {
  readonly id: string;
  readonly priority: number;
  readonly width: number;
  readonly flexible?: boolean;
  readonly min?: number;
  /** Columns of one group are shown together or not at all. */
  readonly group?: string;
};
export type FittedColumn<C extends LayoutColumn = LayoutColumn> = { readonly column: C; readonly width: number };

const defaultFlexibleMin = 12;
export const leastWidth = (column: Pick<LayoutColumn, 'width' | 'flexible' | 'min'>): number =>
  column.flexible === true ? Math.min(column.width, column.min ?? defaultFlexibleMin) : column.width;

/**
 * The columns that fit in `width` cells, in their given order, gaps counted. Taken by priority until the first that does
 * not fit, so a narrower terminal never shows a column that a wider one drops.
 */
export function fitColumns<C extends LayoutColumn>(columns: readonly C[], width: number): FittedColumn<C>[] {
  const byPriority = columns
    .map((column, index) => ({ column, index }))
    .sort((a, b) => a.column.priority - b.column.priority || a.index - b.index);
  const widths = new Map<number, number>();
  let left = width + columnGap;
  for (const { column, index } of byPriority) {
    const needed = leastWidth(column) + columnGap;
    if (needed > left) break;
    widths.set(index, needed - columnGap);
    left -= needed;
  }
  for (const [index, column] of columns.entries()) {
    const taken = widths.get(index);
    const isBroken = (each: C, at: number): boolean => each.group === column.group && !widths.has(at);
    if (taken === undefined || column.group === undefined || !columns.some(isBroken)) continue;
    widths.delete(index);
    left += taken + columnGap;
  }
  for (const { column, index } of byPriority) {
    const taken = widths.get(index);
    if (taken === undefined || column.flexible !== true) continue;
    const more = Math.max(0, Math.min(left, column.width - taken));
    widths.set(index, taken + more);
    left -= more;
  }
  return columns.flatMap((column, index) => {
    const fitted = widths.get(index);
    return fitted === undefined ? [] : [{ column, width: fitted }];
  });
}

/** The rows `start` to `end` (not included) are shown. */
export type RowWindow = { readonly start: number; readonly end: number };

/**
 * The window of `height` rows that keeps the selected one in sight with `margin` rows around it, moving as little as it
 * can from `top`, where it was. With nothing selected it stays at `top`.
 */
export function visibleRows(
  selectedIndex: number | undefined,
  top: number,
  height: number,
  total: number,
  margin = 2,
): RowWindow {
  const shown = Math.max(0, Math.min(height, total));
  const lastStart = Math.max(0, total - shown);
  let start = Math.max(0, Math.min(top, lastStart));
  if (selectedIndex !== undefined && shown > 0) {
    const selected = Math.max(0, Math.min(selectedIndex, total - 1));
    const around = Math.max(0, Math.min(margin, Math.floor((shown - 1) / 2)));
    start = Math.min(start, selected - around);
    start = Math.max(start, selected + around - shown + 1);
    start = Math.max(0, Math.min(start, lastStart));
  }
  return { start, end: start + shown };
}

/** Cells of a number from its decimal point on (or after its last digit); undefined for a text without a digit. */
export function tailWidth(number: string): number | undefined {
  const point = /\d(\.\d)/.exec(number);
  if (point !== null) return number.length - point.index - 1;
  const lastDigit = /\d(?=\D*$)/.exec(number);
  return lastDigit === null ? undefined : number.length - lastDigit.index - 1;
}

/** `number` padded on the right to a column's widest tail; `–` and other texts without a digit stay at the right edge. */
export function alignOnPoint(number: string, tail: number): string {
  const own = tailWidth(number);
  return own === undefined ? number : number + ' '.repeat(Math.max(0, tail - own));
}

/** The one line to show instead of a screen when the terminal has no room for it; undefined when it has. */
export function tooSmall(columns: number, rows: number): string | undefined {
  if (columns >= smallest.columns && rows >= smallest.rows) return undefined;
  return `needs ${smallest.columns}×${smallest.rows}, have ${columns}×${rows}`;
}
