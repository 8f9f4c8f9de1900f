/** The palette: a line to type in, and what it offers, each with its key. */
import { type Choice, keyLabel } from '../command.ts';
import { visibleRows } from '../layout.ts';
import type { Overlay } from '../overlay.ts';
import { displayWidth, fitText, type Line, shorten } from '../text.ts';
import { fieldLine } from '../text-field.ts';

const prompt = '  : ';

function choiceLine(choice: Choice, chosen: boolean, width: number): Line {
  const [name, rest] =
    choice.kind === 'code'
      ? [choice.code, choice.name]
      : [choice.command.title, keyLabel(choice.command.keys[0] ?? '')];
  const selected = chosen ? { selected: true, bold: true } : {};
  const left = ` ${chosen ? '›' : ' '} `;
  if (choice.kind === 'code') {
    const text = `${name.padEnd(7)} ${rest}`;
    return [
      { text: left, token: 'accent', ...selected },
      { text: fitText(text, width - 3), ...selected },
    ];
  }
  const room = width - 3 - displayWidth(rest) - 2;
  return [
    { text: left, token: 'accent', ...selected },
    { text: fitText(shorten(name, room), room), ...selected },
    { text: `${rest}  `, token: 'dim', ...selected },
  ];
}

export function paletteLines(
  overlay: Extract<Overlay, { kind: 'palette' }>,
  choices: readonly Choice[],
  { width, height }: { readonly width: number; readonly height: number },
): Line[] {
  const listWidth = Math.min(width, 78);
  const input: Line = [{ text: prompt, token: 'accent', bold: true }, ...fieldLine(overlay.query, listWidth - 6)];
  const room = Math.max(0, height - 2);
  const { start, end } = visibleRows(overlay.chosen, 0, room, choices.length, 1);
  const rows = choices
    .slice(start, end)
    .map((choice, row) => choiceLine(choice, start + row === overlay.chosen, listWidth));
  return [input, [], ...(rows.length > 0 ? rows : [[{ text: '    nothing matches', token: 'dim' } as const]])];
}
