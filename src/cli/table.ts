/** Tables as text: columns padded to their widest cell, and fitted to the terminal where there is one. */
import stringWidth from 'string-width';
import { harmless } from '../domain/text.ts';
import type { Section, TableCell, TableHead } from './report.ts';
import { type Style, styled } from './style.ts';

type Table = Extract<Section, { kind: 'table' }>;

const gap = 2;
/** A name cut shorter than this says nothing. */
const leastName = 8;

type Fitted = { readonly index: number; readonly head: TableHead; readonly width: number };

/** Leaves out columns by their rank, then cuts names, until the table is as wide as `width` at most. */
function fitColumns(columns: readonly Fitted[], width: number): readonly Fitted[] {
  const total = columns.reduce((sum, column) => sum + column.width + gap, -gap);
  if (total <= width) return columns;
  const name = columns.find(column => column.head.isName);
  const shortest = Math.max(leastName, name === undefined ? 0 : stringWidth(name.head.title));
  if (name !== undefined && total - name.width + shortest <= width) {
    return columns.map(column => (column === name ? { ...column, width: width - total + name.width } : column));
  }
  const ranked = columns.filter(column => column.head.rank !== undefined);
  const last = ranked.sort((a, b) => (b.head.rank ?? 0) - (a.head.rank ?? 0))[0];
  return last === undefined
    ? columns
    : fitColumns(
        columns.filter(column => column !== last),
        width,
      );
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (stringWidth(kept + letter) > width - 1) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

function padded(text: string, width: number, align: TableHead['align']): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
}

/** The table as lines, without a line break at its end. Without a `width` it is as wide as it needs. */
export function tableText(table: Table, options: { width: number | undefined; color: boolean }): string {
  const { color } = options;
  const clean = (row: readonly TableCell[]): TableCell[] => row.map(cell => ({ ...cell, text: harmless(cell.text) }));
  const rows = table.rows.map(clean);
  const totals = table.totals && clean(table.totals);
  const columns = table.columns.map((head, index): Fitted => {
    const cells = [...rows, ...(totals ? [totals] : [])].map(row => stringWidth(row[index]?.text ?? ''));
    return { index, head, width: cells.reduce((widest, each) => Math.max(widest, each), stringWidth(head.title)) };
  });
  const shown = options.width === undefined ? columns : fitColumns(columns, options.width);

  const line = (cells: readonly TableCell[], style?: Style): string => {
    const parts = shown.map(({ index, head, width }) => {
      const cell = cells[index] ?? { text: '' };
      const text = padded(head.isName ? cut(cell.text, width) : cell.text, width, head.align);
      return { text, style: style ?? (cell.sign === 1 ? 'green' : cell.sign === -1 ? 'red' : undefined) } as const;
    });
    // What is left blank at the end of a line is not written.
    const last = parts.findLastIndex(part => part.text.trim() !== '');
    return parts
      .slice(0, last + 1)
      .map((part, at) => styled(at === last ? part.text.trimEnd() : part.text, part.style, color))
      .join(' '.repeat(gap));
  };
  const heads = table.columns.map(head => ({ text: head.title }));
  return [line(heads, 'dim'), ...rows.map(row => line(row)), ...(totals ? [line(totals, 'bold')] : [])].join('\n');
}
