/** An entry being typed: the line, what is wrong with it and where, what could come next, and what it would do. */
import type { LineProblem } from '../../domain/ledger/entry-cursor.ts';
import { harmless } from '../../domain/text.ts';
import { entryEffectLines } from '../entry-effect.ts';
import type { EntryPreview } from '../entry-preview.ts';
import type { EntryLineOverlay } from '../overlay.ts';
import { characters, displayWidth, type Line } from '../text.ts';
import { fieldLine, fieldWindow, type TextField } from '../text-field.ts';
import type { Token } from '../theme.ts';
import { wrap } from '../wrap.ts';

const prompt = '  › ';
const margin = 4;
const widest = 110;

/** Marks beneath the words in trouble, as far as they are in sight. */
function pointerLine(field: TextField, problems: readonly LineProblem[], width: number): Line {
  const { start, end } = fieldWindow(field, width);
  let at = 0;
  let marks = '';
  for (const [index, character] of characters(field.text).entries()) {
    const isWrong = problems.some(problem => at >= problem.start && at < problem.end);
    if (index >= start && index < end) marks += (isWrong ? '^' : ' ').repeat(displayWidth(character));
    at += character.length;
  }
  return [{ text: ' '.repeat(margin) + marks.trimEnd(), token: 'warning' }];
}

const paragraph = (text: string, width: number, token?: Token, mark = ''): Line[] =>
  wrap(harmless(text), width - margin - mark.length).map((line, row) => {
    const words = `${' '.repeat(margin)}${row === 0 ? mark : ' '.repeat(mark.length)}${line}`;
    return [token === undefined ? { text: words } : { text: words, token }];
  });

const examples: readonly string[] = [
  'buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02',
  'sell 40 BHP @ 46.10 fee 9.95 method highest-cost',
  'dividend BHP 65.00 franked 100% ex 2026-03-05 on 2026-03-26',
  'drp BHP 3 @ 44.10 dividend 140.25 franked 100%',
  'split BHP 2:1 on 2026-06-01',
  'deposit 5000 on yesterday',
];

const exampleLines = (width: number): Line[] => [
  [],
  [{ text: `${' '.repeat(margin)}like`, token: 'dim' }],
  ...examples
    .filter(example => displayWidth(example) <= width - margin)
    .map((example): Line => [{ text: ' '.repeat(margin) + example, token: 'dim' }]),
];

export function entryLineLines(
  { field, prefill, draft }: EntryLineOverlay,
  { problems, expecting, recorded, refusal }: EntryPreview,
  options: { readonly width: number; readonly hasCash: boolean },
): Line[] {
  const width = Math.min(widest, options.width - 2);
  const room = width - margin;
  const input: Line = [{ text: prompt, token: 'accent', bold: true }, ...fieldLine(field, room)];
  const wrong = problems.flatMap(({ message, hint }) =>
    paragraph(hint === undefined ? message : `${message}. ${hint}`, width, 'warning', '! '),
  );
  const refused = refusal === undefined ? [] : paragraph(refusal, width, 'loss', '✗ ');
  const next = expecting === undefined ? [] : paragraph(expecting, width, 'dim', 'next: ');
  const effect = recorded === undefined ? [] : [[], ...entryEffectLines(recorded, { width, hasCash: options.hasCash })];
  const old = field.text === draft ? paragraph('left unfinished before; ctrl-u clears the line', width, 'dim') : [];
  const isBlank = field.text.trim() === '' || field.text === prefill;
  return [
    input,
    pointerLine(field, problems, room),
    ...old,
    ...wrong,
    ...refused,
    ...next,
    ...effect,
    ...(isBlank && recorded === undefined ? exampleLines(width) : []),
  ];
}
