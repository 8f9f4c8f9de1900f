/** A line of text being typed, with its cursor: what each key does to it. The cursor counts characters, not cells. */
import { harmless } from '../domain/text.ts';
import { typedText } from './keys.ts';
import { characters, displayWidth, type Line } from './text.ts';

export type TextField = { readonly text: string; readonly cursor: number };

export const emptyField: TextField = { text: '', cursor: 0 };
export const fieldOf = (text: string): TextField => ({ text, cursor: characters(text).length });

/** Pasted or typed text at the cursor, without what would act on the terminal; line breaks and tabs become spaces. */
export function insertText({ text, cursor }: TextField, added: string): TextField {
  const all = characters(text);
  const clean = harmless(added).replace(/\s+/g, ' ');
  return {
    text: all.slice(0, cursor).join('') + clean + all.slice(cursor).join(''),
    cursor: cursor + characters(clean).length,
  };
}

const without = (all: readonly string[], from: number, to: number): TextField => ({
  text: [...all.slice(0, from), ...all.slice(to)].join(''),
  cursor: from,
});

function wordStart(all: readonly string[], cursor: number): number {
  let start = cursor;
  while (start > 0 && all[start - 1] === ' ') start -= 1;
  while (start > 0 && all[start - 1] !== ' ') start -= 1;
  return start;
}

/** The field after a key; undefined for a key that does nothing in a text field. */
export function editField(field: TextField, key: string): TextField | undefined {
  const { text, cursor } = field;
  const all = characters(text);
  switch (key) {
    case 'left':
    case 'ctrl+b':
      return { text, cursor: Math.max(0, cursor - 1) };
    case 'right':
    case 'ctrl+f':
      return { text, cursor: Math.min(all.length, cursor + 1) };
    case 'home':
    case 'ctrl+a':
      return { text, cursor: 0 };
    case 'end':
    case 'ctrl+e':
      return { text, cursor: all.length };
    case 'backspace':
      return cursor === 0 ? field : without(all, cursor - 1, cursor);
    case 'delete':
      return cursor === all.length ? field : without(all, cursor, cursor + 1);
    case 'ctrl+u':
      return without(all, 0, cursor);
    case 'ctrl+k':
      return without(all, cursor, all.length);
    case 'ctrl+w':
      return without(all, wordStart(all, cursor), cursor);
  }
  const typed = typedText(key);
  return typed === undefined ? undefined : insertText(field, typed);
}

/** The characters `start` to `end` (not included) are in sight: so scrolled that the cursor is among them. */
export function fieldWindow({ text, cursor }: TextField, width: number): { start: number; end: number } {
  const all = [...characters(text), ' '];
  let start = 0;
  const widthOf = (from: number, to: number): number => displayWidth(all.slice(from, to).join(''));
  while (start < cursor && widthOf(start, cursor + 1) > width) start += 1;
  let end = cursor + 1;
  while (end < all.length && widthOf(start, end + 1) <= width) end += 1;
  return { start, end };
}

/** The field in at most `width` cells, scrolled so that the cursor, shown inverse, is in sight. */
export function fieldLine(field: TextField, width: number): Line {
  const all = [...characters(field.text), ' '];
  const { start, end } = fieldWindow(field, width);
  const { cursor } = field;
  return [
    { text: all.slice(start, cursor).join('') },
    { text: all[cursor] ?? ' ', inverse: true },
    { text: all.slice(cursor + 1, end).join('') },
  ];
}
