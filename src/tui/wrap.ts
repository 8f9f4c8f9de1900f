/** Sentences, and lines of spans, in lines of at most `width` cells. */
import { characters, cut, displayWidth, type Line, lineWidth, type Span } from './text.ts';

/** Broken at spaces; a word longer than a line is broken where the line ends. */
export function wrap(text: string, width: number): string[] {
  if (width <= 0) return [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (displayWidth(line) > width) {
      // A character wider than the line still has to go somewhere.
      const head = cut(line, width) || (characters(line)[0] ?? '');
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** A line of spans in lines of at most `width` cells, those after the first moved in by `hang`. */
export function wrapLine(line: Line, width: number, hang = 0): Line[] {
  if (lineWidth(line) <= width) return [line];
  const lines: Line[] = [];
  let current: Span[] = [];
  let used = 0;
  for (const span of line) {
    for (const word of span.text.split(/(?<= )(?=[^ ])/)) {
      const isFirst = current.every(each => each.text.trim() === '');
      if (!isFirst && used + displayWidth(word.trimEnd()) > width) {
        lines.push(withoutEnd(current));
        current = [{ text: ' '.repeat(hang) }];
        used = hang;
      }
      current.push({ ...span, text: word });
      used += displayWidth(word);
    }
  }
  return [...lines, withoutEnd(current)];
}

const withoutEnd = (spans: readonly Span[]): Line =>
  spans.map((span, index) => (index === spans.length - 1 ? { ...span, text: span.text.trimEnd() } : span));
