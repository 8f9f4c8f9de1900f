/** Lines put together: beside each other, under each other, in exactly the room there is. */
import { fitLine, type Line, lineWidth, shortenLine } from './text.ts';

const blank: Line = [];

/** Exactly `height` lines, none wider than `width`: cut at the bottom, or filled with blank ones. */
export const fitBlock = (lines: readonly Line[], width: number, height: number): Line[] =>
  Array.from({ length: Math.max(0, height) }, (_, row) => shortenLine(lines[row] ?? blank, width));

/** Two columns; the left one in exactly `leftWidth` cells, then `gap` blanks. */
export function beside(left: readonly Line[], right: readonly Line[], leftWidth: number, gap: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const other = right[row] ?? blank;
    if (other.length === 0) return shortenLine(left[row] ?? blank, leftWidth);
    return [...fitLine(left[row] ?? blank, leftWidth), { text: ' '.repeat(gap) }, ...other];
  });
}

/** The line moved to the right by `cells`. */
export const indent = (line: Line, cells: number): Line =>
  line.length === 0 ? line : [{ text: ' '.repeat(cells) }, ...line];

/** A heading over a block. */
export const heading = (text: string): Line => [{ text, token: 'accent', bold: true }];

/** `parts` in one line with `gap` cells between; those at the end go when it would be wider than `width`. */
export function inline(parts: readonly Line[], width: number, gap = 3): Line {
  let line: Line = [];
  let used = 0;
  for (const part of parts) {
    const cells = lineWidth(part);
    const needed = cells + (line.length === 0 ? 0 : gap);
    if (used + needed > width) break;
    line = line.length === 0 ? part : [...line, { text: ' '.repeat(gap) }, ...part];
    used += needed;
  }
  return line;
}
