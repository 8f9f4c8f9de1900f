import type { ReactElement } from 'react';
import { type Line, lineWidth, shortenLine } from '../text.ts';
import { LineView } from './line.tsx';

/**
 * What the header says. `right` is a list of facts, the most important first; the last ones go when room is short.
 * `short` stands in the place of a middle that is too wide, and `brief` in that of the facts.
 */
export type Status = {
  readonly left: Line;
  readonly middle?: Line;
  readonly short?: Line;
  readonly right: readonly Line[];
  /** As many as `right`. */
  readonly brief?: readonly Line[];
};

const blank = (cells: number): Line => (cells > 0 ? [{ text: ' '.repeat(cells) }] : []);
const gap = 3;
/** Facts at the right leave the name at the left this many cells. */
const leastLeft = 12;

const together = (facts: readonly Line[]): Line =>
  facts.flatMap((fact, index) => (index === 0 ? fact : [...blank(gap), ...fact]));

/** The facts that there is room for: whole, else the last brief, else all brief beside a shortened name; then fewer. */
function factsIn({ left, right, brief = right }: Status, room: number): readonly Line[] {
  const leftWanted = lineWidth(left);
  const fits = (facts: readonly Line[], leftNeeded: number): boolean =>
    leftNeeded + gap + lineWidth(together(facts)) <= room;
  for (let count = right.length; count > 0; count -= 1) {
    const [whole, short] = [right.slice(0, count), brief.slice(0, count)];
    const found = [whole, [...whole.slice(0, -1), ...short.slice(-1)], short].find(facts => fits(facts, leftWanted));
    if (found !== undefined) return found;
    const isWorthTheName = brief !== right || count === 1;
    if (isWorthTheName && fits(short, Math.min(leftWanted, leastLeft))) return short;
  }
  return [];
}

/** One line: left, middle and right. First the middle grows short and goes, then the facts do, then the left is shortened. */
export function statusLine(status: Status, width: number): Line {
  const { left, middle: wide, short, right } = status;
  const room = Math.max(0, width - 2);
  const facts = factsIn(status, room);
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
