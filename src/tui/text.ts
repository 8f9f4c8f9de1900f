/** Text measured and cut in terminal cells, and the line of styled spans that every screen part is made of. */
import stringWidth from 'string-width';
import type { Token } from './theme.ts';

/** A run of text in one style; `selected` puts the selection's background under it. */
export type Span = {
  readonly text: string;
  readonly token?: Token;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
  readonly selected?: boolean;
};
/** One row of the screen, left to right. */
export type Line = readonly Span[];
export type Align = 'left' | 'right' | 'centre';

/** Made when first needed: making one takes longer than painting a screen. */
let segmenter: Intl.Segmenter | undefined;
function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
/**
 * Only characters that take one cell and join with nothing: ASCII, Latin, dashes and quotes, arrows, box drawing, blocks,
 * the geometric shapes in use, braille. Measuring any other text costs about five hundred times as much.
 */
const oneCellEach =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

/** What a reader sees as characters: a letter with its marks, a flag, an emoji are one each. */
export const characters = (text: string): string[] => Array.from(segments(text), part => part.segment);

/** Cells that the text takes on a terminal; escape sequences count nothing. */
export const displayWidth = (text: string): number => (oneCellEach.test(text) ? text.length : stringWidth(text));

/** The longest beginning of `text` that takes at most `width` cells. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  if (oneCellEach.test(text)) return text.slice(0, width);
  let kept = '';
  let used = 0;
  for (const character of characters(text)) {
    used += displayWidth(character);
    if (used > width) break;
    kept += character;
  }
  return kept;
}

/** `text` in at most `width` cells, ending in `…` when it had to be cut. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return width <= 0 ? '' : `${cut(text, width - 1)}…`;
}

/**
 * `text` in exactly `width` cells: padded, or shortened with an ellipsis. Hand it only text that may be cut (a name, a
 * sentence): a number is shown whole or not at all, which is the column layout's business.
 */
export function fitText(text: string, width: number, align: Align = 'left'): string {
  const shown = shorten(text, width);
  const room = Math.max(0, width - displayWidth(shown));
  const before = align === 'left' ? 0 : align === 'right' ? room : Math.floor(room / 2);
  return ' '.repeat(before) + shown + ' '.repeat(room - before);
}

export const plainText = (line: Line): string => line.map(span => span.text).join('');
export const lineWidth = (line: Line): number => line.reduce((width, span) => width + displayWidth(span.text), 0);

/** The line in at most `width` cells; the span that crosses the edge ends in `…`. */
export function shortenLine(line: Line, width: number): Line {
  if (lineWidth(line) <= width) return line;
  const kept: Span[] = [];
  let left = width;
  for (const [index, span] of line.entries()) {
    const needed = displayWidth(span.text);
    const more = line.slice(index + 1).some(later => later.text !== '');
    if (needed < left || (needed === left && !more)) {
      kept.push(span);
      left -= needed;
      continue;
    }
    if (left > 0) kept.push({ ...span, text: `${cut(span.text, left - 1)}…` });
    break;
  }
  return kept;
}

/** The line in exactly `width` cells. */
export function fitLine(line: Line, width: number): Line {
  const shown = shortenLine(line, width);
  const room = width - lineWidth(shown);
  return room > 0 ? [...shown, { text: ' '.repeat(room) }] : shown;
}
