import type { ReactElement } from 'react';
import { type Line, lineWidth, shortenLine } from '../text.ts';
import { LineView } from './line.tsx';

/** What the header says. `right` is a list of facts, the most important first; the last ones go when room is short. */
export type Status = { readonly left: Line; readonly middle?: Line; readonly right: readonly Line[] };

const blank = (cells: number): Line => (cells > 0 ? [{ text: ' '.repeat(cells) }] : []);
const gap = 3;
/** Facts at the right leave the name at the left this many cells. */
const leastLeft = 12;

const together = (facts: readonly Line[]): Line =>
  facts.flatMap((fact, index) => (index === 0 ? fact : [...blank(gap), ...fact]));

/** One line: left, middle and right. First the middle goes, then facts from the end, then the left is shortened. */
export function statusLine({ left, middle, right }: Status, width: number): Line {
  const room = Math.max(0, width - 2);
  const leftWanted = lineWidth(left);
  const facts = [...right];
  while (facts.length > 0) {
    const needed = lineWidth(together(facts));
    const leftNeeded = facts.length === 1 ? Math.min(leftWanted, leastLeft) : leftWanted;
    if (leftNeeded + gap + needed <= room) break;
    facts.pop();
  }
  const rightLine = together(facts);
  const rightWidth = lineWidth(rightLine);
  const leftLine = shortenLine(left, rightWidth === 0 ? room : room - rightWidth - gap);
  const leftWidth = lineWidth(leftLine);
  const between = room - leftWidth - rightWidth;
  const middleWidth = middle === undefined ? 0 : lineWidth(middle);
  if (middle === undefined || middleWidth === 0 || facts.length < right.length || middleWidth + 2 * gap > between) {
    return [...blank(Math.min(1, width)), ...leftLine, ...blank(rightWidth === 0 ? 0 : between), ...rightLine];
  }
  const centred = Math.floor((room - middleWidth) / 2) - leftWidth;
  const before = Math.max(gap, Math.min(centred, between - middleWidth - gap));
  const after = between - middleWidth - before;
  return [...blank(1), ...leftLine, ...blank(before), ...middle, ...blank(after), ...rightLine];
}

export const StatusLine = ({ width, ...status }: Status & { readonly width: number }): ReactElement => (
  <LineView line={statusLine(status, width)} />
);
