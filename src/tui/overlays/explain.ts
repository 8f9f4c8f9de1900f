/** Why the figures of what is in view are what they are: one figure opened, the others a key away. */
import type { Explanation } from '../../domain/explain/explanation.ts';
import { harmless } from '../../domain/text.ts';
import { type ExplanationLine, explanationLines, explanationRules } from '../../words/format-explanation.ts';
import { heading } from '../blocks.ts';
import { displayWidth, type Line, lineWidth, type Span } from '../text.ts';
import { wrap } from '../wrap.ts';

/** `gainPct` as `gain %`, `averageCost` as `average cost`. */
export const figureWords = (figure: string): string =>
  figure
    .replace(/Pct$/, ' %')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .toLowerCase();

type Options = {
  readonly width: number;
  /** The words for a recorded entry. */
  readonly entry: (id: string) => string | undefined;
};

const margin = 2;
const gap = 2;
/** A note narrower than this stands beneath what it is of. */
const leastNote = 24;

export function explainLines(explanations: readonly Explanation[], chosen: number, options: Options): Line[] {
  const shown = explanations[chosen] ?? explanations[0];
  if (shown === undefined) return [[{ text: '  there is no figure here to explain', token: 'dim' }]];
  const lines = explanationLines(shown, options);
  const rules = explanationRules(shown);
  return [
    ...chooserLines(explanations, shown, options.width),
    [],
    ...tableLines(lines, options.width),
    ...(rules.length === 0 ? [] : [[], [{ text: ' ' }, ...heading('Rules')], ...ruleLines(rules, options.width)]),
  ];
}

/** The figure's words, and whose it is where another one is called the same. */
const nameOf = (each: Explanation, all: readonly Explanation[]): string =>
  all.some(other => other !== each && other.figure === each.figure)
    ? `${figureWords(each.figure)} ${harmless(each.of)}`
    : figureWords(each.figure);

/** The names of all figures, the one shown marked, in as many lines as they take. */
function chooserLines(explanations: readonly Explanation[], shown: Explanation, width: number): Line[] {
  const lines: Span[][] = [[{ text: ' '.repeat(margin) }]];
  for (const each of explanations) {
    const words = nameOf(each, explanations);
    const text = each === shown ? `[${words}]` : ` ${words} `;
    const last = lines.at(-1) ?? [];
    const line = lineWidth(last) + displayWidth(text) > width - 1 ? [{ text: ' '.repeat(margin) }] : last;
    if (line !== last) lines.push(line);
    line.push(each === shown ? { text, token: 'accent', bold: true } : { text, token: 'dim' });
  }
  return lines;
}

function tableLines(lines: readonly ExplanationLine[], width: number): Line[] {
  const whatOf = ({ depth, what }: ExplanationLine): string => `${' '.repeat(margin + 2 * depth)}${harmless(what)}`;
  const whatWidth = Math.max(...lines.map(line => displayWidth(whatOf(line))));
  const valueWidth = Math.max(...lines.map(line => displayWidth(line.value)));
  const noteAt = whatWidth + gap + valueWidth + gap;
  const isBeside = width - noteAt >= leastNote;
  return lines.flatMap((line): Line[] => {
    const value: Span = { text: line.value.padStart(valueWidth), ...(line.depth === 0 ? { bold: true } : {}) };
    const first: Span[] = [{ text: whatOf(line).padEnd(whatWidth + gap) }, value];
    const noteIndent = isBeside ? noteAt : margin + 2 * line.depth + 2;
    const notes = wrap(harmless(line.note), width - noteIndent - 1);
    const noteLine = (text: string): Line => [{ text: ' '.repeat(noteIndent) }, { text, token: 'dim' }];
    if (!isBeside) return [first, ...notes.map(noteLine)];
    const [beside, ...rest] = notes;
    return [
      beside === undefined ? first : [...first, { text: ' '.repeat(gap) }, { text: beside, token: 'dim' }],
      ...rest.map(noteLine),
    ];
  });
}

const ruleLines = (rules: readonly string[], width: number): Line[] =>
  rules.flatMap(rule => wrap(rule, width - margin - 1).map((text): Line => [{ text: ' '.repeat(margin) }, { text }]));
