/** What explanations are put together from: a formula over facts, lists and other figures. */
import type { Explanation, FigureUnit, Input, Rule, Source } from './explanation.ts';
import type { Scalar } from './formula.ts';

/** How a figure is made; with whose figure it is, an explanation. */
export type Made = {
  readonly unit: FigureUnit;
  readonly value: Scalar | undefined;
  readonly formula: string;
  readonly inputs: readonly Input[];
  readonly rules?: readonly Rule[];
  /** Why the value is unknown; it counts only where it is. */
  readonly unknown?: string | undefined;
};

export const explained = (figure: string, of: string, made: Made): Explanation => ({
  figure,
  of,
  rules: [],
  ...made,
  unknown: made.value === undefined ? (made.unknown ?? 'it is not known') : undefined,
});

/** Where nothing but words say what an input is. */
export const words = (text: string): Source => ({ kind: 'given', words: text });
export const byEntry = (entry: string): Source => ({ kind: 'entry', entry });

export const given = (
  name: string,
  unit: FigureUnit,
  value: Scalar | undefined,
  source: Source,
  label?: string,
): Input => ({ name, unit, value, source, ...(label === undefined ? {} : { label }) });

/** An input that is not there, so that the figure made of it is unknown. */
export const missing = (name: string, unit: FigureUnit, why: string): Input => given(name, unit, undefined, words(why));

export type Element = {
  readonly value: Scalar | undefined;
  readonly label: string;
  readonly source?: Source | undefined;
};

/** An input that is a list; elements each with its label and source. */
export const list = (name: string, unit: FigureUnit, elements: readonly Element[], label?: string): Input => ({
  name,
  unit,
  value: elements.map(each => each.value),
  ...(label === undefined ? {} : { label }),
  parts: elements.map(({ label: what, source }) => ({ label: what, source })),
});

/** A list so long that its elements have no names. */
export const series = (name: string, unit: FigureUnit, values: readonly number[], label: string): Input => ({
  name,
  unit,
  value: values,
  label,
});

/** A count is a sum of ones: what is counted is list. */
export const counted = (name: string, value: number, labels: readonly string[]): Made => ({
  unit: 'count',
  value,
  formula: `count(${name})`,
  inputs: [{ name, unit: 'count', value: labels.map(() => 1), parts: labels.map(label => ({ label })) }],
});

/** A figure that is a fact: its explanation is where it comes from. */
export const fact = (
  figure: string,
  of: string,
  made: Pick<Made, 'unit' | 'value' | 'rules' | 'unknown'> & { readonly source: Source },
): Explanation => {
  const { source, ...rest } = made;
  return explained(figure, of, { ...rest, formula: figure, inputs: [given(figure, made.unit, made.value, source)] });
};
