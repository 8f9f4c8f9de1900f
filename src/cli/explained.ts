/** Explanations of a report's figures: by JSON pointer for `--explain`, by name for `why`. */
import { isoInstant } from '../domain/date.ts';
import type { Explanation, Input, Source } from '../domain/explain/explanation.ts';

/** A figure of a report's `data`, by its JSON pointer, and why it is what it is. */
export type Explained = { readonly at: string; readonly why: Explanation };

/** The explanations of one record's figures, under its pointer. */
export const explainedAt = <Figure extends string>(
  at: string,
  figures: readonly Figure[],
  explain: (figure: Figure) => Explanation,
): Explained[] => figures.map(figure => ({ at: `${at}/${figure}`, why: explain(figure) }));

type ExplanationData = Omit<Explanation, 'unknown' | 'inputs' | 'rules'> & {
  readonly unknown: string | undefined;
  readonly inputs: readonly unknown[];
  readonly rules: readonly { readonly says: string; readonly source: string | undefined }[];
};

const sourceData = (source: Source) =>
  source.kind === 'price' ? { ...source, tradedAt: source.tradedAt && isoInstant(source.tradedAt) } : source;

const inputData = ({ name, unit, value, label, source, parts, why }: Input) => ({
  name,
  unit,
  value,
  label,
  source: source && sourceData(source),
  parts: parts?.map(part => ({
    label: part.label,
    source: part.source && sourceData(part.source),
    why: part.why && explanationData(part.why),
  })),
  why: why && explanationData(why),
});

/** An explanation as JSON carries it. */
export const explanationData = (why: Explanation): ExplanationData => ({
  figure: why.figure,
  of: why.of,
  unit: why.unit,
  value: why.value,
  formula: why.formula,
  unknown: why.unknown,
  inputs: why.inputs.map(inputData),
  rules: why.rules.map(({ says, source }) => ({ says, source })),
});
