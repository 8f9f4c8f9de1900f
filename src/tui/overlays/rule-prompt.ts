/** An alert rule being typed: what is wrong with it stands beneath the word that it is about. */
import type { RulePrompt } from '../overlay.ts';
import { displayWidth, type Line } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import { promptMargin as margin, promptWidth, promptWords, troubleWords } from './prompt.ts';

const forms = [
  'CODE above|below PRICE',
  'CODE moves P% [in Nd]',
  'CODE 52w high|low',
  'CODE volume > Nx',
  'CODE signal changes, signal is CLASS',
  'CODE gain|loss > P%',
  'CODE weight drifts > P%',
  'CODE ex-dividend|discount|45-day in Nd',
  'CODE stale > Nd',
];

export function rulePromptLines({ field, trouble }: RulePrompt, options: { readonly width: number }): Line[] {
  const width = promptWidth(options.width);
  const [message = '', , caret] = trouble?.message.split('\n') ?? [];
  // The caret is two cells in, and the field four; a line that scrolls has no place for it.
  const isInPlace = caret !== undefined && displayWidth(field.text) < width - margin;
  return [
    [{ text: '  › ', token: 'accent', bold: true }, ...fieldLine(field, width - margin)],
    ...(isInPlace ? [[{ text: `  ${caret}`, token: 'warning' } as const]] : []),
    ...troubleWords(trouble && { message, hint: trouble.hint }, width),
    [],
    ...promptWords(
      'CODE is an ASX code, or any for all that is held (and watched, of prices and signals):',
      'dim',
      width,
    ),
    ...forms.map((text): Line => [{ text: `${' '.repeat(margin + 2)}${text}`, token: 'dim' }]),
  ];
}
