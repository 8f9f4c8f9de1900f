/**
 * An explanation as lines for people: each figure as `name = formula  value`, what it is made of beneath it, and the
 * rules at the end. The command line and the console print the same lines.
 */
import { type Instant, sydneyDate } from '../domain/date.ts';
import type { Decimal, Money, Price, Units } from '../domain/decimal.ts';
import {
  type Explanation,
  type FigureUnit,
  type Input,
  type Rule,
  type Source,
  withinExplanation,
} from '../domain/explain/explanation.ts';
import type { Scalar, Value } from '../domain/explain/formula.ts';
import {
  formatDate,
  formatMoney,
  formatNumber,
  formatPct,
  formatPrice,
  formatSydneyTime,
  formatUnits,
  unknown,
} from '../format.ts';

export type ExplanationLine = {
  /** How deep it lies: 0 is the figure itself. */
  readonly depth: number;
  /** What the figure or input is called, and its formula. */
  readonly what: string;
  readonly value: string;
  /** Where an input comes from, or why a figure is unknown. */
  readonly note: string;
};

type Options = {
  /** The words for a recorded entry; undefined where it is not there. */
  readonly entry: (id: string) => string | undefined;
};

/** A value as its unit is written. */
export function formatFigure(value: Scalar | undefined, unit: FigureUnit): string {
  if (value === undefined) return unknown;
  if (typeof value === 'number') {
    switch (unit) {
      case 'pct':
        return formatPct(value, { places: 2 });
      case 'count':
        return formatNumber(value, { places: 0 });
      case 'money':
        return formatNumber(value, { places: 2 });
      default:
        return formatNumber(value, { places: 4 });
    }
  }
  switch (unit) {
    case 'money':
      return formatMoney(value as Money);
    case 'price':
      return formatPrice(value as Price);
    case 'pct':
      return `${formatUnits(value as Units)}%`;
    default:
      return formatUnits(value as Decimal as Units);
  }
}

/** Elements of a list that are written out; what only is counted is named in one line. */
const listed = 12;

const isList = (value: Value): value is readonly (Scalar | undefined)[] => Array.isArray(value);

const tradedAt = (at: Instant): string => `${formatDate(sydneyDate(at))} ${formatSydneyTime(at)}`;

function sourceText(source: Source, entry: Options['entry']): string {
  switch (source.kind) {
    case 'entry':
      return entry(source.entry) ?? 'an entry that is not recorded';
    case 'setting':
      return `setting ${source.key}`;
    case 'given':
      return source.words;
    case 'price': {
      const when =
        source.from === 'quote' && source.tradedAt !== undefined
          ? `quote of ${tradedAt(source.tradedAt)}`
          : source.from === 'user'
            ? `entered for ${formatDate(source.on)}`
            : `close of ${formatDate(source.on)}`;
      return source.reason === undefined ? when : `${when} (${source.reason})`;
    }
  }
}

/** A value that its entry states says no more beneath it. */
const isStated = ({ formula, inputs }: Explanation): boolean => inputs.length === 1 && formula === inputs[0]?.name;

const noteOf = (label: string | undefined, source: Source | undefined, options: Options): string =>
  [label, source && sourceText(source, options.entry)].filter(part => part !== undefined).join(' · ');

/** A list as a line and a line for each of its elements; counted ones are named in the first. */
function listLines(
  input: Input,
  value: readonly (Scalar | undefined)[],
  depth: number,
  options: Options,
): ExplanationLine[] {
  const { name, unit, parts = [], label, source } = input;
  const isCounted = unit === 'count';
  const names =
    isCounted && (parts.length > 0 || value.length === 0)
      ? parts.map(part => part.label).join(', ') || 'none'
      : undefined;
  const head = { depth, what: name, value: String(value.length), note: noteOf(names ?? label, source, options) };
  if (isCounted || parts.length === 0) return [head];
  const rest = value.length - listed;
  return [
    head,
    ...value.slice(0, listed).flatMap((each, index): ExplanationLine[] => {
      const part = parts[index];
      const note = noteOf(undefined, part?.source, options);
      return [
        { depth: depth + 1, what: part?.label ?? '', value: formatFigure(each, unit), note },
        ...(part?.why === undefined || isStated(part.why) ? [] : inputsOf(part.why, depth + 2, options)),
      ];
    }),
    ...(rest > 0 ? [{ depth: depth + 1, what: `and ${rest} more`, value: '', note: '' }] : []),
  ];
}

const inputLines = (input: Input, depth: number, options: Options): ExplanationLine[] =>
  isList(input.value)
    ? listLines(input, input.value, depth, options)
    : [
        {
          depth,
          what: input.name,
          value: formatFigure(input.value, input.unit),
          note: noteOf(input.label, input.source, options),
        },
      ];

/** The one input of a figure that is a fact. */
function factOf({ formula, inputs: [input, ...others] }: Explanation): Input | undefined {
  return others.length === 0 && input?.name === formula && input.why === undefined ? input : undefined;
}

function linesOf(each: Explanation, name: string, depth: number, options: Options): ExplanationLine[] {
  const stated = depth === 0 || each.value === undefined ? undefined : factOf(each);
  if (stated !== undefined) return inputLines({ ...stated, name }, depth, options);
  return [
    {
      depth,
      what: each.formula === name ? name : `${name} = ${each.formula}`,
      value: formatFigure(each.value, each.unit),
      note: each.unknown === undefined ? '' : `unknown: ${each.unknown}`,
    },
    ...inputsOf(each, depth + 1, options),
  ];
}

const inputsOf = ({ inputs }: Explanation, depth: number, options: Options): ExplanationLine[] =>
  inputs.flatMap(input =>
    input.why ? linesOf(input.why, input.name, depth, options) : inputLines(input, depth, options),
  );

/** The lines of an explanation, from the figure down. */
export const explanationLines = (explanation: Explanation, options: Options): ExplanationLine[] =>
  linesOf(explanation, explanation.figure, 0, options);

/** The rules of a figure and of all beneath it, each once, in the order in which they are met. */
export const explanationRules = (explanation: Explanation): string[] => [
  ...new Set([...withinExplanation(explanation)].flatMap(each => each.rules.map(ruleText))),
];

const ruleText = ({ says, source }: Rule): string => (source === undefined ? says : `${says} (${source})`);
