import type { ReactElement } from 'react';
import { type Line, lineWidth, shortenLine } from '../text.ts';
import { LineView } from './line.tsx';

/**
 * What the header says. `right` is a list of facts, the most important first; the last ones go when room is short.
 * `short` stands in the place of a middle that is too wide.
 */
export type Status = {
  readonly left: Line;
  readonly middle?: Line;
  readonly short?: Line;
  readonly right: readonly Line[];
};

const blank = (cells: number): Line => (cells > 0 ? [{ text: ' '.repeat(cells) }] : []);
const gap = 3;
/** Facts at the right leave the name at the left this many cells. */
const leastLeft = 12;

const together = (facts: readonly Line[]): Line =>
  facts.flatMap((fact, index) => (index === 0 ? fact : [...blank(gap), ...fact]));

/** One line: left, middle and right. First the middle grows short and goes, then facts from the end, then the left is shortened. */
export function statusLine({ left, middle: wide, short, right }: Status, width: number): Line {
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
  const fits = (line: Line | undefined): boolean =>
    line !== undefined && lineWidth(line) > 0 && lineWidth(line) + 2 * gap <= between;
  const middle = [wide, short].find(fits);
  if (middle === undefined || facts.length < right.length) {
    return [...blank(Math.min(1, width)), ...leftLine, ...blank(rightWidth === 0 ? 0 : between), ...rightLine];
  }
  const middleWidth = lineWidth(middle);
  const centred = Math.floor((room - middleWidth) / 2) - leftWidth;
  const before = Math.max(gap, Math.min(centred, between - middleWidth - gap));
  const after = between - middleWidth - before;
  return [...blank(1), ...leftLine, ...blank(before), ...middle, ...blank(after), ...rightLine];
}

export const StatusLine = ({ width, ...status }: Status & { readonly width: number }): ReactElement => (
  <LineView line={statusLine(status, width)} />
);
