/** A list of securities in its room: title line, the rows in view, and the totals beneath. */
import { visibleRows } from '../layout.ts';
import { type ListModel, selectedId, selectedIndex } from '../list-model.ts';
import type { ListState } from '../state.ts';
import { type TableRow, tableLines } from '../table.ts';
import type { Line } from '../text.ts';

type Room = { readonly width: number; readonly height: number };

/** How many rows of a list are in view in `height` lines: the title, and the totals where there are any, take one each. */
export const rowsInView = (list: Pick<ListModel, 'totals'>, height: number): number =>
  Math.max(1, height - 1 - (list.totals === undefined ? 0 : 1));

/** A price that has just changed is tinted for a moment. */
const tint = (row: TableRow): TableRow => {
  const cell = row.cells['price'];
  const text = cell === undefined || typeof cell === 'string' ? (cell ?? '') : cell.text;
  return { ...row, cells: { ...row.cells, price: { text, token: 'accent', bold: true } } };
};

export function listLines(list: ListModel, state: ListState, tinted: ReadonlySet<string>, room: Room): Line[] {
  const height = rowsInView(list, room.height);
  const window = visibleRows(selectedIndex(list, state), state.top, height, list.rows.length);
  const shown = list.rows.slice(window.start, window.end).map(row => (tinted.has(row.id) ? tint(row) : row));
  const options = { width: room.width, selected: selectedId(list, state), sort: state.sort };
  const rows = list.totals === undefined ? shown : [...shown, list.totals];
  const lines = tableLines(list.columns, rows, options);
  if (list.rows.length > 0) return lines;
  const none: Line = [{ text: `   nothing matches "${state.filter.text}"`, token: 'dim' }];
  return [...lines.slice(0, 1), none, ...lines.slice(1)];
}
